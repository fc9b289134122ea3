"""What leaves the ledger: what somebody takes back, and all of a space in which nothing is changed any more."""

from uuid import UUID

from django.db.models import F, QuerySet

from kudelma.live.models import Counter, Operation


def withdraw(operations: QuerySet[Operation]) -> None:
    """Leave of these their numbers alone: whoever looks for them finds a hole, and undoing passes them by."""
    operations.update(payload=b"", about=None, also=None, base=None, gone=True)


def withdraw_thing(counter: Counter, thing: UUID) -> None:
    """What somebody takes back leaves the ledger too, with all that was ever done to it."""
    withdraw(Operation.objects.filter(target=counter.pk).concerning(thing))


def end_undo(space: UUID) -> None:
    """Nothing in the space is changed any more: what was there before each change is no longer kept."""
    # Held all together: what is being changed at this moment is finished first, and is withdrawn with the rest.
    Counter.objects.filter(space=space).update(number=F("number"))
    withdraw(Operation.objects.filter(space=space, gone=False))


def empty(space: UUID) -> None:
    """Delete the ledger of a space that is forgotten."""
    Operation.objects.filter(space=space).delete()
    Counter.objects.filter(space=space).delete()
