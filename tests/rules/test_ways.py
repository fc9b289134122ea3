"""Plays the table of the ways in: who is in, and how surely, whatever has happened meanwhile."""

import pytest

from rules import ways
from rules.states import undone
from rules.table import read

LINES = read("ways.txt")


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def wrong_of(line, names, clients):
    for way, cell in zip(names, line.cells, strict=True):
        if cell != "." and (level := ways.level(clients[way])) != cell:
            yield f"{way} {line.name}@{line.state}: {level}, the table says {cell}"


def test_whoever_is_in_stays_in_as_the_table_says(prepared):
    clients, wrong = ways.all_who_came(prepared), []
    for line in (one for one in LINES if one.name == "stays"):
        with undone(), ways.staying(prepared, line.state, clients):
            wrong += wrong_of(line, ways.STAYS, clients)

    assert not wrong, "\n".join(wrong)


def test_whoever_was_given_a_way_comes_in_as_the_table_says(prepared):
    wrong = []
    for line in (one for one in LINES if one.name == "comes"):
        with undone():
            secrets = ways.given(prepared)
            with ways.coming(prepared, line.state, secrets):
                wrong += wrong_of(line, ways.COMES, {way: secrets.come(way) for way in ways.COMES})

    assert not wrong, "\n".join(wrong)
