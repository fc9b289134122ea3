"""Plays the access table: every line, as every kind of seat, against the site itself."""

from collections import defaultdict

import pytest
from django.db import transaction

from doors import table

LINES = table.read()
STEPS = sorted({line.step for line in LINES})


class Undo(Exception):
    pass


def test_every_address_stands_in_the_table_with_get_and_post():
    listed = defaultdict(set)
    for line in LINES:
        listed[line.name].add(line.method)

    assert sorted(listed) == sorted(table.addresses())
    assert {name: methods for name, methods in listed.items() if methods != {"GET", "POST"}} == {}


def test_every_line_answers_for_every_kind():
    assert {line.name for line in LINES if len(line.answers) != len(table.KINDS)} == set()


@pytest.mark.parametrize("step", STEPS)
def test_the_doors_open_to_those_whom_the_table_names(region, step):
    cast = table.walked(region, step)
    if step in {"meeting", "planning", "following", "closed"}:
        cast.line = _line(cast, step)
    clients = table.seats(cast)
    wrong = []
    for line in (one for one in LINES if one.step == step):
        for kind, expected in zip(table.KINDS, line.answers, strict=True):
            found = _ask_and_undo(clients[kind], line.method, table.url(line.name, cast), table.sent(line.name, cast))
            if found != expected:
                wrong.append(f"{line.method} {line.name}@{line.step} as {kind}: {found}, the table says {expected}")

    assert wrong == []


def _line(cast, step):
    if step == "meeting":
        return cast.say(cast.mother, "Aamut sujuvat.")
    from kudelma.meetings.models import Line

    line = Line(
        matter=cast.fresh(), board=cast.board, voice=cast.voices[cast.mother.pk], question=cast.questions[0],
        position=0, text="Aamut sujuvat.", by=cast.writer,
    )  # fmt: skip
    line.save()
    return line


def _ask_and_undo(client, method, address, data):
    """The answer; whatever it changed is undone, also the session, so that the next one meets the same house."""
    cookies = client.cookies.copy()
    try:
        with transaction.atomic(), transaction.atomic(using="keys"):
            found = table.ask(client, method, address, data)
            raise Undo
    except Undo:
        client.cookies = cookies
        return found
