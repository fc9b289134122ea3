"""Numbering what happens to a target, so that screens know that something moved and a retry does nothing twice.

Always in this order, inside the transaction that changes the target: `hold` it, look at what stands, `operate`, change.
Whoever looked before holding could be passed by another, and two who hold in another order could wait for each other.
"""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Max

from kudelma.core.errors import KeyReused
from kudelma.live.inputs import SPOKEN, Device
from kudelma.live.models import Counter, Operation


class OutOfOrder(Exception):
    """An outbox counts otherwise than the ledger. expected: the number that it should have sent, from 1."""

    def __init__(self, device: Device, expected: int) -> None:
        super().__init__(f"device {device.id} sent {device.number} instead of {expected}")
        self.expected = expected
        # What lies between was lost on its way; otherwise the number has been used, by another outbox of the same name.
        self.is_gap = device.number > expected


class UnknownProtocol(Exception):
    """A page from before or after an update, which means by its operations what this server cannot know."""


class Taken(NamedTuple):
    """An operation that has its number. is_repeat: it was sent before, and what it did has been done."""

    operation: Operation
    is_repeat: bool = False


def hold(target: Any) -> Counter:
    """The counter of the target, which nobody else gets before this transaction ends.

    target: a row with a UUID as its key, and with `space_id`. Its counter is made when it is first needed.
    """
    counters = Counter.objects.filter(pk=target.pk)
    # By an update that changes nothing: SQLite knows no reading that locks, and waits here as PostgreSQL does.
    if not counters.update(number=F("number")):
        # Two may come first at once: whoever comes second waits here, makes no row, and finds that of the first.
        Counter.objects.bulk_create([Counter(target=target.pk, space=target.space_id)], ignore_conflicts=True)
        counters.update(number=F("number"))
    return counters.get()


def operate(
    counter: Counter, *, idempotency_key: UUID, kind: str, by: Any, device: Device | None = None,
    about: UUID | None = None, also: UUID | None = None, base: int | None = None,
) -> Taken:  # fmt: skip
    """Take the next number of the target whose `counter` is held. When it was sent before, there is nothing to do.

    Raises KeyReused when the id is that of another change, OutOfOrder and UnknownProtocol.
    """
    known = earlier(counter, idempotency_key, kind, by, device)
    if known is None:
        return Taken(write(counter, idempotency_key, kind, by, device, about=about, also=also, base=base))
    if not known.gone and (known.about, known.also) != (about, also):
        raise KeyReused
    return Taken(known, is_repeat=True)


def keep(operation: Operation, payload: str) -> None:
    """What undoing will need, sealed in the key of the space."""
    operation.payload = payload
    operation.save(update_fields=["payload"])


# ---------------------------------------------------------------- how a number is given


def earlier(counter: Counter, key: UUID, kind: str, by: Any, device: Device | None) -> Operation | None:
    """What was sent under this id before; None when it is new and next in the order of its device."""
    existing: Operation | None = Operation.objects.filter(pk=key).first()
    if existing is None:
        _must_be_next(device, by)
    elif (existing.target, existing.kind, existing.seat) != (counter.pk, kind, by.pk):
        raise KeyReused
    return existing


def _must_be_next(device: Device | None, by: Any) -> None:
    if device is None:
        return
    if device.protocol not in SPOKEN:
        raise UnknownProtocol
    # An outbox is one seat's: what another has sent under its name is none of its own, and the database refuses both.
    sent = Operation.objects.filter(device=device.id)
    expected = (sent.aggregate(last=Max("device_number"))["last"] or 0) + 1
    if device.number != expected or sent.exclude(seat=by.pk).exists():
        raise OutOfOrder(device, expected)


def write(counter: Counter, key: UUID, kind: str, by: Any, device: Device | None, **columns: Any) -> Operation:
    """One more operation of the target whose counter is held, under its next number."""
    counter.number += 1
    counter.save(update_fields=["number"])
    if device is not None:
        columns |= {"device": device.id, "device_number": device.number, "protocol": device.protocol}
    operation = Operation(
        pk=key, space=counter.space, target=counter.pk, number=counter.number, kind=kind, seat=by.pk, **columns
    )
    operation.save(force_insert=True)
    return operation
