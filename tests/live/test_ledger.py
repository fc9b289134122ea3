"""The ledger's ways: an outbox counts, undoing and doing again are operations, and a hole tells nothing."""

from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

import factories
from kudelma.core.errors import KeyReused
from kudelma.live.actions import ledger, undoing, withdrawing
from kudelma.live.actions.ledger import OutOfOrder, UnknownProtocol, hold
from kudelma.live.inputs import Device, Sent
from kudelma.live.models import Counter, Operation
from kudelma.live.views import for_outbox, sent

OUTBOX, OTHER_OUTBOX = UUID(int=1), UUID(int=2)


@pytest.fixture
def meeting(cast):
    cast.to("meeting").open()
    return cast


@pytest.fixture
def board(cast):
    cast.to("meeting").open()
    return cast.board


@pytest.fixture
def lead(cast):
    return cast.lead


def do(board, by, **more):
    given = {"idempotency_key": uuid4(), "kind": "test"} | more
    with transaction.atomic():
        return ledger.operate(hold(board), by=by, **given)


def walk(act, board, change, by, key=None):
    with transaction.atomic():
        return act(hold(board), change.pk, idempotency_key=key or uuid4(), by=by)


def undo(board, change, by, key=None):
    return walk(undoing.undo, board, change, by, key)


def redo(board, change, by):
    return walk(undoing.redo, board, change, by)


def due(board, by):
    """What undoing takes back now, and what doing again does: the numbers of both."""
    changes = Operation.objects.changes(board.pk, by.pk)
    last = changes.last_standing()
    first = changes.first_undone(last)
    return last and last.number, first and first.number


# ---------------------------------------------------------------- counters


def test_the_newest_numbers_of_many_targets_come_by_one_question(cast):
    boards = [cast.to("meeting").board, factories.Cast(cast.region).to("meeting").board]
    untouched = factories.Cast(cast.region).to("meeting").board
    for board in (*boards, boards[1]):
        do(board, cast.lead)

    with CaptureQueriesContext(connection) as asked:
        newest = Counter.objects.newest([each.pk for each in (*boards, untouched)])

    assert newest == {boards[0].pk: 1, boards[1].pk: 2}
    assert len(asked) == 1


# ---------------------------------------------------------------- devices


def test_an_outbox_is_counted_by_its_own_numbers_and_keeps_what_it_spoke(board, lead):
    for number in (1, 2):
        do(board, lead, device=Device(OUTBOX, number))

    columns = Operation.objects.values_list("number", "device", "device_number", "protocol")
    assert list(columns) == [(1, OUTBOX, 1, 1), (2, OUTBOX, 2, 1)]


def test_a_press_without_a_script_counts_for_no_device(board, lead):
    for _ in range(2):
        do(board, lead)

    assert list(Operation.objects.values_list("device", "device_number")) == [(None, None)] * 2


def test_a_gap_is_told_with_the_number_that_is_missing(board, lead):
    do(board, lead, device=Device(OUTBOX, 1))

    with pytest.raises(OutOfOrder) as wrong:
        do(board, lead, device=Device(OUTBOX, 3))

    assert (wrong.value.expected, wrong.value.is_gap) == (2, True)
    assert Operation.objects.count() == Counter.objects.get().number == 1


def test_a_number_that_another_operation_has_is_no_gap_and_is_not_taken_twice(board, lead):
    do(board, lead, device=Device(OUTBOX, 1))

    with pytest.raises(OutOfOrder) as wrong:
        do(board, lead, device=Device(OUTBOX, 1))

    assert (wrong.value.expected, wrong.value.is_gap) == (2, False)


def test_an_old_number_with_its_own_id_is_a_repeat(board, lead):
    key = uuid4()
    do(board, lead, device=Device(OUTBOX, 1), idempotency_key=key)
    do(board, lead, device=Device(OUTBOX, 2))

    again = do(board, lead, device=Device(OUTBOX, 1), idempotency_key=key)

    assert (again.is_repeat, again.operation.number) == (True, 1)


