"""Event streams: they tell that something moved and never what, and end when the right to read ends."""

import asyncio
import itertools
import math
import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine

from kudelma import core
from kudelma.live import poller, streams
from kudelma.live.following import Followed, Seen, Unknown

BOARD, SEAT, ANOTHER = uuid4(), uuid4(), uuid4()
LATE = datetime.max.replace(tzinfo=UTC)
FOLLOWED = Followed(frozenset({SEAT}), LATE)
SOON_SECONDS = 2
"""How soon a stream ends when the right ends."""
SLOW_SECONDS = 10
"""How long a sign of life may be on its way."""
PROXY_SECONDS = 60
"""For how long nginx waits for anything, unless it is told otherwise."""


class World:
    """What the poller sees. steps: what happens before each look, one after the other."""

    def __init__(self):
        self.number, self.answer, self.generations, self.is_away = 3, FOLLOWED, {}, False
        self.steps, self.asked, self.looks, self.refused = [], [], 0, set()

    def look(self, asked, targets, newest):
        self.looks += 1
        if self.steps:
            self.steps.pop(0)()
        self.asked.append([cookies for cookies, _ in asked])
        if self.is_away:
            return Seen([Unknown() for _ in asked], None, None)
        answers = [None if cookies.get("kudelma") in self.refused else self.answer for cookies, _ in asked]
        return Seen(answers, dict.fromkeys(targets, self.number), dict(self.generations))

    def then(self, *changes):
        """Each of them is what is new at one look."""
        self.steps += [lambda change=change: vars(self).update(change) for change in changes]
        return self


@pytest.fixture
def world(monkeypatch):
    made = World()
    monkeypatch.setattr(poller, "look", made.look)
    monkeypatch.setattr(poller, "PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(streams, "poller", poller.Poller())
    return made


def scope(path=f"/live/{BOARD}/", method="GET", headers=()):
    return {"type": "http", "path": path, "method": method, "headers": list(headers)}


class Device:
    """A reader's end of the connection."""

    def __init__(self, until=None, **asked):
        self.scope, self.until, self.sent, self.left = scope(**asked), until, [], asyncio.Event()

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        if self.until is not None and self.until in message.get("body", b"").decode():
            self.left.set()

    async def follow(self):
        await asyncio.wait_for(streams.streams(self.scope, self.receive, self.send), timeout=20)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])

    @property
    def texts(self):
        """What has arrived, without when to come again."""
        bodies = [message["body"].decode() for message in self.sent[1:]]
        return [body.partition("\n")[2] if body.startswith("retry: ") else body for body in bodies]


def read(**asked):
    """Follow until the stream ends, or the device leaves when `until` has come."""

    async def play():
        device = Device(**asked)
        await device.follow()
        return device

    return asyncio.run(play())


def test_a_reader_is_told_the_newest_number_and_each_later_one(world):
    world.then({}, {"number": 4}, {}, {"number": 7})

    device = read(until="data: 7")

    assert device.status == 200
    assert device.texts == [f"event: moved\ndata: {number}\n\n" for number in (3, 4, 7)]


def test_a_stream_is_neither_kept_nor_packed_nor_held_back_on_its_way(world):
    assert read(until="data: 3").headers == {
        b"content-type": b"text/event-stream; charset=utf-8",
        b"cache-control": b"no-store, private, no-transform",
        b"content-encoding": b"identity",
        b"x-accel-buffering": b"no",
        b"x-content-type-options": b"nosniff",
    }


def test_readers_come_again_at_a_moment_of_their_own(world):
    first = [read(until="data: 3").sent[1]["body"].decode() for _ in range(8)]
    moments = {int(text.partition("\n")[0].removeprefix("retry: ")) for text in first}

    assert len(moments) > 1
    assert all(1_000 <= moment <= 10_000 for moment in moments)


def test_a_reader_is_asked_once_and_not_at_every_look(world):
    world.then(*[{}] * 9, {"number": 4})

    read(headers=[(b"cookie", b"kudelma=abc; kudelma-seen=x:y=z")], until="data: 4")

    assert world.looks == 10
    assert [cookies for asked in world.asked for cookies in asked] == [{"kudelma": "abc", "kudelma-seen": "x:y=z"}]


def test_a_reader_whose_right_was_taken_away_is_told_that_it_is_over_and_nothing_more(world):
    world.then({}, {"generations": {1: SEAT}, "answer": None})

    assert read().texts == ["event: moved\ndata: 3\n\n", "event: over\ndata: \n\n"]


def test_one_of_whom_nothing_was_taken_away_is_not_asked(world):
    world.then({}, {"generations": {1: ANOTHER}}, {}, {"number": 4})

    read(until="data: 4")

    assert sum(map(len, world.asked)) == 1


