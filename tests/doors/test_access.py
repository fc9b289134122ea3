"""Plays the access table: every line, as every kind of seat, against the site itself.

What is looked at changes nothing but the access record (asking.py).
"""

from collections import defaultdict

import pytest

from doors import table
from doors.asking import ask_and_undo

LINES = table.read()
STEPS = sorted({line.step for line in LINES})


def test_every_address_stands_in_the_table_with_get_and_post():
    listed = defaultdict(set)
    for line in LINES:
        listed[line.name].add(line.method)

    assert sorted(listed) == sorted(table.addresses())
    assert {name: methods for name, methods in listed.items() if methods != {"GET", "POST"}} == {}


def test_every_line_answers_for_every_kind():
    assert {line.name for line in LINES if len(line.answers) != len(table.KINDS)} == set()


@pytest.mark.parametrize("step", STEPS)
def test_the_doors_open_to_those_whom_the_table_names_and_looking_writes_nothing(region, step):
    cast = table.walked(region, step)
    if step in {"meeting", "planning", "following", "closed"}:
        cast.line = _line(cast, step)
    clients = table.seats(cast)
    wrong = []
    for line in (one for one in LINES if one.step == step):
        for kind, expected in zip(table.KINDS, line.answers, strict=True):
            answer = ask_and_undo(clients[kind], line, table.url(line.name, cast), table.sent(line.name, cast))
            if answer != expected:
                wrong.append(f"{line.method} {line.name}@{line.step} as {kind}: {answer}, the table says {expected}")

    assert wrong == []


def _line(cast, step):
    if step == "meeting":
        return cast.say(cast.mother, "Aamut sujuvat.")
    from kudelma.board.models import Line

    line = Line(
        matter=cast.fresh(), board=cast.board, voice=cast.voices[cast.mother.pk], question=cast.questions[0],
        position=0, text="Aamut sujuvat.", by=cast.writer,
    )  # fmt: skip
    line.save()
    return line