def test_an_outbox_belongs_to_one_seat(cast, board):
    do(board, cast.lead, device=Device(OUTBOX, 1))

    with pytest.raises(OutOfOrder):
        do(board, cast.writer, device=Device(OUTBOX, 2))

    do(board, cast.writer, device=Device(OTHER_OUTBOX, 1))


def test_what_speaks_otherwise_than_the_server_is_not_guessed_at(board, lead):
    with pytest.raises(UnknownProtocol):
        do(board, lead, device=Device(OUTBOX, 1, protocol=99))

    assert Operation.objects.count() == 0


def test_the_database_gives_a_device_its_number_once(board, lead):
    do(board, lead, device=Device(OUTBOX, 1))
    other = do(board, lead).operation

    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=other.pk).update(device=OUTBOX, device_number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=other.pk).update(device=OUTBOX)


@pytest.mark.parametrize("what", ["kind", "about", "seat", "target"])
def test_an_id_that_comes_again_with_something_else_is_no_repeat(cast, board, what):
    key = uuid4()
    do(board, cast.lead, idempotency_key=key, about=UUID(int=7))
    other = factories.Cast(cast.region).to("meeting").board if what == "target" else board
    changed = {"kind": {"kind": "other"}, "about": {"about": UUID(int=8)}}.get(what, {})

    with pytest.raises(KeyReused):
        do(
            other,
            cast.writer if what == "seat" else cast.lead,
            **{"idempotency_key": key, "about": UUID(int=7)} | changed,
        )

    assert do(board, cast.lead, idempotency_key=key, about=UUID(int=7)).is_repeat


@pytest.mark.parametrize(
    ("post", "device"),
    [
        ("", None),
        (f"device={OUTBOX}&device_number=3&protocol=1", Device(OUTBOX, 3, 1)),
        (f"device={OUTBOX}&device_number=3", Device(OUTBOX, 3, 0)),
        (f"device={OUTBOX}", None),
        (f"device={OUTBOX}&device_number=0", None),
        (f"device={OUTBOX}&device_number={'9' * 5000}", None),
        (f"device={OUTBOX}&device_number=²", None),
        (f"device={OUTBOX}&device_number=2147483648", None),
        ("device=mine&device_number=3", None),
    ],
)
def test_what_cannot_be_read_as_a_device_is_a_press_without_a_script(post, device):
    key = uuid4()
    read = sent(SimpleNamespace(POST=QueryDict(f"idempotency_key={key}&{post}")))

    assert read == Sent(key, device)


def test_a_form_without_a_key_gets_one():
    keys = {sent(SimpleNamespace(POST=QueryDict())).idempotency_key for _ in range(2)}

    assert len(keys) == 2


@pytest.mark.parametrize(
    ("wrong", "status", "number"),
    [
        (OutOfOrder(Device(OUTBOX, 5), 3), 412, "3"),
        (UnknownProtocol(), 400, None),
    ],
)
def test_an_outbox_is_answered_by_a_status(wrong, status, number):
    @for_outbox
    def view(request):
        raise wrong

    answer = view(None)

    assert (answer.status_code, answer.headers.get("Device-Number")) == (status, number)


# ---------------------------------------------------------------- undoing and doing again


def test_undoing_and_doing_again_are_operations_with_numbers_of_their_own(board, lead):
    change = do(board, lead).operation

    taken = [act(board, change, lead).operation for act in (undo, redo, undo)]

    assert [(each.number, each.kind) for each in taken] == [(2, "undo"), (3, "redo"), (4, "undo")]
    assert [each.undoes_id for each in taken] == [change.pk, taken[0].pk, change.pk]
    assert due(board, lead) == (None, 1)


def test_one_walks_back_change_by_change_and_on_again(board, lead):
    changes = [do(board, lead).operation for _ in range(3)]
    assert due(board, lead) == (3, None)

    undo(board, changes[2], lead)
    undo(board, changes[1], lead)
    assert due(board, lead) == (1, 2)
    redo(board, changes[1], lead)

    assert due(board, lead) == (2, 3)


