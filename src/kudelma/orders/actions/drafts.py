"""An order while it is being written: begun, saved page by page, sent, or thrown away."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.phrases import CHANGED_MEANWHILE, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.matters.models import Matter
from kudelma.orders.actions.orders import order_meeting
from kudelma.orders.inputs import NewOrder
from kudelma.orders.models import DRAFT_DAYS, Draft
from kudelma.people.models import Seat
from kudelma.trust.vault import destroy_space_key, make_space_key

GONE = _("This order is not unfinished any more: it was sent or thrown away. What you wrote is still here.")


def begin_draft(*, idempotency_key: UUID, ordering: str, by: Seat, at: datetime) -> Draft:
    """An order with nothing in it yet. The key of the matter that it may become is made first.

    idempotency_key: id of the draft and of that matter, so that pressing twice begins once. Raises KeyReused when it is
    another's.
    """
    existing = Draft.objects.filter(pk=idempotency_key).first()
    if existing is not None and (existing.seat_id, existing.ordering) == (by.pk, ordering):
        return existing
    # Sent meanwhile, the draft is gone and its matter has the id: the first form, pressed again by the back button,
    # must not begin a second order under it.
    if existing is not None or Matter.objects.filter(pk=idempotency_key).exists():
        raise KeyReused
    # Sealed from the first word, with the key that the matter will have: thrown away, it is unreadable in old
    # backups too.
    make_space_key(idempotency_key, by.region_id)
    with transaction.atomic():
        draft = Draft(
            pk=idempotency_key, region=by.region, seat=by, ordering=ordering, saved_at=at, ends_on=_last_day(at)
        )
        draft.save(force_insert=True)
        record("orders.begin_draft", by=by, at=at, space=draft.pk)
    return draft


@transaction.atomic
def save_draft(draft: Draft, *, version: int, values: dict[str, Any], page: int, by: Seat, at: datetime) -> None:
    """Keep what stands on one page, with what the other pages hold. values: fields of `Order`, as typed.

    Raises Stale when it was saved in another place meanwhile, Refused when it was sent or thrown away.
    """
    if not _kept(draft, version, values, page, at, version=version + 1):
        raise _stale(draft, values)
    draft.version = version + 1
    record("orders.save_draft", by=by, at=at, space=draft.pk)


@transaction.atomic
def keep_rest(draft: Draft, *, version: int, values: dict[str, Any], page: int, by: Seat, at: datetime) -> None:
    """Keep what is right of a page that was refused, unless it was saved in another place meanwhile.

    The page has not been saved by that: its next save is still the one after `version`.
    """
    if _kept(draft, version, values, page, at):
        record("orders.save_draft", by=by, at=at, space=draft.pk)


def _kept(draft: Draft, seen: int, values: dict[str, Any], page: int, at: datetime, **also: Any) -> bool:
    # All pages are sealed in one column: those of the other pages are carried over, from the version that was seen.
    said = draft.said | {name: as_kept(value) for name, value in values.items()}
    kept = {"values": json.dumps(said, ensure_ascii=False), "page": page, "saved_at": at, "ends_on": _last_day(at)}
    row = Draft.objects.filter(pk=draft.pk, version=seen)
    return bool(row.update(**closed_values(draft, kept), **also))


def _stale(draft: Draft, values: dict[str, Any]) -> Refused:
    """What to say to the second comer. What stands there as it was typed is told as it was typed."""
    now = Draft.objects.filter(pk=draft.pk).first()
    if now is None:
        return Refused(GONE)
    stands = {
        name: value if now.said.get(name, "") == as_kept(value) else now.said.get(name, "")
        for name, value in values.items()
    }
    return Stale(CHANGED_MEANWHILE, stands | {"version": now.version})


@transaction.atomic
def send_order(draft: Draft, *, values: NewOrder, by: Seat, at: datetime) -> Matter:
    """Make the finished draft the order of a matter with the same id.

    Raises Refused when it was saved in another place meanwhile.
    """
    # Gone before it is sent: of two last presses one makes the order. Its key stays, for it is the matter's.
    if not Draft.objects.filter(pk=draft.pk, version=draft.version).delete()[0]:
        raise Refused(SOMEBODY_WAS_FIRST)
    return order_meeting(idempotency_key=draft.pk, kind=draft.kind, values=values, by=by, at=at)


@transaction.atomic
def discard_draft(draft: Draft, *, by: Seat, at: datetime) -> None:
    """Throw an unfinished order away, and destroy its key. Raises Refused when it was saved or sent meanwhile."""
    if not Draft.objects.filter(pk=draft.pk, version=draft.version).delete()[0]:
        raise Refused(SOMEBODY_WAS_FIRST)
    record("orders.discard_draft", by=by, at=at, space=draft.pk)
    # Last, for it is gone at once, whatever becomes of this transaction: what is refused above must still open.
    destroy_space_key(draft.pk, at=at)


def as_kept(value: Any) -> Any:
    """A cleaned value as the draft keeps it, and as the form takes it again: a day and a row as text."""
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else value or ""


def _last_day(at: datetime) -> date:
    return timezone.localdate(at) + timedelta(days=DRAFT_DAYS)