def test_one_who_still_may_reads_on_after_being_asked_anew(world):
    world.then({}, {"generations": {1: SEAT}}, {}, {"number": 4})

    assert read(until="data: 4").texts == ["event: moved\ndata: 3\n\n", "event: moved\ndata: 4\n\n"]
    assert sum(map(len, world.asked)) == 2


def test_a_generation_that_is_committed_late_is_met(world):
    """On PostgreSQL a lower number may be seen after a higher one."""
    world.then({"generations": {9: ANOTHER}}, {}, {"generations": {8: SEAT, 9: ANOTHER}, "answer": None})

    assert read().texts[-1] == "event: over\ndata: \n\n"


def test_what_was_taken_away_while_a_reader_was_asked_is_asked_again(world):
    """The look that answers sees the generation too: the answer may be older."""
    world.then({"generations": {1: SEAT}}, {"answer": None})

    assert read().texts[-1] == "event: over\ndata: \n\n"


def test_everybody_is_asked_again_spread_over_the_time(world, monkeypatch):
    monkeypatch.setattr(poller, "ASK_SECONDS", 0.2)
    readers = [poller.Reader({"kudelma": str(number)}, BOARD) for number in range(40)]
    for reader in readers:
        reader.answer(FOLLOWED, 100.0)
    moments = sorted(reader.ask_at for reader in readers)

    assert 100.0 <= moments[0] < moments[19] < moments[-1] <= 100.2
    assert moments[-1] - moments[0] > 0.1
    moment = readers[0].ask_at
    readers[0].answer(FOLLOWED, moment + 0.01)
    assert readers[0].ask_at == pytest.approx(moment + 0.2)


def test_those_who_ask_the_same_are_asked_anew_at_the_same_moment():
    first, second = (poller.Reader({"kudelma": "a"}, BOARD) for _ in range(2))
    first.answer(FOLLOWED, 100.0)
    second.answer(FOLLOWED, first.ask_at - 0.01)
    assert second.ask_at == pytest.approx(first.ask_at)


def test_one_whose_right_has_ended_while_being_asked_is_neither_asked_nor_woken_again():
    reader = poller.Reader({}, BOARD)
    reader.answer(FOLLOWED, 100.0)
    assert reader.ask_at <= 100.0 + poller.ASK_SECONDS
    reader.end(poller.AGAIN)
    reader.answer(FOLLOWED, 101.0)

    assert (reader.ended, reader.ask_at, reader.beat_at) == (poller.AGAIN, math.inf, math.inf)


def test_whoever_lost_a_right_that_nobody_told_of_is_found_when_everybody_is_asked(world, monkeypatch):
    monkeypatch.setattr(poller, "ASK_SECONDS", 0.01)
    world.then({}, {"answer": None})

    assert read().texts[-1] == "event: over\ndata: \n\n"


def test_a_right_that_ends_by_itself_ends_the_stream_without_asking(world):
    """Not «over»: whoever has done something meanwhile comes again with newer cookies."""
    until = datetime.now(UTC) + timedelta(minutes=30)
    world.answer = Followed(frozenset({SEAT}), until)
    clock = time_machine.travel(until, tick=False)
    world.steps = [lambda: None, lambda: None, clock.start]
    try:
        device = read()
    finally:
        clock.stop()

    assert device.texts == ["event: moved\ndata: 3\n\n", ""]
    assert sum(map(len, world.asked)) == 1


def test_streams_live_through_a_moment_without_the_database(world, caplog):
    world.then({}, *[{"is_away": True, "generations": {1: SEAT}}] * 5, {"is_away": False, "number": 4})

    assert read(until="data: 4").texts[-1] == "event: moved\ndata: 4\n\n"
    assert caplog.text.count("the database does not answer") == 1


def test_a_right_is_not_believed_for_ever_while_the_database_is_away(world, monkeypatch):
    monkeypatch.setattr(poller, "ASK_SECONDS", 0.02)
    monkeypatch.setattr(poller, "AGAIN_SECONDS", 0.001)
    world.then({}, {"is_away": True})

    assert read().texts == ["event: moved\ndata: 3\n\n", ""]


def test_whoever_comes_while_the_database_is_away_is_told_to_come_again(world):
    world.is_away = True
    device = read()

    assert device.status == 503
    assert 1 <= int(device.headers[b"retry-after"]) <= 10


def test_a_look_that_breaks_ends_no_stream(world, caplog):
    def breaks():
        raise RuntimeError("broken")

    world.steps = [lambda: None, breaks]
    world.then({"number": 4})

    assert read(until="data: 4").texts[-1] == "event: moved\ndata: 4\n\n"
    assert "a look broke" in caplog.text


def test_the_numbers_are_read_several_times_while_a_stream_may_outlive_its_right():
    assert 0 < poller.PAUSE_SECONDS <= SOON_SECONDS / 4


