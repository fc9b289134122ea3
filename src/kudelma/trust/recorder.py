"""Keeps the access record. What is read is written and committed before the keys open anything."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kudelma.trust.models import Entry, What
from kudelma.trust.vault import let_open


class AccessRecorder:
    """The pen that `core.record` borrows."""

    def acted(self, door: str, matter: UUID | None, by: Any, at: datetime, once_a_day: bool) -> None:
        if once_a_day and _told_today(What.DID, door, by, at).filter(matter=matter).exists():
            return
        _entry(What.DID, door, matter, by, at).save(force_insert=True)

    def opened(self, door: str, matters: list[UUID], by: Any, at: datetime, why: str, once_a_day: bool) -> None:
        told = set(_told_today(What.READ, door, by, at).values_list("matter", flat=True)) if once_a_day else set()
        with transaction.atomic():
            Entry.objects.bulk_create(
                [_entry(What.READ, door, matter, by, at, why) for matter in matters if matter not in told]
            )
        let_open(matters)


def record_refusal(door: str, by: Any, at: datetime, *, why: str) -> None:
    """A door that stayed shut is told too: by rule, not by sentence."""
    _entry(What.REFUSED, door, getattr(by, "matter", None), by, at, why).save(force_insert=True)


def _told_today(what: What, door: str, by: Any, at: datetime) -> Any:
    return Entry.objects.filter(what=what, door=door, seat=by.pk, at__gt=at - timedelta(hours=24), at__lte=at)


def _entry(what: What, door: str, matter: UUID | None, by: Any, at: datetime, why: str = "") -> Entry:
    return Entry(
        what=what, door=door, matter=matter, at=at, why=why,
        seat=by.pk, role=by.role, level=by.level, region=by.region_id,
    )  # fmt: skip
