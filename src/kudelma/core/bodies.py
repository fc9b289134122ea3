"""The body of a request, whole or not at all: before a page begins to read it.

Pages run in a few threads. Without this a slow sender would hold a thread, a sender that disappears in the
middle would leave half a sentence looking like a whole one, and a huge one would reach the disk.
"""

import asyncio
from typing import Any

TOO_LATE_SECONDS = 120
TOO_MUCH = 8 * 1024 * 1024
"""Bytes. The settings hold pages to the same bound."""
ALL_TOGETHER = 64 * 1024 * 1024
"""Bytes that one server process keeps of bodies that are still on their way."""

_held = 0


def whole_bodies(application: Any) -> Any:
    """Wrap an ASGI application, so that it is called only once the whole body is there.

    What is larger than TOO_MUCH is received and thrown away, and the application sees its true length
    with no content: it answers that it was too large.
    """

    async def received(scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await asyncio.wait_for(_whole(receive), TOO_LATE_SECONDS)
        except TimeoutError:
            body = None
        if body is None:
            return
        length, content = body
        if length > TOO_MUCH:
            scope = {**scope, "headers": _as_too_large(scope["headers"], length)}
        await application(scope, _replayed(content, receive), send)

    return received


async def _whole(receive: Any) -> tuple[int, bytes] | None:
    """Length and content (empty when it is too much); None when the sender went away before the end."""
    global _held
    length, parts, is_kept = 0, bytearray(), True
    try:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            length += len(part)
            if is_kept and length <= TOO_MUCH and _held + len(part) <= ALL_TOGETHER:
                parts += part
                _held += len(part)
            else:
                # Let go at once: many large ones at the same moment are what the bound is for.
                is_kept = False
                _held -= len(parts)
                parts.clear()
            if not message.get("more_body", False):
                # Too much also when only all together were: no page may take an empty body for what somebody sent.
                return (length if is_kept else max(length, TOO_MUCH + 1)), bytes(parts)
    finally:
        # Also when the sender is given up in the middle: otherwise each slow one would leave less room, for good.
        _held -= len(parts)


def _replayed(content: bytes, receive: Any) -> Any:
    waiting = [{"type": "http.request", "body": content, "more_body": False}]

    async def replay() -> Any:
        return waiting.pop() if waiting else await receive()

    return replay


def _as_too_large(headers: Any, length: int) -> list[tuple[bytes, bytes]]:
    kept = [header for header in headers if header[0] not in {b"content-length", b"content-type", b"transfer-encoding"}]
    # As one plain form: of whatever kind it was, an empty one of that length is refused, and not taken apart first.
    return [*kept, (b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", str(length).encode())]
