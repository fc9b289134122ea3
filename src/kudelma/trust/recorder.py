"""Keeps the access record. What is read is written and committed before the keys open anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kudelma.trust.models import Entry, What
from kudelma.trust.vault import let_open, open_for_search


class AccessRecorder:
    """The pen that `core.record` borrows."""

    def record(self, door: str, space: UUID | None, by: Any, at: datetime, once_a_day: bool) -> None:
        # In the caller's transaction: what is rolled back was not done, and is not told.
        _write([_entry(What.DID, door, space, by, at)], at, once_a_day)

    def record_reading(self, door: str, spaces: list[UUID], by: Any, at: datetime, why: str, once_a_day: bool) -> None:
        with transaction.atomic():
            _write([_entry(What.READ, door, space, by, at, why) for space in spaces], at, once_a_day)
        # Only now: what cannot be recorded cannot be read, whatever a view forgets.
        let_open(spaces)

    @contextmanager
    def search_access(self, door: str, spaces: list[UUID], by: Any, at: datetime) -> Iterator[frozenset[UUID]]:
        with transaction.atomic():
            # In no space: a family is not told that somebody opened what was only passed by.
            _write([_entry(What.DID, door, None, by, at)], at, once_a_day=False)
        with open_for_search(spaces) as readable:
            yield readable


def _write(entries: list[Entry], at: datetime, once_a_day: bool) -> None:
    if once_a_day:
        for entry in entries:
            entry.sitting_on = timezone.localdate(at)
    # The database keeps one line a sitting; of two presses at once the second is no error.
    Entry.objects.bulk_create(entries, ignore_conflicts=once_a_day)


def record_refusal(door: str, by: Any, at: datetime, *, why: str) -> None:
    """A door that stayed shut is told too: by rule, not by sentence."""
    _entry(What.REFUSED, door, getattr(by, "space", None), by, at, why).save(force_insert=True)


def _entry(what: What, door: str, space: UUID | None, by: Any, at: datetime, why: str = "") -> Entry:
    # Role and level stand in the line itself: it must be understood when nothing else of the space is left.
    return Entry(
        what=what, door=door, space=space, at=at, why=why,
        seat=by.pk, role=by.role, level=by.level, region=by.region_id,
    )  # fmt: skip
