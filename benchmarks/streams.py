"""Streams that nobody moves, streams that move once a second, and how soon a right that is taken away ends them.

Everything happens on this machine: one server of two processes, and in this process the readers and whoever writes.
Counted is what the two processes that serve use, and not the job worker beside them.
"""

import asyncio
import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.data import Data
from benchmarks.figure import Figure, Figures, orientation
from benchmarks.server import serving
from journeys.server import Server

BOARDS = 60
IDLE_STREAMS = 3000
MOVING_STREAMS = 720
WITHDRAWN = 6
"""How many of those who lead lose the right, one after the other; each with fifty open streams."""
AT_ONCE = 64
PATIENCE_SECONDS = 300
GIB = 2**30
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Board:
    row: Any
    pairing: Any
    coordinator: Any
    cookies: str


@dataclass
class Reader(asyncio.Protocol):
    """One open stream. moved: how often it was told so; over_at: when it was told that it is over."""

    board: Board
    cookies: str
    moved: int = 0
    over_at: float = 0.0
    is_refused: bool = False
    is_told: asyncio.Event = field(default_factory=asyncio.Event)
    transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        lines = [f"GET /live/{self.board.row.pk}/ HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {self.cookies}", "", ""]
        transport.write("\r\n".join(lines).encode())

    def data_received(self, data: bytes) -> None:
        # Each event is one write of the server, and so short that it comes in one piece.
        self.is_refused = self.is_refused or (data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 200"))
        self.moved += data.count(b"event: moved")
        if b"event: over" in data:
            self.over_at = time.monotonic()
        if self.moved or self.is_refused:
            self.is_told.set()


def streams(data: Data, *, quick: bool) -> Figures:
    data.demo()
    _open_files()
    boards = _boards()
    with serving(data, KUDELMA_PROCESSES="2") as server:
        yield from asyncio.run(_measured(server, boards, seconds=15 if quick else 60))


async def _measured(server: Server, boards: list[Board], *, seconds: float) -> list[Figure]:
    processes = _serving(server)
    orientation(f"nobody reads: {await _share(processes, seconds / 4):.2f} % of a core")
    figures = []
    async with _reading(server.port, boards, MOVING_STREAMS) as readers:
        with _moving(boards) as moves:
            before, n_before = sum(reader.moved for reader in readers), moves[0]
            share = await _share(processes, seconds)
            told, n_moves = sum(reader.moved for reader in readers) - before, moves[0] - n_before
        # Whoever moves may have broken, or not have kept up: then nothing was measured.
        assert n_moves > 0.9 * len(boards) * seconds, f"{n_moves} moves in {seconds} s"
        orientation(f"{n_moves / seconds:.1f} moves a second, {told / seconds:.1f} events a second")
        figures.append(Figure("streams-moving-core", share, "%", "<=30"))
    async with _reading(server.port, boards, IDLE_STREAMS, are_alike=False):
        # Fifty streams of one device are asked by one question; this is what so many strangers would cost.
        orientation(f"idle, each with cookies of its own: {await _share(processes, seconds):.2f} % of a core")
    async with _reading(server.port, boards, IDLE_STREAMS) as readers:
        figures.append(Figure("streams-idle-core", await _share(processes, seconds), "%", "<=5"))
        figures.append(Figure("streams-idle-memory", _memory(processes) / GIB, "GiB", "<=2"))
        took = [await _withdrawn(board, readers) for board in boards[:WITHDRAWN]]
        orientation("until the last of fifty streams was over:", ", ".join(f"{seconds:.2f} s" for seconds in took))
        figures.append(Figure("streams-withdrawn", max(took), "s", "<=2"))
    return figures


async def _withdrawn(board: Board, readers: list[Reader]) -> float:
    """Until all streams of the one who leads this board are over, counted from when the task has ended."""
    mine = [reader for reader in readers if reader.board is board]
    await asyncio.to_thread(_end_pairing, board)
    since = time.monotonic()
    while not all(reader.over_at for reader in mine):
        assert time.monotonic() - since < PATIENCE_SECONDS, "a stream goes on whose right was taken away"
        await asyncio.sleep(0.01)
    return max(reader.over_at for reader in mine) - since


def _end_pairing(board: Board) -> None:
    from django.utils import timezone

    from kudelma.pairing.actions.offers import end_pairing

    end_pairing(board.pairing, by=board.coordinator, at=timezone.now())


@asynccontextmanager
async def _reading(port: int, boards: list[Board], number: int, *, are_alike: bool = True) -> Any:
    """So many streams, spread evenly over the boards, each of which has been told where its board is.

    are_alike: those of a board come with the same cookies, as from one device.
    """
    readers = [_reader(boards[n % len(boards)], "" if are_alike else f"; reader={n}") for n in range(number)]
    gate, since = asyncio.Semaphore(AT_ONCE), time.monotonic()

    async def begin(reader: Reader) -> None:
        async with gate:
            await asyncio.get_running_loop().create_connection(lambda: reader, "127.0.0.1", port)
            await asyncio.wait_for(reader.is_told.wait(), PATIENCE_SECONDS)
            assert not reader.is_refused, "a stream was refused"

    try:
        await asyncio.gather(*(begin(reader) for reader in readers))
        orientation(f"{number} streams began in {time.monotonic() - since:.1f} s")
        yield readers
    finally:
        for reader in readers:
            if reader.transport:
                reader.transport.abort()
        await asyncio.sleep(1)


def _reader(board: Board, own: str) -> Reader:
    return Reader(board, board.cookies + own)


@contextmanager
def _moving(boards: list[Board]) -> Iterator[list[int]]:
    """Moves each board once a second meanwhile, spread evenly, each move a commit; gives how many it were."""
    moves, ending = [0], threading.Event()
    thread = threading.Thread(target=_move, args=[boards, moves, ending], daemon=True)
    thread.start()
    try:
        yield moves
    finally:
        ending.set()
        thread.join()


def _move(boards: list[Board], moves: list[int], ending: threading.Event) -> None:
    from django.db import connection, transaction

    from kudelma.live.actions.ledger import hold, operate

    began = time.monotonic()
    while not ending.is_set():
        board = boards[moves[0] % len(boards)]
        with transaction.atomic():
            operate(hold(board.row), idempotency_key=uuid4(), kind="line.nod", by=board.pairing.seat)
        moves[0] += 1
        # By the clock and not by a pause: a slow commit must not make it fewer.
        ending.wait(max(0, began + moves[0] / len(boards) - time.monotonic()))
    connection.close()


# ---------------------------------------------------------------- the two processes


def _serving(server: Server) -> list[int]:
    """The processes that answer: children of the command that hold its port."""
    assert server.process is not None
    children = [pid for pid in _pids() if _parent(pid) == server.process.pid]
    processes = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len(processes) == 2, f"{len(processes)} processes serve"
    return processes


def _pids() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


async def _share(processes: list[int], seconds: float) -> float:
    """How much of one core they use together, in percent. Source: proc(5), utime and stime."""
    before, since = sum(map(_ticks, processes)), time.monotonic()
    await asyncio.sleep(seconds)
    return 100 * (sum(map(_ticks, processes)) - before) / TICKS / (time.monotonic() - since)


def _ticks(pid: int) -> int:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(words[11]) + int(words[12])


def _memory(processes: list[int]) -> int:
    """Bytes that they hold; what they share counts for each."""
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page for pid in processes)


def _open_files() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


# ---------------------------------------------------------------- what they read


@cache
def _boards() -> list[Board]:
    """Sixty meetings that go on, each led by somebody else, who has signed in."""
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    import factories

    with transaction.atomic(), transaction.atomic(using="keys"):
        region = factories.region("B2")
        type(region).objects.filter(pk=region.pk).update(is_demo=True)
        cast = factories.Cast(region)
        boards = [_board(cast) for _ in range(BOARDS)]
        DBTaskResult.objects.all().delete()  # nothing is to be sent while we measure
    return boards


def _board(cast: Any) -> Board:
    import factories
    from kudelma.pairing.models import LeadAssignment
    from kudelma.people.models import Role

    # Somebody else each time: nobody leads two conversations at one hour.
    cast.lead, cast.writer = (factories.seat(cast.region, Role.CONSULTANT) for _ in range(2))
    cast.to("meeting")
    cookies = factories.sit(cast.lead).cookies
    return Board(
        cast.board,
        LeadAssignment.objects.select_related("matter__region", "seat").get(matter=cast.matter, seat=cast.lead),
        cast.coordinator,
        "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items()),
    )
