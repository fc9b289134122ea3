"""Open streams against the real server: a line reaches the other reader, and whoever loses the right loses the stream.

Two consultants whose meeting is going on have signed in; how they do that is for other journeys. Nothing here needs a
browser.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import requests
from tests.patience import PATIENCE_SECONDS

from journeys.server import Server
from kudelma.demo.people import demo_id

pytestmark = pytest.mark.browser

MOST_SECONDS = 2
SIT = """
import factories
from kudelma.people.models import Seat
sitting = factories.sit(Seat.objects.select_related("account", "region").get(pk=seat))
answer = {name: one.value for name, one in sitting.cookies.items()}
"""
PLAIN = re.compile(r"|retry: \d+|event: (moved|over)|data: \d*|: still here")
"""All that a stream may say."""

MEETING, OTHER_MEETING = demo_id("meeting:jenna"), demo_id("meeting:miro")


class Device:
    """Somebody's device: its cookies, and what it sends."""

    def __init__(self, one: Server) -> None:
        self.one, self.session = one, requests.Session()
        self.session.headers["Connection"] = "close"  # nothing is left open when a test ends

    def get(self, path: str) -> str:
        answer = self.session.get(self.one.url + path, timeout=PATIENCE_SECONDS)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        return answer.text

    def post(self, path: str, form: str, **values: str) -> requests.Response:
        """Send `values` to `path`, with the token of the page `form`."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(form))
        assert token is not None
        sent = {"csrfmiddlewaretoken": token.group(1), **values}
        answer = self.session.post(self.one.url + path, sent, timeout=PATIENCE_SECONDS)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        return answer

    def press(self, seat: str) -> "Device":
        self.post("/demo/sign-in/", "/demo/", seat=seat)
        return self

    def stream_of(self, meeting: Any) -> str:
        """The address of the stream of that meeting's board."""
        return re.search(r'data-stream="([^"]+)"', self.get(f"/meetings/{meeting}/board/")).group(1)  # type: ignore[union-attr]

    @contextmanager
    def following(self, stream: str) -> Iterator["Stream"]:
        with self.session.get(self.one.url + stream, stream=True, timeout=PATIENCE_SECONDS) as answer:
            assert answer.status_code == 200
            yield Stream(answer)

    def say(self, text: str) -> None:
        """Give the first voice its turn, and write what it says."""
        board = f"/meetings/{MEETING}/board/"
        cell = re.search(r'name="turn"\s+value="([^"]+)"', self.get(board)).group(1)  # type: ignore[union-attr]
        self.post(f"/meetings/{MEETING}/turn/", board, turn=cell, idempotency_key=str(uuid4()))
        said = self.post(f"/meetings/{MEETING}/lines/", board, cell=cell, text=text, idempotency_key=str(uuid4()))
        assert text in said.text


class Stream:
    """What arrives on an open stream."""

    def __init__(self, answer: requests.Response) -> None:
        self.lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        self.heard: list[str] = []

    def next(self) -> tuple[str, str]:
        """The next event and its data, waited for. («», «») when the server has closed the stream."""
        event = ""
        for line in self.lines:
            self.heard.append(line)
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data:"):
                return event, line.removeprefix("data:").strip()
        return "", ""

    def number(self) -> int:
        event, number = self.next()
        assert event == "moved"
        return int(number)

    def numbers_after(self, number: int) -> int:
        """Read until a number greater than this one has come."""
        while (newest := self.number()) <= number:
            pass
        return newest

    def ends(self) -> bool:
        while (event := self.next()[0]) == "moved":
            pass
        return (event, self.next()) == ("over", ("", ""))


class Consultant:
    """Somebody who has signed in at as many devices as are asked for."""

    def __init__(self, one: Server, name: str) -> None:
        self.one = one
        self.seat = demo_id(f"seat:{name.lower().replace(' ', '-')}-consultant")

    def device(self) -> Device:
        device = Device(self.one)
        device.session.cookies.update(self.one.backstage.run(SIT, seat=str(self.seat)))
        return device


