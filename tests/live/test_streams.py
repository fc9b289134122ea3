"""Event streams: they tell that something moved and never what, and end when the right to read ends."""

import asyncio
from uuid import uuid4

import pytest

from kudelma.live import streams

BOARD = uuid4()
SOON_SECONDS = 2
"""How soon a stream ends when the right ends."""


@pytest.fixture
def followed(monkeypatch):
    """followed(*numbers): what asking for the newest number answers, one after the other; the last one for good."""
    monkeypatch.setattr(streams, "PAUSE_SECONDS", 0.005)
    asked = []

    def use(*numbers):
        left = list(numbers)

        def look(cookies, target):
            asked.append((cookies, target))
            return left.pop(0) if len(left) > 1 else left[0]

        monkeypatch.setattr(streams.LOOK, "_pieces", [look])
        return asked

    return use


def read(*, path=f"/live/{BOARD}/", method="GET", headers=(), until=None):
    """Everything that a reader gets: (status, headers, texts). The reader leaves when `until` has come."""
    sent = []

    async def play():
        gone = asyncio.Event()

        async def receive():
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)
            if until is not None and until in message.get("body", b"").decode():
                gone.set()

        scope = {"type": "http", "path": path, "method": method, "headers": list(headers)}
        await asyncio.wait_for(streams.streams(scope, receive, send), timeout=20)

    asyncio.run(play())
    start, *bodies = sent
    return start["status"], dict(start.get("headers", [])), [one["body"].decode() for one in bodies]


def test_a_reader_is_told_the_newest_number_and_each_later_one(followed):
    followed(3, 3, 4, 4, 7)

    status, headers, texts = read(until="data: 7")

    assert status == 200
    assert headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert headers[b"cache-control"] == b"no-store, private"
    assert texts == [
        "retry: 2000\nevent: moved\ndata: 3\n\n",
        "event: moved\ndata: 4\n\n",
        "event: moved\ndata: 7\n\n",
    ]


def test_the_right_is_asked_each_time_with_the_cookies_of_the_reader(followed):
    asked = followed(1, 1, 2)

    read(headers=[(b"cookie", b"kudelma=abc; kudelma-seen=x:y=z")], until="data: 2")

    assert len(asked) >= 3
    assert {target for _, target in asked} == {BOARD}
    assert [cookies for cookies, _ in asked] == [{"kudelma": "abc", "kudelma-seen": "x:y=z"}] * len(asked)


def test_a_reader_who_loses_the_right_is_told_that_it_is_over_and_nothing_more(followed):
    followed(1, 1, None)

    _, _, texts = read()

    assert texts == ["retry: 2000\nevent: moved\ndata: 1\n\n", "event: over\ndata: \n\n"]


def test_the_right_is_asked_several_times_while_a_stream_may_outlive_it():
    assert 0 < streams.PAUSE_SECONDS <= SOON_SECONDS / 4


def test_a_quiet_stream_gives_a_sign_of_life(followed, monkeypatch):
    monkeypatch.setattr(streams, "BEAT_SECONDS", 0.01)
    followed(1)

    _, _, texts = read(until="still here")

    assert texts[-1] == ": still here\n\n"


@pytest.mark.parametrize(
    "wrong",
    [{"method": "POST"}, {"path": "/live/"}, {"path": "/live/x/"}, {"path": f"/live/{BOARD}/more/"}],
    ids=["sent to", "no target", "no such target", "below a target"],
)
def test_what_is_no_stream_is_not_found(followed, wrong):
    asked = followed(1)

    assert read(**wrong) == (404, {}, [""])
    assert asked == []


def test_without_a_right_there_is_no_stream(followed):
    followed(None)

    assert read() == (404, {}, [""])


def test_before_a_room_has_said_who_may_follow_nobody_may(monkeypatch):
    monkeypatch.setattr(streams.LOOK, "_pieces", [])

    assert read() == (404, {}, [""])


def test_the_address_of_a_stream_is_no_page(client, db):
    assert client.get(f"/live/{BOARD}/", secure=True).status_code == 404
