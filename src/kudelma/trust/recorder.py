"""Keeps the access record. What is read is written and committed before the keys open anything."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connections, router, transaction
from django.utils import timezone

from kudelma.trust.models import Entry, What
from kudelma.trust.vault import let_open, open_for_search

SPACE = Entry._meta.get_field("space")
SAME = [field for field in Entry._meta.concrete_fields if field is not SPACE and not field.primary_key]
"""The columns in which the lines of one reading are the same."""


class AccessRecorder:
    """The pen that `core.record` borrows."""

    def record(self, door: str, space: UUID | None, by: Any, at: datetime, once_a_day: bool) -> None:
        # In the caller's transaction: what is rolled back was not done, and is not told.
        _write(_entry(What.DID, door, by, at), [space], once_a_day)

    def record_reading(self, door: str, spaces: list[UUID], by: Any, at: datetime, why: str, once_a_day: bool) -> None:
        with transaction.atomic():
            _write(_entry(What.READ, door, by, at, why), spaces, once_a_day)
        # Only now: what cannot be recorded cannot be read, whatever a view forgets.
        let_open(spaces)

    @contextmanager
    def search_access(self, door: str, spaces: list[UUID], by: Any, at: datetime) -> Iterator[frozenset[UUID]]:
        with transaction.atomic():
            # In no space: a family is not told that somebody opened what was only passed by.
            _write(_entry(What.DID, door, by, at), [None], once_a_day=False)
        with open_for_search(spaces) as readable:
            yield readable


def _write(entry: Entry, spaces: Sequence[UUID | None], once_a_day: bool) -> None:
    """A line for each of the spaces, and else like `entry`."""
    if once_a_day:
        entry.sitting_on = timezone.localdate(entry.at)
    content = connections[router.db_for_write(Entry)]
    # By hand: a list opens fifty spaces at each look, and `bulk_create` makes ready every value of every line anew.
    same = [field.get_db_prep_save(getattr(entry, field.attname), content) for field in SAME]
    lines = [(*same, SPACE.get_db_prep_save(space, content)) for space in spaces]
    # As many as a statement takes: a hundred on SQLite.
    most = content.ops.bulk_batch_size([*SAME, SPACE], lines) or 1
    for start in range(0, len(lines), most):
        _insert(lines[start : start + most], content, once_a_day)


def _insert(lines: list[tuple[Any, ...]], content: Any, once_a_day: bool) -> None:
    table, *columns = map(content.ops.quote_name, [Entry._meta.db_table, *(field.column for field in (*SAME, SPACE))])
    marks = f"({', '.join('%s' for _ in columns)})"
    # The database keeps one line a sitting; of two presses at once the second is no error.
    end = " ON CONFLICT DO NOTHING" if once_a_day else ""
    rows = ", ".join([marks] * len(lines))
    with content.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {rows}{end}", [*chain.from_iterable(lines)])  # noqa: S608  names of columns


def record_refusal(door: str, by: Any, at: datetime, *, why: str) -> None:
    """A door that stayed shut is told too: by rule, not by sentence."""
    _entry(What.REFUSED, door, by, at, why, getattr(by, "space", None)).save(force_insert=True)


def _entry(what: What, door: str, by: Any, at: datetime, why: str = "", space: UUID | None = None) -> Entry:
    # Role and level stand in the line itself: it must be understood when nothing else of the space is left.
    return Entry(
        what=what, door=door, space=space, at=at, why=why,
        seat=by.pk, role=by.role, level=by.level, region=by.region_id,
    )  # fmt: skip
