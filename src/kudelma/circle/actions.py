"""The circle: placing, naming, tying, taking away. Each change is a move that its own seat can take back.

Of a sitting the access record keeps one line a day, as of the board: people draw around one table.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from kudelma.circle.inputs import NewThing, ThingNamed
from kudelma.circle.models import Move, MoveKind, Spot, Tie
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.phrases import CHANGED_MEANWHILE, IS_CLOSED, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.matters.models import Matter
from kudelma.members.models import Member
from kudelma.people.models import Seat

ATTEMPTS = 5
"""How often a number is asked for when others move at the same moment."""


@transaction.atomic
def add_thing(
    matter: Matter, *, idempotency_key: UUID, values: NewThing, to: tuple[int, int], by: Seat, at: datetime
) -> Spot:
    """A day, a place or a thing of everyday life, put at `to`.

    idempotency_key: id of its spot, so that pressing twice adds once. Raises KeyReused when it is somebody else's.
    """
    _must_be_open(matter)
    existing = Spot.objects.filter(pk=idempotency_key).first()
    if existing:
        same = all(getattr(existing, name) == value for name, value in columns(values).items())
        if existing.matter_id != matter.pk or not same:
            raise KeyReused
        return existing
    x, y = to
    spot = Spot(pk=idempotency_key, matter=matter, x=x, y=y, **columns(values))
    spot.save(force_insert=True)
    _keep(_move(MoveKind.PLACED, spot, idempotency_key=idempotency_key, by=by, at=at))
    return spot


@transaction.atomic
def move_spot(
    matter: Matter, spot: UUID, *, to: tuple[int, int], version: int, idempotency_key: UUID, by: Seat, at: datetime
) -> bool:
    """Stand somewhere else. Returns False when somebody else had moved it since `version`: the later place holds.

    spot: the id of a thing, or of a member, placed before or not. idempotency_key: sent twice, it moves once.
    """
    _must_be_open(matter)
    existing = Move.objects.filter(pk=idempotency_key).first()
    if existing:
        if (existing.matter_id, existing.spot_id, existing.kind, existing.by_id) != (
            matter.pk,
            spot,
            MoveKind.MOVED,
            by.pk,
        ):
            raise KeyReused
        return True
    placed = _spot(matter, spot)
    # A step that leads nowhere leaves no move: taking it back would look as if undoing did not work.
    if (placed.x, placed.y) != to:
        move = _move(MoveKind.MOVED, placed, idempotency_key=idempotency_key, by=by, at=at)
        move.x_before, move.y_before, (move.x_after, move.y_after) = placed.x, placed.y, to
        _draw(move)
    return placed.version <= version


@transaction.atomic
def name_thing(spot: Spot, *, version: int, values: ThingNamed, by: Seat, at: datetime) -> None:
    """Call it something else. Raises Stale when somebody changed it first."""
    _must_be_open(spot.matter)
    now = Spot.objects.get(pk=spot.pk)
    if now.version != version:
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    if (now.name, now.note) == (values.name, values.note):
        return
    move = _move(MoveKind.NAMED, now, by=by, at=at)
    move.name_before, move.note_before = now.name, now.note
    move.name_after, move.note_after = values.name, values.note
    _draw(move)


@transaction.atomic
def remove_thing(spot: Spot, *, by: Seat, at: datetime) -> None:
    """Take a thing away; undoing brings it back with its ties. People stay: they are kept where people are."""
    _must_be_open(spot.matter)
    if spot.member_id is not None:
        raise Refused(_("People stay on the circle. Whether somebody is invited is decided on the page of the people."))
    if Spot.objects.present().filter(pk=spot.pk).exists():
        _draw(_move(MoveKind.REMOVED, spot, by=by, at=at))


@transaction.atomic
def return_thing(spot: Spot, *, by: Seat, at: datetime) -> None:
    """Bring back what somebody has taken away, whoever it was and however long ago; its ties come along."""
    _must_be_open(spot.matter)
    if Spot.objects.filter(pk=spot.pk, removed_at__isnull=False).exists():
        _draw(_move(MoveKind.PLACED, spot, by=by, at=at))


@transaction.atomic
def tie(matter: Matter, first: UUID, second: UUID, *, by: Seat, at: datetime) -> None:
    """Draw a thread between two spots, as the people say. Drawn twice, it is one."""
    _draw_tie(MoveKind.TIED, matter, first, second, by=by, at=at)


@transaction.atomic
def untie(matter: Matter, first: UUID, second: UUID, *, by: Seat, at: datetime) -> None:
    """Take the thread between two spots away."""
    _draw_tie(MoveKind.UNTIED, matter, first, second, by=by, at=at)


@transaction.atomic
def undo(matter: Matter, move: UUID, *, by: Seat, at: datetime) -> bool:
    """Take back `move`, the last that stands of this seat; again, the one before it.

    Returns False when others have changed the same thing since: theirs is left alone, and so is what is there.
    What is not the last one has been taken back already, by the first of two presses.
    """
    _must_be_open(matter)
    # Marked before it is turned: where others have changed the same since, the next press reaches the move before it.
    last = Move.objects.filter(matter=matter, by=by).last_standing()
    if last is None or last.pk != move or not Move.objects.filter(pk=move, undone_at=None).update(undone_at=at):
        return True
    record("circle.draw", by=by, at=at, space=matter.pk, once_a_day=True)
    return _turn(last, forwards=False, at=at)


@transaction.atomic
def redo(matter: Matter, move: UUID, *, by: Seat, at: datetime) -> bool:
    """Do again what was taken back. Returns False when others have changed the same thing since."""
    _must_be_open(matter)
    moves = Move.objects.filter(matter=matter, by=by)
    first = moves.first_undone(moves.last_standing())
    if (
        first is None
        or first.pk != move
        or not Move.objects.filter(pk=move).exclude(undone_at=None).update(undone_at=None)
    ):
        return True
    record("circle.draw", by=by, at=at, space=matter.pk, once_a_day=True)
    return _turn(first, forwards=True, at=at)


# ---------------------------------------------------------------- how a move is made


def _draw_tie(kind: MoveKind, matter: Matter, first: UUID, second: UUID, *, by: Seat, at: datetime) -> None:
    _must_be_open(matter)
    if first == second:
        raise Refused(_("A tie needs two ends."))
    spots = [_spot(matter, end) for end in (first, second)]
    move = _move(kind, spots[0], by=by, at=at)
    move.other = spots[1]
    if _tie_of(move).exists() != (kind == MoveKind.TIED):
        _draw(move)


def _spot(matter: Matter, pk: UUID) -> Spot:
    """The spot with this id; a member's is made when it is first needed. Raises Refused for what is gone."""
    # In this matter only: the id of somebody in another one is nothing here.
    spot = Spot.objects.filter(matter=matter, pk=pk).first()
    if spot is None and (member := Member.objects.filter(matter=matter, pk=pk).first()):
        # Two may move the same person for the first time at once: whoever comes second takes the row of the first.
        spot, _made = Spot.objects.get_or_create(
            pk=pk, defaults={"matter": matter, "region_id": matter.region_id, "member": member}
        )
    if spot is None or spot.removed_at is not None:
        raise Refused(_("This is not on the circle any more."))
    return spot


