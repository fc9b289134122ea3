"""Event streams: tell a reader that something moved, never what. The reader fetches it under its own rights.

One task in each server process asks the database a few times a second, only while somebody reads. The
right to read is asked again each time: whoever loses it loses the stream within two seconds.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope
from django.http import parse_cookie

from kudelma.core.handed import HandedUp

PAUSE_SECONDS = 0.4
# Proxies end a connection on which nothing comes: nginx after a minute, unless it is told otherwise.
BEAT_SECONDS = 15
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, private"),
    # nginx would keep events back until its buffer is full.
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

Look = Callable[[dict[str, str], UUID], int | None]
"""look(cookies, target): the newest number of the target, or None when these cookies may not follow it."""

LOOK: HandedUp[Look] = HandedUp()
"""By the room that has the targets."""
# Threads of their own, so that a look never waits for a page; two, since more only fight for the interpreter.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="streams")


async def streams(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """GET /live/<target>/ as server-sent events: `moved` with the newest number, until the right ends."""
    target = _target(scope["path"])  # type: ignore[typeddict-item]
    cookies = _cookies(scope)
    number = await _newest(cookies, target) if target and scope["method"] == "GET" else None  # type: ignore[typeddict-item]
    if target is None or number is None:
        # One answer for no right and for no board: whoever may not follow is not told that there is one.
        await send({"type": "http.response.start", "status": 404, "headers": [], "trailers": False})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS, "trailers": False})
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await _tell(send, f"retry: 2000\nevent: moved\ndata: {number}\n\n")
        quiet = 0.0
        while not gone.done():
            await asyncio.wait([gone], timeout=PAUSE_SECONDS)
            # Asked anew each time: a stream that reads its right once goes on after it was taken away.
            newest = await _newest(cookies, target)
            if newest is None:
                break
            quiet += PAUSE_SECONDS
            if newest != number:
                number, quiet = newest, 0.0
                await _tell(send, f"event: moved\ndata: {number}\n\n")
            elif quiet >= BEAT_SECONDS:
                quiet = 0.0
                await _tell(send, ": still here\n\n")
        if not gone.done():
            # Said aloud: a browser opens a stream that merely breaks off again and again.
            await send({"type": "http.response.body", "body": b"event: over\ndata: \n\n", "more_body": False})
    finally:
        gone.cancel()


async def _newest(cookies: dict[str, str], target: UUID) -> int | None:
    return await asyncio.get_running_loop().run_in_executor(_threads, _asked, cookies, target)


def _asked(cookies: dict[str, str], target: UUID) -> int | None:
    return LOOK.only(cookies, target) if LOOK else None


async def _tell(send: ASGISendCallable, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _until_gone(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _target(path: str) -> UUID | None:
    try:
        return UUID(path.removeprefix("/live/").removesuffix("/"))
    except ValueError:
        return None


def _cookies(scope: Any) -> dict[str, str]:
    # HTTP/2 lets a browser send its cookies in several lines, and proxies pass them on so.
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie("; ".join(lines))
