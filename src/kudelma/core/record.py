"""The access record as every room writes it. `trust` keeps it and hands the pen in at start.

`record` tells that something was done, inside the transaction that does it. `record_reading` tells that the
words of spaces are about to be read; it is committed before anything leaves, and only then do the
keys of those spaces open anything in this request. `search_access` is narrower: many are looked at for
one answer, and closed again at once.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kudelma.core.handed import HandedUp


class Recorder(Protocol):
    def record(self, door: str, space: UUID | None, by: Any, at: datetime, once_a_day: bool) -> None: ...

    def record_reading(
        self, door: str, spaces: list[UUID], by: Any, at: datetime, why: str, once_a_day: bool
    ) -> None: ...

    def search_access(
        self, door: str, spaces: list[UUID], by: Any, at: datetime
    ) -> AbstractContextManager[frozenset[UUID]]: ...


RECORDER: HandedUp[Recorder] = HandedUp()
"""By `trust`."""


def record(door: str, *, by: Any, at: datetime, space: UUID | None = None, once_a_day: bool = False) -> None:
    """Write that the seat `by` did `door` (such as "meetings.hold"), in the space with that id, if any.

    once_a_day: one line tells of the whole sitting. For turns and lines of a board: how long each
    person spoke must not be readable from anything that is kept.
    """
    RECORDER.only.record(door, space, by, at, once_a_day)


def record_reading(
    door: str, spaces: Iterable[UUID | None], *, by: Any, at: datetime, why: str = "", once_a_day: bool = False
) -> None:
    """Write that the seat `by` reads the spaces' words through `door`, then let their keys open.

    once_a_day: one line tells of the whole sitting, as in `record`.
    """
    RECORDER.only.record_reading(door, [space for space in spaces if space], by, at, why, once_a_day)


def search_access(
    door: str, spaces: Iterable[UUID], *, by: Any, at: datetime
) -> AbstractContextManager[frozenset[UUID]]:
    """Write once that the seat `by` looks through `door`, in no space, then let these keys open for one block only.

    For finding: what is read inside leaves the block as ids, never as words. Gives the spaces that open.
    """
    return RECORDER.only.search_access(door, list(spaces), by, at)
