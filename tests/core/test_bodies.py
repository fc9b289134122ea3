"""A page is asked only once a whole body is there, and never gets one that is too much."""

import asyncio

import pytest

from kudelma.core import bodies

HEADERS = [(b"content-type", b"multipart/form-data; boundary=b"), (b"content-length", b"7")]


def sent(*messages):
    """What the application inside got: None when it was never asked, else its headers and its body."""
    got = []
    waiting = list(messages)

    async def receive():
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def application(scope, receive, send):
        got.append((dict(scope["headers"]), (await receive())["body"]))

    asyncio.run(bodies.whole_bodies(application)({"type": "http", "headers": HEADERS}, receive, None))
    return got[0] if got else None


def part(body, more):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_parts_arrives_whole():
    assert sent(part(b"a=1", True), part(b"&b=2", False)) == (dict(HEADERS), b"a=1&b=2")


def test_a_sender_that_goes_away_in_the_middle_changes_nothing():
    assert sent(part(b"text=EN+tahdo", True), {"type": "http.disconnect"}) is None


def test_a_sender_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "TOO_LATE_SECONDS", 0.01)

    assert sent(part(b"a=", True)) is None


@pytest.mark.parametrize(("extra", "is_kept"), [(0, True), (1, False)])
def test_what_is_too_much_is_thrown_away_and_its_length_told(extra, is_kept):
    length = bodies.TOO_MUCH + extra

    headers, body = sent(part(b"x" * (length - 1), True), part(b"x", False))

    assert len(body) == (length if is_kept else 0)
    assert (headers == dict(HEADERS)) == is_kept
    if not is_kept:
        assert headers[b"content-length"] == str(length).encode()
        assert headers[b"content-type"] == b"application/x-www-form-urlencoded"
