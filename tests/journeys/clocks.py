"""The clock that all processes of a server under test go by: it can be moved, and it can stand still.

What is shown is kept in a file of two numbers, in nanoseconds: how far it is ahead of this machine's clock, and at
which moment it stands (0: it goes). The processes read it in clock/sitecustomize.py.
"""

import mmap
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

SECOND = 10**9
AHEAD, STANDS_AT = 0, 8
"""Where in the file each number is. They are written one at a time, so that nobody reads half a change."""


class Clock:
    def __init__(self, file: Path) -> None:
        file.write_bytes(struct.pack("=qq", 0, 0))
        with file.open("r+b") as opened:
            self._face = mmap.mmap(opened.fileno(), 0)
        self.file = file
        self._ahead = self._stands_at = 0

    def now(self) -> float:
        """Seconds since 1970."""
        return self._now() / SECOND

    def set(self, to: datetime) -> None:
        self._put(int(to.timestamp()) * SECOND - time.time_ns())

    def move(self, by: timedelta) -> None:
        self._put(self._ahead + int(by.total_seconds()) * SECOND)

    def to_the_next(self, seconds: int) -> None:
        """On to the next moment whose seconds since 1970 are a multiple of `seconds`."""
        step = seconds * SECOND
        self._put(self._ahead + step - self._now() % step)

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Time stands still as long as this lasts, and then goes on from there."""
        self._stands_at = self._now()
        self._write(STANDS_AT, self._stands_at)
        try:
            yield
        finally:
            self._put(self._stands_at - time.time_ns())
            self._stands_at = 0
            self._write(STANDS_AT, 0)

    def _now(self) -> int:
        return self._stands_at or time.time_ns() + self._ahead

    def _put(self, ahead: int) -> None:
        self._ahead = ahead
        self._write(AHEAD, ahead)

    def _write(self, where: int, number: int) -> None:
        struct.pack_into("=q", self._face, where, number)
