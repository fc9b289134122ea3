"""The circle: placing, naming, tying, taking away. Each change is an operation that its own seat can take back.

Of a sitting the access record keeps one line a day, as of the board: people draw around one table.
"""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kudelma.circle.inputs import NewThing, ThingNamed
from kudelma.circle.models import Spot, Tie
from kudelma.circle.moves import LEFT, MoveKind, Place, Renaming, Step
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.phrases import CHANGED_MEANWHILE, IS_CLOSED, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.live.actions import ledger, undoing, withdrawing
from kudelma.live.inputs import Device
from kudelma.live.models import Counter, Operation
from kudelma.matters.models import Matter
from kudelma.members.models import Member
from kudelma.people.models import Seat


@transaction.atomic
def add_thing(matter: Matter, *, idempotency_key: UUID, values: NewThing, to: Place, by: Seat, at: datetime) -> Spot:
    """A day, a place or a thing of everyday life, put at `to`.

    idempotency_key: id of its spot, so that pressing twice adds once. Raises KeyReused when it is somebody else's.
    """
    counter = _hold(matter)
    existing = Spot.objects.filter(pk=idempotency_key).first()
    if existing:
        same = all(getattr(existing, name) == value for name, value in columns(values).items())
        if existing.matter_id != matter.pk or not same:
            raise KeyReused
        return existing
    x, y = to
    spot = Spot(pk=idempotency_key, matter=matter, x=x, y=y, **columns(values))
    spot.save(force_insert=True)
    ledger.operate(counter, idempotency_key=idempotency_key, kind=MoveKind.PLACED, about=spot.pk, by=by)
    _record(matter, by=by, at=at)
    return spot


@transaction.atomic
def move_spot(
    matter: Matter, spot: UUID, *, to: Place, version: int, idempotency_key: UUID, by: Seat, at: datetime,
    device: Device | None = None,
) -> bool:  # fmt: skip
    """Stand somewhere else. Returns False when somebody else had moved it since `version`: the later place holds.

    spot: the id of a thing, or of a member, placed before or not. idempotency_key: sent twice, it moves once and is
    answered as before.
    """
    operation, is_repeat = ledger.operate(
        _hold(matter), idempotency_key=idempotency_key, kind=MoveKind.MOVED, about=spot, base=version, by=by,
        device=device,
    )  # fmt: skip
    if is_repeat:
        return operation.gone or Step.read(operation.payload).is_alone
    placed = _spot(matter, spot)
    step = Step(placed.place, to, is_alone=placed.version <= version)
    # A step that leads nowhere is not taken back: it would look as if undoing did not work.
    if step.before == step.after:
        _leave_hole(operation)
    else:
        ledger.keep(operation, step.payload())
        _draw(matter, operation, by=by, at=at)
    return step.is_alone


@transaction.atomic
def name_thing(spot: Spot, *, version: int, values: ThingNamed, by: Seat, at: datetime) -> None:
    """Call it something else. Raises Stale when somebody changed it first."""
    counter = _hold(spot.matter)
    now = Spot.objects.get(pk=spot.pk)
    if now.version != version:
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    if (now.name, now.note) == (values.name, values.note):
        return
    operation, _is_repeat = ledger.operate(
        counter, idempotency_key=uuid4(), kind=MoveKind.NAMED, about=spot.pk, base=version, by=by
    )
    ledger.keep(operation, Renaming(ThingNamed(now.name, now.note), values).payload())
    _draw(spot.matter, operation, by=by, at=at)


@transaction.atomic
def remove_thing(
    spot: Spot, *, by: Seat, at: datetime, idempotency_key: UUID | None = None, device: Device | None = None
) -> None:
    """Take a thing away; undoing brings it back with its ties. People stay: they are kept where people are."""
    if spot.member_id is not None:
        raise Refused(_("People stay on the circle. Whether somebody is invited is decided on the page of the people."))
    _change(spot.matter, MoveKind.REMOVED, spot.pk, key=idempotency_key, device=device, by=by, at=at)


