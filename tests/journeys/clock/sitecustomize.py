"""Every Python process of a server under test goes by one clock: the file JOURNEY_CLOCK (see journeys/clocks.py).

Python itself imports a module of this name before anything else, also in workers and jobs that a process starts. The
file is mapped into memory: a clock that is moved or stops has done so for a running server at the very next moment.
"""

import mmap
import os
import struct
import sys

sys.modules["pytest"] = None  # type: ignore[assignment]  # time-machine imports it where it can: 0.1 s in each process
import time_machine  # noqa: E402

del sys.modules["pytest"]

FACE = struct.Struct("=qq")
with open(os.environ["JOURNEY_CLOCK"], "rb") as file:
    _face = mmap.mmap(file.fileno(), FACE.size, access=mmap.ACCESS_READ)


class Shared(time_machine.Traveller):
    def time_ns(self) -> int:
        ahead, stands_at = FACE.unpack_from(_face)
        now: int = stands_at or time_machine.escape_hatch.time.time_ns() + ahead
        return now


time_machine.travel(0).start()
time_machine.traveller_stack[:] = [Shared(0, None, tick=True)]