def test_a_quiet_stream_gives_a_sign_of_life(world, monkeypatch):
    monkeypatch.setattr(poller, "BEAT_SECONDS", 0.01)

    assert read(until="still here").texts[-1] == ": still here\n\n"


def test_a_sign_of_life_comes_before_a_screen_or_a_proxy_takes_the_stream_for_broken():
    screen = (Path(core.__file__).parent / "static/core/js/stream.js").read_text()
    silent = int(re.search(r"SILENT_SECONDS = (\d+)", screen).group(1))
    assert poller.BEAT_SECONDS + SLOW_SECONDS <= silent < PROXY_SECONDS


@pytest.mark.parametrize(
    "wrong",
    [{"method": "POST"}, {"path": "/live/"}, {"path": "/live/x/"}, {"path": f"/live/{BOARD}/more/"}],
    ids=["sent to", "no target", "no such target", "below a target"],
)
def test_what_is_no_stream_is_not_found(world, wrong):
    device = read(**wrong)

    assert (device.status, device.headers, device.texts) == (404, {}, [""])
    assert world.looks == 0


def test_without_a_right_there_is_no_stream(world):
    world.answer = None
    device = read()

    assert (device.status, device.headers, device.texts) == (404, {}, [""])


def test_beyond_the_limit_one_is_told_to_come_again_before_anything_is_asked(world, monkeypatch):
    monkeypatch.setattr(streams, "MOST_STREAMS", 0)
    device = read()

    assert (device.status, world.looks) == (503, 0)
    assert 1 <= int(device.headers[b"retry-after"]) <= 10


def test_some_of_the_files_that_a_process_may_open_are_left_for_pages(monkeypatch):
    monkeypatch.setattr(streams.resource, "getrlimit", lambda what: (1024, 4096))

    assert streams.most_streams() == 768


def cookie(value):
    return [(b"cookie", b"kudelma=%d" % value)]


@asynccontextmanager
async def following(number):
    """So many devices with cookies of their own that follow, and are there until the end."""
    devices = [Device(headers=cookie(value)) for value in range(number)]
    tasks = [asyncio.ensure_future(device.follow()) for device in devices]
    try:
        while any(len(device.sent) < 2 for device in devices):
            await asyncio.sleep(0.001)
        yield devices
    finally:
        for device in devices:
            device.left.set()
        await asyncio.gather(*tasks)


def test_a_crowd_is_asked_in_parts(world):
    async def play():
        async with following(100) as devices:
            return [device.status for device in devices]

    assert asyncio.run(play()) == [200] * 100
    assert max(map(len, world.asked)) == poller.ASKED_AT_ONCE
    assert sum(map(len, world.asked)) == 100


def test_those_who_ask_the_same_are_asked_by_one_question_and_nobody_else_gets_its_answer(world):
    world.refused = {"1"}
    same = [Device(headers=cookie(1)) for _ in range(3)]
    other = Device(headers=cookie(2), until="data: 3")

    async def play():
        await asyncio.gather(*(device.follow() for device in [*same, other]))

    asyncio.run(play())
    assert sorted(cookies["kudelma"] for cookies in world.asked[0]) == ["1", "2"]
    assert ([device.status for device in same], other.status) == ([404] * 3, 200)


def test_many_streams_that_came_and_went_leave_nothing(world):
    async def play():
        async with following(1_000):
            during = len(asyncio.all_tasks())
        for _ in itertools.repeat(None, 1_000):
            if len(asyncio.all_tasks()) == 1:
                break
            await asyncio.sleep(0.01)
        looks = world.looks
        await asyncio.sleep(0.05)
        return during, len(asyncio.all_tasks()), len(streams.poller.readers), world.looks - looks

    during, tasks, readers, looks = asyncio.run(play())

    assert during > 2_000
    assert (tasks, readers, looks) == (1, 0, 0)


def test_one_who_reads_nothing_holds_up_nobody_and_is_left(world, monkeypatch):
    monkeypatch.setattr(streams, "SEND_SECONDS", 0.2)

    async def play():
        stuck, well = Device(), Device(until="data: 5")

        async def never(message):
            if message.get("body"):
                await asyncio.Event().wait()

        stuck.send = never
        stuck_task = asyncio.ensure_future(stuck.follow())
        world.then({}, {}, {"number": 4}, {"number": 5})
        await well.follow()
        is_stuck = not stuck_task.done()
        with pytest.raises(TimeoutError):
            await stuck_task
        return is_stuck, len(streams.poller.readers)

    assert asyncio.run(play()) == (True, 0)


def test_the_address_of_a_stream_is_no_page(client, db):
    assert client.get(f"/live/{BOARD}/", secure=True).status_code == 404
