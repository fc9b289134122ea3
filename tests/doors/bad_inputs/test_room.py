"""A disk that is full, and a paste that is huge: said in one sentence, with nothing half done."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connections

from doors.bad_inputs import registry
from doors.bad_inputs.page import MAY_CHANGE, changed, content, controls, lost, read, text

FULL = "Palvelin ei pysty juuri nyt tallentamaan. Kirjoittamasi on yhä tässä. Yritä hetken päästä uudelleen."
HUGE = (
    "Teksti oli liian pitkä vastaanotettavaksi. Palaa takaisin: se on yhä lomakkeella. "
    "Lyhennä sitä ja tallenna uudelleen."
)
SECRETS = {"password", "password1", "password2", "code"}
ONE_OF_EACH_ROOM = [
    "order", "times", "own_answer", "line", "row", "feedback", "consultant", "settings", "new_seat", "forgotten",
    "code",
]  # fmt: skip
SQLITE = "database or disk is full"
POSTGRESQL = 'could not extend file "base/16384/16401": No space left on device'


@contextmanager
def full_disk(says):
    """Nothing more can be written; the access record and sessions still found a place."""

    def refuse(execute, sql, params, many, context):
        word, *rest = sql.split(None, 3)
        if word in {"INSERT", "UPDATE", "DELETE"} and not any(table in " ".join(rest) for table in MAY_CHANGE):
            raise OperationalError(says)
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(refuse), connections["keys"].execute_wrapper(refuse):
        yield
    for connection in connections.all():
        connection.needs_rollback = False  # nothing reached the database: the test's own transaction is whole


def way(name, cast):
    return registry.WAYS[name][1](cast)


@pytest.mark.parametrize("name", ONE_OF_EACH_ROOM)
def test_a_full_disk_gives_back_what_was_typed_to_be_sent_again(cast, name):
    ready = way(name, cast)
    data, before = ready.filled(), content()

    with full_disk(SQLITE):
        answer = ready.send(data)

    page = read(answer)
    assert (answer.status_code, lost(page, ready.typed)) == (507, {})
    assert FULL in text(page)
    assert changed(before) == set()
    again = controls(page, ready.typed) | {key: data[key] for key in data.keys() & SECRETS}
    assert ready.send(again).status_code == ready.accepted
    assert changed(before) != set()


def test_postgresql_says_it_in_other_words(cast):
    ready = registry.matters.order(cast)
    data = ready.filled()

    with full_disk(POSTGRESQL):
        answer = ready.send(data)

    assert (answer.status_code, lost(read(answer), ready.typed)) == (507, {})


def test_another_trouble_of_the_database_is_not_called_a_full_disk(cast):
    ready = registry.matters.order(cast)
    data = ready.filled()

    with full_disk("no such table"), pytest.raises(OperationalError):
        ready.send(data)


@pytest.mark.parametrize("name", ["order", "own_answer", "new_factor", "forgotten"])
def test_a_huge_paste_is_not_received_and_says_where_it_still_is(cast, name):
    """One for each kind of door: a working seat, a participant, somebody with a password, anybody."""
    ready = way(name, cast)
    data, before = ready.filled(), content()

    answer = ready.send(data | {next(iter(ready.typed)): "ä" * (5 * 1024 * 1024)})

    assert answer.status_code == 413
    assert HUGE in text(read(answer))
    assert changed(before) == set()
    assert ready.send(data).status_code == ready.accepted
