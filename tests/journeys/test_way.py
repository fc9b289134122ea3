"""The way walked once, in a real browser against the real server, and what is left of it afterwards.

From empty databases, with the demo off, as every person in it: by pointer on SQLite and on PostgreSQL, without
JavaScript on a narrow phone in Swedish, and by keyboard alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from playwright.sync_api import sync_playwright
from tests.postgres import postgres

from journeys.evidence import mailed, spoken, standing_in, stored
from journeys.hands import Hand, KeyboardHand, launch
from journeys.server import server
from journeys.way import MONDAY, SPEAKERS, Way

pytestmark = pytest.mark.browser

LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


@contextmanager
def walked(hand: type[Hand], options: dict[str, Any], settings: dict[str, str], **languages: str) -> Iterator[Way]:
    """A way walked to its end, the server ended."""
    with server(**settings) as one, sync_playwright() as playwright:
        way = Way(one, launch(playwright), hand, options, **languages)
        way.whole()
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


def test_the_way_on_sqlite(tmp_path):
    with walked(Hand, LAPTOP, {}, mothers_language="en") as way:
        read_the_evidence(way, tmp_path)


def test_the_way_on_postgresql(tmp_path):
    with postgres() as settings, walked(Hand, LAPTOP, settings, mothers_language="en") as way:
        read_the_evidence(way, tmp_path)


def test_the_way_without_javascript_on_a_narrow_phone_in_swedish(tmp_path):
    with walked(Hand, PHONE, {}, language="sv", mothers_language="sv") as way:
        read_the_evidence(way, tmp_path)


def test_the_way_by_keyboard_alone(tmp_path):
    with walked(KeyboardHand, LAPTOP, {}) as way:
        read_the_evidence(way, tmp_path)
