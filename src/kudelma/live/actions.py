"""Numbering what happens to a target, so that screens know that something moved and a retry does nothing twice."""

from typing import Any
from uuid import UUID

from django.db.models import F

from kudelma.live.models import Operation


def operate(target: Any, *, idempotency_key: UUID, kind: str, by: Any) -> bool:
    """Take the next number of `target` for the operation `idempotency_key`.

    Call it inside the transaction that changes the target.
    target: a row with `number` and `space_id`, whose counter is taken under its own lock.
    Returns False when this operation has been done before: then do nothing.
    """
    # Looked for before the counter moves: a retry that took a number would send every screen to fetch nothing.
    if Operation.objects.filter(pk=idempotency_key).exists():
        return False
    # The update holds the counter until the end, so that no reader skips an operation that commits late.
    type(target).objects.filter(pk=target.pk).update(number=F("number") + 1)
    target.refresh_from_db(fields=["number"])
    Operation(
        pk=idempotency_key, space=target.space_id, target=target.pk, number=target.number, kind=kind, seat=by.pk
    ).save(force_insert=True)
    return True