@transaction.atomic
def return_thing(
    spot: Spot, *, by: Seat, at: datetime, idempotency_key: UUID | None = None, device: Device | None = None
) -> None:
    """Bring back what somebody has taken away, whoever it was and however long ago; its ties come along."""
    _change(spot.matter, MoveKind.PLACED, spot.pk, key=idempotency_key, device=device, by=by, at=at)


@transaction.atomic
def tie(
    matter: Matter, first: UUID, second: UUID, *, by: Seat, at: datetime,
    idempotency_key: UUID | None = None, device: Device | None = None,
) -> None:  # fmt: skip
    """Draw a thread between two spots, as the people say. Drawn twice, it is one."""
    _change(matter, MoveKind.TIED, first, second, key=idempotency_key, device=device, by=by, at=at)


@transaction.atomic
def untie(
    matter: Matter, first: UUID, second: UUID, *, by: Seat, at: datetime,
    idempotency_key: UUID | None = None, device: Device | None = None,
) -> None:  # fmt: skip
    """Take the thread between two spots away."""
    _change(matter, MoveKind.UNTIED, first, second, key=idempotency_key, device=device, by=by, at=at)


@transaction.atomic
def undo(
    matter: Matter, move: UUID, *, by: Seat, at: datetime,
    idempotency_key: UUID | None = None, device: Device | None = None,
) -> bool:  # fmt: skip
    """Take back `move`, the last that stands of this seat; again, the one before it.

    Returns False when others have changed the same thing since: theirs is left alone, and so is what is there.
    What is not the last one has been taken back already, by the first of two presses.
    """
    walk = partial(undoing.undo, _hold(matter), move, idempotency_key=idempotency_key or uuid4(), device=device, by=by)
    return _walk(matter, move, walk(), forwards=False, by=by, at=at)


@transaction.atomic
def redo(
    matter: Matter, move: UUID, *, by: Seat, at: datetime,
    idempotency_key: UUID | None = None, device: Device | None = None,
) -> bool:  # fmt: skip
    """Do again what was taken back. Returns False when others have changed the same thing since."""
    walk = partial(undoing.redo, _hold(matter), move, idempotency_key=idempotency_key or uuid4(), device=device, by=by)
    return _walk(matter, move, walk(), forwards=True, by=by, at=at)


# ---------------------------------------------------------------- how a move is made


def _hold(matter: Matter) -> Counter:
    """The circle of the matter, for this transaction alone. Raises Refused for one that is closed."""
    counter = ledger.hold(matter)
    # Asked once it is held: what closes the matter holds it too, and leaves no way back of anything behind.
    if not Matter.objects.open().filter(pk=matter.pk).exists():
        raise Refused(IS_CLOSED)
    return counter


def _change(
    matter: Matter, kind: MoveKind, spot: UUID, other: UUID | None = None, *, key: UUID | None,
    device: Device | None, by: Seat, at: datetime,
) -> None:  # fmt: skip
    """Draw, remove, bring back: what needs no words. What stands so already leaves a hole."""
    counter = _hold(matter)
    if spot == other:
        raise Refused(_("A tie needs two ends."))
    operation, is_repeat = ledger.operate(
        counter, idempotency_key=key or uuid4(), kind=kind, about=spot, also=other, by=by, device=device
    )
    if is_repeat:
        return
    for end in (spot, other) if other else ():
        _spot(matter, end)
    if _turn(matter, operation, forwards=True, at=at):
        _record(matter, by=by, at=at)
    else:
        _leave_hole(operation)


def _walk(matter: Matter, move: UUID, taken: ledger.Taken, *, forwards: bool, by: Seat, at: datetime) -> bool:
    """Turn what `taken` takes back or does again; a repeat is answered as before."""
    operation, is_repeat = taken
    if is_repeat or operation.gone:
        return operation.payload != LEFT
    _record(matter, by=by, at=at)
    is_turned = _turn(matter, Operation.objects.get(pk=move), forwards=forwards, at=at)
    if not is_turned:
        # It stays an operation: the next press reaches the move before it.
        ledger.keep(operation, LEFT)
    return is_turned