def test_what_is_not_due_is_not_taken_back_and_its_press_is_a_hole(board, lead):
    changes = [do(board, lead).operation for _ in range(2)]

    early = [undo(board, changes[0], lead), redo(board, changes[1], lead)]

    assert [each.operation.gone for each in early] == [True, True]
    assert due(board, lead) == (2, None)


def test_only_ones_own_is_taken_back(cast, board):
    change = do(board, cast.lead).operation

    assert undo(board, change, cast.writer).operation.gone

    assert due(board, cast.lead) == (1, None)
    assert not undo(board, change, cast.lead).operation.gone


def test_undoing_that_is_sent_twice_takes_one_change_back(board, lead):
    changes = [do(board, lead).operation for _ in range(2)]
    key = uuid4()

    taken = [undo(board, changes[1], lead, key) for _ in range(2)]

    assert [each.is_repeat for each in taken] == [False, True]
    assert due(board, lead) == (1, 2)


# ---------------------------------------------------------------- holes


def test_what_is_withdrawn_keeps_its_number_and_nothing_else(meeting, board, lead):
    line, other = UUID(int=7), UUID(int=8)
    for about, also in ((line, None), (other, line), (other, None)):
        ledger.keep(do(board, lead, about=about, also=also, base=1).operation, "Aino sanoi niin.")

    with transaction.atomic():
        withdrawing.withdraw_thing(hold(board), line)

    columns = Operation.objects.values_list("number", "gone", "about", "also", "base")
    assert list(columns) == [(1, True, None, None, None), (2, True, None, None, None), (3, False, other, None, 1)]
    assert [bool(each.payload) for each in Operation.objects.all()] == [False, False, True]
    assert due(board, lead) == (3, None)


def test_a_withdrawn_operation_that_is_sent_again_is_a_repeat_and_not_done_anew(board, lead):
    key, line = uuid4(), UUID(int=7)
    do(board, lead, idempotency_key=key, about=line)
    with transaction.atomic():
        withdrawing.withdraw_thing(hold(board), line)

    assert do(board, lead, idempotency_key=key, about=line).is_repeat


def test_undoing_passes_a_hole_by(board, lead):
    changes = [do(board, lead, about=UUID(int=number)).operation for number in range(3)]
    with transaction.atomic():
        withdrawing.withdraw_thing(hold(board), UUID(int=2))

    undo(board, changes[1], lead)

    assert due(board, lead) == (1, 2)


@pytest.mark.both
def test_the_database_lets_a_hole_tell_nothing(meeting, board, lead):
    told = do(board, lead, about=UUID(int=7)).operation
    ledger.keep(other := do(board, lead).operation, "Aino sanoi niin.")

    for operation in (told, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            Operation.objects.filter(pk=operation.pk).update(gone=True)


def test_a_payload_cannot_be_read_in_the_database(meeting, board, lead):
    ledger.keep(do(board, lead).operation, "Aino sanoi niin.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM live_operation")
        ((stored,),) = cursor.fetchall()

    assert (b"Aino" in bytes(stored), Operation.objects.get().payload) == (False, "Aino sanoi niin.")


def test_with_the_matter_undoing_ends_and_every_payload_goes(cast):
    cast.to("following").open()
    elsewhere = factories.Cast(cast.region).to("meeting")
    elsewhere.open()
    for each in (cast, elsewhere):
        ledger.keep(do(each.board, each.lead).operation, "Aino sanoi niin.")

    cast.close()

    there = [Operation.objects.filter(space=each.matter.pk).last() for each in (cast, elsewhere)]
    assert [(each.gone, bool(each.payload)) for each in there] == [(True, False), (False, True)]


def test_a_matter_that_is_forgotten_leaves_no_operation_and_no_counter(cast):
    from kudelma.orders.actions.lapsing import forget_matter

    cast.to("preparing").open()
    elsewhere = factories.Cast(cast.region).to("meeting")
    elsewhere.open()
    for target in (cast.matter, elsewhere.board):
        do(target, cast.lead)

    forget_matter(cast.matter, by=cast.coordinator, at=cast.at())

    assert [each.objects.get().space for each in (Operation, Counter)] == [elsewhere.matter.pk] * 2
