"""Plays the tables of who sees what and who may do what: one walk, and in each of its states all that they say."""

import pytest

from kudelma.core.rules import RULES
from rules import table
from rules.states import SEATS, states

VISIBLE, MAY = table.read("visible.txt"), table.read("rules.txt")


@pytest.mark.both
def test_everybody_sees_and_may_do_what_the_tables_say(db):
    wrong, met = [], set()
    for state in states():
        met.add(state.name)
        wrong += table.wrong_in(state, VISIBLE, table.rows_instead)
        wrong += table.wrong_in(state, MAY, table.rule_instead)

    assert not wrong, "\n".join(wrong)
    assert {line.state for line in VISIBLE + MAY} <= met


def test_every_queryset_and_every_rule_stands_in_a_table():
    assert {line.name for line in VISIBLE} == table.querysets()
    assert {line.name.partition(":")[0] for line in MAY} == RULES.keys()


def test_every_line_speaks_of_every_seat_and_no_line_stands_twice():
    lines = VISIBLE + MAY

    assert [line for line in lines if len(line.cells) != len(SEATS)] == []
    assert len({(line.name, line.state) for line in lines}) == len(lines)
