"""Two who adjourn, go on, end or write at one moment: one after the other, and whoever comes too late is told so."""

from threading import Event
from time import sleep
from uuid import uuid4

import pytest

from board.test_sittings import adjourn, follows_from_sittings, resume
from kudelma.board import actions as boards
from kudelma.board.models import Board, Line
from kudelma.core.errors import Refused
from kudelma.live.models import Operation
from kudelma.meetings.models import Sitting
from live.test_operations import at_once, shared  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
A_MOMENT = 0.2
"""Seconds that the first stays in the middle, while the second comes as far as what is held lets it."""


@pytest.fixture
def meeting(shared):  # noqa: F811
    return shared


@pytest.fixture
def adjourned(meeting):
    at_once([lambda: adjourn(meeting)])
    return meeting


def end(cast):
    cast.end()


def say(cast):
    cast.open()
    cast.say(cast.mother, "Aamut sujuvat.")


def give_turn(cast):
    boards.give_turn(
        cast.board, cast.voices[cast.mother.pk], cast.questions[0], idempotency_key=uuid4(), by=cast.lead, at=cast.at()
    )


def between(monkeypatch, middle, *acts, of=boards):
    """What became of two, of whom the second comes when the first has passed `<of>.<middle>`: whether it was done."""
    arrived, whole = Event(), getattr(of, middle)

    def passed(*given, **named):
        answer = whole(*given, **named)
        if not arrived.is_set():
            arrived.set()
            sleep(A_MOMENT)
        return answer

    def is_done(act):
        try:
            act()
        except Refused:
            return False
        return True

    def later():
        assert arrived.wait(20)
        return is_done(acts[1])

    monkeypatch.setattr(of, middle, passed)
    return at_once([lambda: is_done(acts[0]), later])


def left_behind(cast):
    """(how many sittings, whether the last goes on, how many lines), once all is seen to fit together."""

    def look():
        board = Board.objects.with_number().get()
        assert follows_from_sittings(cast.the_meeting())
        assert list(Operation.objects.values_list("number", flat=True)) == list(range(1, board.number + 1))
        goes_on = Sitting.objects.going_on().exists()
        assert goes_on or (board.asked, board.voice) == (None, None)
        return Sitting.objects.count(), goes_on, Line.objects.count()

    (seen,) = at_once([look])
    return seen


@pytest.mark.parametrize(("first", "second", "sittings"), [(adjourn, adjourn, 2), (adjourn, end, 2), (end, adjourn, 1)])
def test_of_two_who_let_people_go_home_one_does_and_the_other_is_told(monkeypatch, meeting, first, second, sittings):
    assert between(monkeypatch, "_end_sitting", lambda: first(meeting), lambda: second(meeting)) == [True, False]
    assert left_behind(meeting) == (sittings, False, 0)


@pytest.mark.parametrize(
    ("middle", "first", "second", "done", "kept"),
    [
        ("_seat", resume, resume, [True, False], (2, True, 0)),
        ("_seat", resume, end, [True, True], (2, False, 0)),
        ("_end_sitting", end, resume, [True, False], (1, False, 0)),
    ],
)
def test_a_day_begins_once_and_not_after_the_end(monkeypatch, adjourned, middle, first, second, done, kept):
    assert between(monkeypatch, middle, lambda: first(adjourned), lambda: second(adjourned)) == done
    assert left_behind(adjourned) == kept


@pytest.mark.parametrize(
    ("first", "second", "done", "lines"),
    [
        (say, adjourn, [True, True], 1),
        (end, say, [True, False], 0),
        (give_turn, end, [True, True], 0),
    ],
)
def test_what_is_written_at_the_last_moment_stands_or_is_refused(monkeypatch, meeting, first, second, done, lines):
    assert between(monkeypatch, "hold", lambda: first(meeting), lambda: second(meeting)) == done
    assert left_behind(meeting) == (2 if adjourn in (first, second) else 1, False, lines)
