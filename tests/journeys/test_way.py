"""The way walked once, in a real browser against the real server, and what is left of it afterwards.

From empty databases, with the demo off, as every person in it. In every run by keyboard alone on SQLite, with a mother
of another language, and without JavaScript on a narrow phone in Swedish on PostgreSQL; every other pair of hand and
database in `make prove PART=ways`.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from playwright.sync_api import Browser

from journeys.evidence import mailed, spoken, standing_in, stored
from journeys.hands import Hand, KeyboardHand
from journeys.installations import house, house_on_postgresql
from journeys.server import Server
from journeys.way import MONDAY, SPEAKERS, Way

pytestmark = pytest.mark.browser

House = Callable[..., AbstractContextManager[Server]]
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


@contextmanager
def walked(
    browser: Browser, house: House, hand: type[Hand], options: dict[str, Any], **languages: str
) -> Iterator[Way]:
    """A way walked to its end, every page closed, the server ended. It has two processes, as anybody's has."""
    with house(KUDELMA_PROCESSES="2") as one:
        way = Way(one, browser, hand, options, **languages)
        try:
            way.whole()
        finally:
            for space in way.spaces:
                space.close()
        one.stop()
        yield way


def read_the_evidence(way: Way, folder: Path) -> None:
    """Each mark is where it belongs and nowhere else."""
    marks = set(way.marks.values())
    assert len(marks) == len(way.marks) > 40
    assert standing_in(marks, stored(way.server)) == set()
    assert standing_in(marks, mailed(way.server)) == set()
    assert standing_in(marks, way.server.log.read_bytes()) == set()
    assert standing_in(["aiti@example.org"], mailed(way.server)) == {"aiti@example.org"}
    read_the_paper(way, folder)
    read_the_entries(way)
    assert [person.hand.complaints for person in way.people.values() if person.hand.complaints] == []
    assert way.mother.complaints == way.child.complaints == []


def read_the_paper(way: Way, folder: Path) -> None:
    """Each mark of a row stands under its speaker, as a paragraph in the speaker's language, and under nobody else."""
    said = spoken(way.pdf, folder)
    languages = dict.fromkeys(SPEAKERS, way.language) | {"mother": way.mothers_language}
    for speaker in SPEAKERS:
        name = way.marks[f"{speaker} name"]
        for part in ("what", "with_whom", "by_when"):
            mark = way.marks[f"{speaker} {part}"]
            found = [(one.under.split(",")[0], one.tag, one.language) for one in said if mark in one.text]
            assert found == [(name, "P", languages[speaker])]
    headings = [one.tag for one in said if one.text.startswith(tuple(way.marks[f"{who} name"] for who in SPEAKERS))]
    assert headings == ["H2"] * len(SPEAKERS)


def read_the_entries(way: Way) -> None:
    """One event for each invited worker, at the agreed hour, telling nothing."""
    entries = {
        str(mail["To"]): vobject.readOne(part.get_content())
        for mail in way.server.post.mails
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    }
    assert set(entries) == {way.people[who].address for who in ("invited", "lead", "writer", "worker")}
    starts = (MONDAY + timedelta(days=8)).replace(hour=14).astimezone(UTC)
    for address, entry in entries.items():
        event = entry.vevent
        assert [one.value for one in event.attendee_list] == [f"mailto:{address}"]
        assert event.dtstart.value.astimezone(UTC) == starts
        assert event.dtend.value.astimezone(UTC) == starts + timedelta(minutes=150)
        assert event.summary.value in {"Tapaaminen", "Möte"}
        assert "description" not in event.contents


def by_pointer(browser: Browser, house: House, folder: Path) -> None:
    with walked(browser, house, Hand, LAPTOP, mothers_language="en") as way:
        read_the_evidence(way, folder)


def by_keyboard(browser: Browser, house: House, folder: Path) -> None:
    with walked(browser, house, KeyboardHand, LAPTOP, mothers_language="en") as way:
        read_the_evidence(way, folder)


def on_a_phone(browser: Browser, house: House, folder: Path) -> None:
    with walked(browser, house, Hand, PHONE, language="sv", mothers_language="sv") as way:
        read_the_evidence(way, folder)


@pytest.mark.long
def test_the_way_by_keyboard_alone(browser, tmp_path):
    by_keyboard(browser, house, tmp_path)


@pytest.mark.long
def test_the_way_without_javascript_on_a_narrow_phone_in_swedish_on_postgresql(browser, tmp_path):
    on_a_phone(browser, house_on_postgresql, tmp_path)


@pytest.mark.prove(part="ways")
def test_the_way_without_javascript_on_a_narrow_phone_in_swedish(browser, tmp_path):
    on_a_phone(browser, house, tmp_path)


@pytest.mark.prove(part="ways")
def test_the_way_by_keyboard_alone_on_postgresql(browser, tmp_path):
    by_keyboard(browser, house_on_postgresql, tmp_path)


@pytest.mark.prove(part="ways")
def test_the_way_by_pointer(browser, tmp_path):
    by_pointer(browser, house, tmp_path)


@pytest.mark.prove(part="ways")
def test_the_way_by_pointer_on_postgresql(browser, tmp_path):
    by_pointer(browser, house_on_postgresql, tmp_path)
