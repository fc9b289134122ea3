"""The ledger of operations: one number each, without a gap, however many write at once; a retry does nothing twice."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction

import factories
from kudelma.board import actions as boards
from kudelma.board.inputs import LineSaid
from kudelma.board.models import Board, Line
from kudelma.core.errors import Refused, Stale
from kudelma.live.actions.ledger import hold, operate
from kudelma.live.models import Counter, Operation

WRITERS, LINES_EACH = 4, 8


@pytest.fixture
def meeting(cast):
    return cast.to("meeting")


def numbers(board):
    return list(Operation.objects.filter(target=board.pk).values_list("number", flat=True))


def do(board, by, idempotency_key=None):
    with transaction.atomic():
        return operate(hold(board), idempotency_key=idempotency_key or uuid4(), kind="test", by=by)


def number_of(board):
    """How far those are who follow the board."""
    return Board.objects.with_number().get(pk=board.pk).number


# ---------------------------------------------------------------- numbered


def test_an_operation_names_board_matter_and_seat_by_number_and_nothing_else(meeting):
    key = uuid4()

    do(meeting.board, meeting.writer, key)

    assert list(Operation.objects.values_list("id", "space", "target", "number", "kind", "seat")) == [
        (key, meeting.matter.pk, meeting.board.pk, 1, "test", meeting.writer.pk)
    ]


def test_each_board_counts_for_itself(meeting):
    other = factories.Cast(meeting.region).to("meeting")

    for board in (meeting.board, other.board, meeting.board):
        do(board, meeting.writer)

    assert (numbers(meeting.board), numbers(other.board)) == ([1, 2], [1])


def test_two_screens_that_saw_the_same_board_get_two_numbers(meeting):
    one, other = (Board.objects.get(pk=meeting.board.pk) for _ in range(2))

    taken = [do(one, meeting.lead), do(other, meeting.writer)]

    assert [each.operation.number for each in taken] == numbers(one) == [1, 2]


def test_an_operation_that_was_done_before_takes_no_number(meeting):
    key = uuid4()
    first = do(meeting.board, meeting.writer, key)

    again = do(meeting.board, meeting.writer, key)

    assert (first.is_repeat, again.is_repeat, again.operation) == (False, True, first.operation)
    assert (numbers(meeting.board), number_of(meeting.board)) == ([1], 1)


def test_what_is_rolled_back_leaves_no_gap(meeting):
    @transaction.atomic
    def done_and_undone():
        operate(hold(meeting.board), idempotency_key=uuid4(), kind="test", by=meeting.writer)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        done_and_undone()
    do(meeting.board, meeting.writer)

    assert numbers(meeting.board) == [1]


def test_the_database_gives_a_number_once(meeting):
    do(meeting.board, meeting.writer)
    Counter.objects.filter(pk=meeting.board.pk).update(number=0)

    with pytest.raises(IntegrityError):
        do(meeting.board, meeting.writer)


# ---------------------------------------------------------------- refused


def test_a_stale_correction_is_refused_and_takes_no_number(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    boards.change_line(line, version=1, values=LineSaid("Toisen"), by=meeting.lead, at=meeting.at())
    assert numbers(meeting.board) == [1, 2]

    with pytest.raises(Stale):
        boards.change_line(line, version=1, values=LineSaid("Minun"), by=meeting.writer, at=meeting.at())

    assert (numbers(meeting.board), number_of(meeting.board)) == ([1, 2], 2)


def test_an_operation_after_the_end_is_refused_and_takes_no_number(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    meeting.end()
    assert numbers(meeting.board) == [1, 2]  # the line, and that people have met

    for late in (
        lambda: meeting.say(meeting.mother, "Vielä yksi."),
        lambda: boards.nod(line, by=meeting.writer, at=meeting.at()),
        lambda: boards.take_back(line, by=meeting.writer, at=meeting.at()),
    ):
        with pytest.raises(Refused):
            late()

    assert numbers(meeting.board) == [1, 2]


# ---------------------------------------------------------------- at once


@pytest.fixture
def shared(transactional_db, monkeypatch, tmp_path):
    """A meeting in a database that several threads can really write to."""
    return apart(factories.Cast(factories.region()).to("meeting"), monkeypatch, tmp_path)


def apart(cast, monkeypatch, tmp_path):
    """The same cast, once what is in the database can be written by several threads: with SQLite, in a file."""
    for alias in ("default", "keys"):
        if connections[alias].vendor == "sqlite":
            file = tmp_path / f"{alias}.sqlite3"
            copy = sqlite3.connect(file)
            connections[alias].connection.backup(copy)
            copy.close()
            monkeypatch.setitem(connections.settings[alias], "NAME", str(file))
    return cast


def at_once(acts):
    """Each act in a thread and with connections of its own, all begun together. What they returned; one that raises
    fails the test."""
    together = Barrier(len(acts))

    def run(act):
        together.wait(20)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result(60) for one in [threads.submit(run, act) for act in acts]]


def kept():
    """(numbers of the operations, the board's own number, how many lines), read as the writers do."""

    def look():
        return (
            list(Operation.objects.values_list("number", flat=True)),
            Board.objects.with_number().get().number,
            Line.objects.count(),
        )

    (found,) = at_once([look])
    return found


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_writers_at_once_lose_nothing_and_leave_no_gap(shared):
    def write_some():
        shared.open()
        for number in range(LINES_EACH):
            shared_board = Board.objects.select_related("meeting", "matter").get(pk=shared.board.pk)
            boards.say_line(
                shared_board, shared.voices[shared.mother.pk], shared.questions[0], f"rivi {number}",
                idempotency_key=uuid4(),
                by=shared.writer, at=shared.at(),
            )  # fmt: skip

    at_once([write_some] * WRITERS)

    every = WRITERS * LINES_EACH
    assert kept() == (list(range(1, every + 1)), every, every)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_the_same_line_sent_by_two_retries_at_once_is_written_once(shared):
    key = uuid4()

    def send():
        shared.open()
        board = Board.objects.select_related("meeting", "matter").get(pk=shared.board.pk)
        boards.say_line(
            board, shared.voices[shared.mother.pk], shared.questions[0], "Aamut sujuvat.", idempotency_key=key,
            by=shared.writer,
            at=shared.at(),
        )  # fmt: skip

    at_once([send] * WRITERS)

    assert kept() == ([1], 1, 1)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_two_who_are_the_first_on_a_target_both_get_a_number(shared):
    """There is no counter yet: whoever comes second waits for the row of the first."""
    taken = at_once([lambda: do(shared.board, shared.lead), lambda: do(shared.board, shared.writer)])

    assert sorted(each.operation.number for each in taken) == [1, 2]
    assert kept() == ([1, 2], 2, 0)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_the_same_operation_sent_twice_at_once_is_done_once_and_both_are_answered(shared):
    key = uuid4()

    taken = at_once([lambda: do(shared.board, shared.writer, key)] * WRITERS)

    assert sorted(each.is_repeat for each in taken) == [False] + [True] * (WRITERS - 1)
    assert {each.operation.pk for each in taken} == {key}
    assert kept() == ([1], 1, 0)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_nod_and_a_correction_at_once_do_not_wait_for_each_other(shared):
    def say():
        shared.open()
        return shared.say(shared.mother, "Aamut sujuvat.")

    (line,) = at_once([say])

    def nod():
        for _ in range(LINES_EACH):
            boards.nod(line, by=shared.lead, at=shared.at())

    def correct():
        shared.open()
        for version in range(1, LINES_EACH + 1):
            boards.change_line(line, version=version, values=LineSaid("Toisin"), by=shared.writer, at=shared.at())

    at_once([nod, correct])

    (version,) = at_once([lambda: Line.objects.get().version])
    assert version == LINES_EACH + 1
