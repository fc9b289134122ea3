"""Undoing and doing again: operations of their own, by which a seat walks back through what it has changed itself."""

from typing import Any
from uuid import UUID

from kudelma.live.actions.ledger import Taken, earlier, write
from kudelma.live.inputs import Device
from kudelma.live.models import Counter, Operation

UNDO, REDO = "undo", "redo"
"""The kinds of operation that every target has."""


def undo(counter: Counter, change: UUID, *, idempotency_key: UUID, by: Any, device: Device | None = None) -> Taken:
    """Take back `change`, the last of this seat that stands; again, the one before it. Raises as `operate`.

    Of what is not the last one nothing is taken back: that is a hole.
    """
    return _walk(counter, change, UNDO, idempotency_key, by, device)


def redo(counter: Counter, change: UUID, *, idempotency_key: UUID, by: Any, device: Device | None = None) -> Taken:
    """Do `change` again, the first that this seat has taken back since the last that stands. The rest as in `undo`."""
    return _walk(counter, change, REDO, idempotency_key, by, device)


def _walk(counter: Counter, change: UUID, kind: str, key: UUID, by: Any, device: Device | None) -> Taken:
    known = earlier(counter, key, kind, by, device)
    if known is not None:
        return Taken(known, is_repeat=True)
    changes = Operation.objects.changes(counter.pk, by.pk)
    due = changes.last_standing()
    if kind == REDO:
        due = changes.first_undone(due)
    # Pressed twice, or on a page from before: what it names is not due any more.
    if due is None or due.pk != change:
        return Taken(write(counter, key, kind, by, device, gone=True))
    undoes = due if kind == UNDO else Operation.objects.undoing(due.pk)
    return Taken(write(counter, key, kind, by, device, about=due.about, also=due.also, undoes=undoes))
