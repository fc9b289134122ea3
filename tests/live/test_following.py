"""One look for all readers: who may follow, how far the targets are, and of whom a right was taken away."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from kudelma.live import following, queries
from kudelma.live.actions import rights
from kudelma.live.actions.rights import drop_old_generations, taken_away
from kudelma.live.following import Followed, Unknown, look
from kudelma.live.models import Generation

BOARD, SEAT = uuid4(), uuid4()
MINE = Followed(frozenset({SEAT}), None)


@pytest.fixture
def answers(monkeypatch, db):
    """answers(follow): what a room below says."""

    def use(follow, numbers=lambda targets: dict.fromkeys(targets, 5)):
        monkeypatch.setattr(following.FOLLOW, "_pieces", [follow])
        monkeypatch.setattr(queries.CounterQuerySet, "newest", lambda counters, targets: numbers(targets))

    return use


def raising(error):
    def raises(*asked):
        raise error

    return raises


def test_everybody_who_is_asked_is_answered_by_their_own_cookies(answers):
    answers(lambda cookies, target: MINE if cookies == {"kudelma": "a"} and target == BOARD else None)

    seen = look([({"kudelma": "a"}, BOARD), ({"kudelma": "b"}, BOARD), ({"kudelma": "a"}, uuid4())], {BOARD}, None)

    assert seen.answers == [MINE, None, None]
    assert seen.numbers == {BOARD: 5}


def test_before_a_room_has_said_who_may_follow_nobody_may(monkeypatch, db):
    monkeypatch.setattr(following.FOLLOW, "_pieces", [])

    assert look([({}, BOARD)], {BOARD}, None).answers == [None]


def test_that_the_database_does_not_answer_is_no_refusal(answers):
    answers(raising(DatabaseError("away")), raising(DatabaseError("away")))
    seen = look([({}, BOARD)], {BOARD}, None)

    assert (seen.answers, seen.numbers, seen.generations) == ([Unknown()], None, None)


def test_one_whose_right_cannot_be_told_is_refused_and_takes_nobody_along(answers, caplog):
    answers(lambda cookies, target: MINE if cookies else raising(ValueError("x"))())

    assert look([({}, BOARD), ({"kudelma": "a"}, BOARD)], {BOARD}, None).answers == [None, MINE]
    assert "could not be told" in caplog.text


def test_what_was_taken_away_is_met_in_the_same_look_as_an_answer_that_is_older(answers):
    def follow(cookies, target):
        taken_away(SEAT)
        return MINE

    answers(follow)
    seen = look([({}, BOARD)], {BOARD}, None)

    assert seen.answers == [MINE]
    assert SEAT in seen.generations.values()


def test_a_few_generations_that_came_before_are_looked_at_again(db, monkeypatch):
    monkeypatch.setattr(queries, "OVERLAP", 3)
    whose = [uuid4() for _ in range(6)]
    taken_away(*whose)
    newest = Generation.objects.latest("pk").pk

    assert list(Generation.objects.recent(None).values()) == whose[3:]
    assert list(Generation.objects.recent(newest - 2).values()) == whose[1:]
    assert list(Generation.objects.recent(newest).values()) == whose[3:]


def test_a_right_that_was_not_taken_away_after_all_is_nobodys_news(db):
    with transaction.atomic():
        taken_away(SEAT)
        transaction.set_rollback(True)

    assert not Generation.objects.exists()


def test_generations_that_everybody_has_met_go(db, monkeypatch):
    monkeypatch.setattr(rights, "GENERATIONS_KEPT", 2)
    whose = [uuid4() for _ in range(5)]
    taken_away(*whose)

    drop_old_generations()
    drop_old_generations()

    assert list(Generation.objects.values_list("whose", flat=True)) == whose[3:]
