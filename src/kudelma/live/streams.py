"""Event streams: tell a reader that something moved, never what. The reader fetches it under its own rights.

Two tasks a stream: the one that answers, and one that waits for the reader to leave. What both wait for comes from the
poller (poller.py).
"""

import asyncio
import random
import resource
from typing import Any
from uuid import UUID

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope
from django.http import parse_cookie

from kudelma.live.poller import GONE, OVER, Poller, Reader

MOST_STREAMS = 4000
"""In one server process. Each holds a connection, and pages need some too."""
FILES_SHARE = 0.75
"""How many of the files that the process may open are streams at most."""
RETRY_SECONDS = (1, 10)
"""When a reader comes again, by chance: after a restart all of them would come at the same moment."""
SEND_SECONDS = 30
"""For so long a reader may leave unread what it was sent."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # A proxy that packs a stream keeps it back until there is enough to pack.
    (b"cache-control", b"no-store, private, no-transform"),
    (b"content-encoding", b"identity"),
    # nginx would keep events back until its buffer is full.
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

poller = Poller()


async def streams(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """GET /live/<target>/ as server-sent events: `moved` with the newest number, until the right ends."""
    target = _target(scope["path"])  # type: ignore[typeddict-item]
    if target is None or scope["method"] != "GET":  # type: ignore[typeddict-item]
        await _refuse(send, 404)
        return
    if len(poller.readers) >= most_streams():
        # Before the database is asked anything: a crowd must not keep those waiting who have work to do.
        await _refuse(send, 503)
        return
    reader = Reader(_cookies(scope), target)
    poller.add(reader)
    gone = asyncio.ensure_future(_until_gone(receive, reader))
    try:
        await _answer(reader, send)
    finally:
        poller.remove(reader)
        gone.cancel()


def most_streams() -> int:
    files, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_STREAMS if files == resource.RLIM_INFINITY else min(MOST_STREAMS, int(files * FILES_SHARE))


async def _answer(reader: Reader, send: ASGISendCallable) -> None:
    while reader.number is None and not reader.ended:
        await _woken(reader)
    if reader.ended == GONE:
        return
    if reader.ended:
        # One answer for no right and for no board: whoever may not follow is not told that there is one.
        await _refuse(send, 404 if reader.ended == OVER else 503)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS, "trailers": False})
    text = f"retry: {_soon(1000)}\n"
    while not reader.ended:
        number = reader.number
        await _tell(send, f"{text}event: moved\ndata: {number}\n\n")
        text = ""
        while reader.number == number and not reader.ended:
            await _woken(reader)
            if reader.number == number and not reader.ended:
                await _tell(send, ": still here\n\n")
    if reader.ended != GONE:
        # Said aloud when the right is over: a browser opens a stream that merely breaks off again and again.
        await _tell(send, "event: over\ndata: \n\n" if reader.ended == OVER else "", more=False)


async def _woken(reader: Reader) -> None:
    await reader.woken.wait()
    reader.woken.clear()


async def _tell(send: ASGISendCallable, text: str, *, more: bool = True) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": text.encode(), "more_body": more})


async def _refuse(send: ASGISendCallable, status: int) -> None:
    headers = [(b"retry-after", str(_soon()).encode())] if status == 503 else []
    await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _soon(parts: int = 1) -> int:
    """A moment to come again, in such parts of a second."""
    earliest, latest = RETRY_SECONDS
    return random.randint(earliest * parts, latest * parts)  # noqa: S311  no secret


async def _until_gone(receive: ASGIReceiveCallable, reader: Reader) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    reader.end(GONE)


def _target(path: str) -> UUID | None:
    try:
        return UUID(path.removeprefix("/live/").removesuffix("/"))
    except ValueError:
        return None


def _cookies(scope: Any) -> dict[str, str]:
    # HTTP/2 lets a browser send its cookies in several lines, and proxies pass them on so.
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie("; ".join(lines))