def _move(kind: MoveKind, spot: Spot, *, by: Seat, at: datetime, idempotency_key: UUID | None = None) -> Move:
    return Move(
        pk=idempotency_key or uuid4(),
        matter_id=spot.matter_id,
        region_id=spot.region_id,
        kind=kind,
        spot=spot,
        by=by,
        at=at,
    )


def _draw(move: Move) -> None:
    """Do it and keep it. Raises Refused when somebody did something else in the same moment."""
    if not _turn(move, forwards=True, at=move.at):
        raise Refused(SOMEBODY_WAS_FIRST)
    _keep(move)


def _keep(move: Move) -> None:
    """Under the next number of its matter. Whoever takes the same number in the same moment takes the next."""
    for attempt in range(ATTEMPTS):
        last = Move.objects.filter(matter=move.matter_id).aggregate(last=Max("number"))["last"]
        move.number = 1 if last is None else last + 1
        try:
            # Each try in a savepoint: on PostgreSQL a number that was refused would end the whole transaction.
            with transaction.atomic():
                move.save(force_insert=True)
            break
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise Refused(SOMEBODY_WAS_FIRST) from None
    record("circle.draw", by=move.by, at=move.at, space=move.matter_id, once_a_day=True)


def _turn(move: Move, *, forwards: bool, at: datetime) -> bool:
    """Take what was moved from one side of the move to the other. Returns False when it is not at the first."""
    if move.kind in {MoveKind.TIED, MoveKind.UNTIED}:
        return _turn_tie(move, is_present=(move.kind == MoveKind.TIED) == forwards)
    spots = Spot.objects.filter(pk=move.spot_id)
    if move.kind == MoveKind.MOVED:
        # Empty before the first move: taken back, the person stands where their side stands.
        before, after = (move.x_before, move.y_before), (move.x_after, move.y_after)
        (x, y), (to_x, to_y) = (before, after) if forwards else (after, before)
        return bool(spots.present().filter(x=x, y=y).update(x=to_x, y=to_y, version=F("version") + 1))
    if move.kind == MoveKind.NAMED:
        return _turn_name(move, forwards=forwards)
    is_present = (move.kind == MoveKind.PLACED) == forwards
    return bool(
        spots.filter(removed_at__isnull=not is_present).update(
            removed_at=None if is_present else at, version=F("version") + 1
        )
    )


def _turn_tie(move: Move, *, is_present: bool) -> bool:
    ties = _tie_of(move)
    if not is_present:
        return bool(ties.delete()[0])
    # By their text, in which both databases order ids: the constraint wants the lower one first.
    first, second = sorted([move.spot_id, move.other_id], key=str)
    _tie, created = Tie.objects.get_or_create(
        one_id=first, other_id=second,
        defaults={"matter_id": move.matter_id, "region_id": move.region_id, "by": move.by},
    )  # fmt: skip
    return created


def _tie_of(move: Move) -> Any:
    first, second = sorted([move.spot_id, move.other_id], key=str)
    return Tie.objects.filter(one=first, other=second)


def _turn_name(move: Move, *, forwards: bool) -> bool:
    before = {"name": move.name_before, "note": move.note_before}
    after = {"name": move.name_after, "note": move.note_after}
    first, then = (before, after) if forwards else (after, before)
    now = Spot.objects.present().filter(pk=move.spot_id).first()
    if now is None or {"name": now.name, "note": now.note} != first:
        return False
    # Sealed words differ at each sealing, so no query can compare them: they are compared above, and the version tells
    # whether they still stand.
    values = closed_values(now, {**then, "version": now.version + 1})
    return bool(Spot.objects.filter(pk=now.pk, version=now.version).update(**values))


def _must_be_open(matter: Matter) -> None:
    if not Matter.objects.open().filter(pk=matter.pk).exists():
        raise Refused(IS_CLOSED)