def _leave_hole(operation: Operation) -> None:
    """The number is used, and the outbox goes on counting; nothing was changed, so there is nothing to take back."""
    withdrawing.withdraw(Operation.objects.filter(pk=operation.pk))


def _spot(matter: Matter, pk: UUID) -> Spot:
    """The spot with this id; a member's is made when it is first needed. Raises Refused for what is gone."""
    # In this matter only: the id of somebody in another one is nothing here.
    spot = Spot.objects.filter(matter=matter, pk=pk).first()
    if spot is None and (member := Member.objects.filter(matter=matter, pk=pk).first()):
        # The circle is held: nobody else makes it at the same moment.
        spot = Spot(pk=pk, matter=matter, member=member)
        spot.save(force_insert=True)
    if spot is None or spot.removed_at is not None:
        raise Refused(_("This is not on the circle any more."))
    return spot


def _draw(matter: Matter, operation: Operation, *, by: Seat, at: datetime) -> None:
    """Do it. Raises Refused when it does not stand as it was read."""
    if not _turn(matter, operation, forwards=True, at=at):
        raise Refused(SOMEBODY_WAS_FIRST)
    _record(matter, by=by, at=at)


def _record(matter: Matter, *, by: Seat, at: datetime) -> None:
    record("circle.draw", by=by, at=at, space=matter.pk, once_a_day=True)


def _turn(matter: Matter, move: Operation, *, forwards: bool, at: datetime) -> bool:
    """Take what was moved from one side of the move to the other. Returns False when it is not at the first."""
    if move.kind in {MoveKind.TIED, MoveKind.UNTIED}:
        return _turn_tie(matter, move, is_present=(move.kind == MoveKind.TIED) == forwards)
    # A move that is no hole is always about something.
    about: Any = move.about
    spots = Spot.objects.filter(matter=matter, pk=about)
    if move.kind == MoveKind.MOVED:
        return _turn_step(spots, Step.read(move.payload), forwards=forwards)
    if move.kind == MoveKind.NAMED:
        return _turn_name(spots, Renaming.read(move.payload), forwards=forwards)
    is_present = (move.kind == MoveKind.PLACED) == forwards
    return bool(
        spots.filter(removed_at__isnull=not is_present).update(
            removed_at=None if is_present else at, version=F("version") + 1
        )
    )


def _turn_step(spots: Any, step: Step, *, forwards: bool) -> bool:
    # Empty before the first move: taken back, the person stands where their side stands.
    before, after = step.before or (None, None), step.after
    (x, y), (to_x, to_y) = (before, after) if forwards else (after, before)
    return bool(spots.present().filter(x=x, y=y).update(x=to_x, y=to_y, version=F("version") + 1))


def _turn_tie(matter: Matter, move: Operation, *, is_present: bool) -> bool:
    # By their text, in which both databases order ids: the constraint wants the lower one first.
    first, second = sorted([move.about, move.also], key=str)
    if not is_present:
        return bool(Tie.objects.filter(one=first, other=second).delete()[0])
    _tie, created = Tie.objects.get_or_create(
        one_id=first, other_id=second, defaults={"matter": matter, "region_id": matter.region_id, "by_id": move.seat}
    )
    return created


def _turn_name(spots: Any, renaming: Renaming, *, forwards: bool) -> bool:
    first, then = (renaming.before, renaming.after) if forwards else (renaming.after, renaming.before)
    now = spots.present().first()
    if now is None or ThingNamed(now.name, now.note) != first:
        return False
    # Sealed words differ at each sealing, so no query can compare them: they are compared above, and the version tells
    # whether they still stand.
    values = closed_values(now, {"name": then.name, "note": then.note, "version": now.version + 1})
    return bool(Spot.objects.filter(pk=now.pk, version=now.version).update(**values))