@pytest.fixture(scope="module")
def leena(demo):
    return Consultant(demo, "Leena Ruokolampi")


@pytest.fixture(scope="module")
def jenni(demo):
    return Consultant(demo, "Jenni Lampela")


@pytest.fixture(scope="module")
def stream(leena):
    """The address of the stream of the meeting that is going on."""
    return leena.device().stream_of(MEETING)


def test_a_line_written_by_one_reaches_the_other(leena, jenni, stream):
    leads, writes = leena.device(), jenni.device()
    with leads.following(stream) as followed:
        before = followed.number()
        writes.say("Aamut ovat parempia kuin ennen.")
        after = followed.numbers_after(before)

        assert after > before
        assert "Aamut ovat parempia kuin ennen." in leads.get(f"/meetings/{MEETING}/board/")


def test_a_stream_tells_that_something_moved_and_never_what(leena, jenni, stream):
    leads, writes = leena.device(), jenni.device()
    with leads.following(stream) as followed:
        before = followed.number()
        writes.say("Tätä ei lueta virrasta.")
        followed.numbers_after(before + 1)

    assert [line for line in followed.heard if not PLAIN.fullmatch(line)] == []
    assert f"data: {before}" in followed.heard


def test_signing_out_ends_the_stream_of_that_device_and_no_other(leena, stream):
    first, second = leena.device(), leena.device()
    with first.following(stream) as ending, second.following(stream) as going_on:
        before = max(ending.number(), going_on.number())
        first.post("/sign-out/", "/today/")
        lost = time.monotonic()

        assert ending.ends()
        assert time.monotonic() - lost < MOST_SECONDS
        second.say("Tämä laite seuraa vielä.")
        assert going_on.numbers_after(before) > before


def test_ending_a_seat_ends_its_stream(demo, leena, stream):
    mika = Consultant(demo, "Mika Partala")
    ended, watching = mika.device(), leena.device()
    administrator = Device(demo).press("administrator")
    with (
        ended.following(ended.stream_of(OTHER_MEETING)) as ending,
        watching.following(stream) as going_on,
    ):
        before = going_on.number()
        administrator.post(f"/region/seats/{mika.seat}/ending/", "/region/")
        lost = time.monotonic()

        assert ending.ends()
        assert time.monotonic() - lost < MOST_SECONDS
        watching.say("Muut seuraavat vielä.")
        assert going_on.numbers_after(before) > before


@pytest.fixture(scope="module")
def beside(demo):
    """Another server of the same installation: other processes, the same databases."""
    smtp_port = int(demo.settings["KUDELMA_SMTP_PORT"])
    one = Server(demo.home, demo.post, smtp_port, KUDELMA_DEMO="1", KUDELMA_BASE_URL=demo.url)
    one.start()
    yield one
    one.stop()


def test_what_one_server_takes_away_and_moves_the_streams_of_another_tell(beside, leena, jenni, stream):
    leaves, writes = leena.device(), jenni.device()
    with _follows_at(beside, leaves, stream) as ending, _follows_at(beside, writes, stream) as going_on:
        before = max(ending.number(), going_on.number())
        leaves.post("/sign-out/", "/today/")
        lost = time.monotonic()

        assert ending.ends()
        assert time.monotonic() - lost < MOST_SECONDS
        writes.say("Toinen palvelin kertoo.")
        assert going_on.numbers_after(before) > before


@contextmanager
def _follows_at(other: Server, device: Device, stream: str) -> Iterator[Stream]:
    with device.session.get(other.url + stream, stream=True, timeout=PATIENCE_SECONDS) as answer:
        assert answer.status_code == 200
        yield Stream(answer)


@pytest.mark.parametrize(
    "seat",
    ["nobody", "mother", "worker-invited", "coordinator", "consultant-lead", "administrator"],
)
def test_a_seat_that_may_not_follow_gets_no_stream(demo, stream, seat):
    device = Device(demo) if seat == "nobody" else Device(demo).press(seat)

    answer = device.session.get(demo.url + stream, stream=True, timeout=PATIENCE_SECONDS)

    assert (answer.status_code, answer.content) == (404, b"")
