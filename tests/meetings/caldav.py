"""A real calendar server, and how a calendar program stores an entry there and reads it again."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import requests
from icalendar import Calendar
from tests.patience import PATIENCE_SECONDS, until_it_answers
from tests.postgres import free_port

SARI = ("sari", "any password")


@contextmanager
def calendar_server(folder: Path) -> Iterator[str]:
    """A CalDAV server of this test's own, on a free port of this machine. Gives the address of Sari's calendars."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
         "--storage-filesystem-folder", str(folder), "--logging-level", "error", "--config", ""],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/sari/"
    try:
        until_it_answers(f"http://127.0.0.1:{port}/.web/")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def new_calendar(address: str) -> str:
    """An empty calendar among those at `address`. Gives its own address."""
    calendar = f"{address}{uuid4()}/"
    created = requests.request("MKCALENDAR", calendar, auth=SARI, timeout=PATIENCE_SECONDS)
    assert created.status_code == 201
    return calendar


def put(address: str, made: bytes) -> tuple[int, str]:
    """Store an entry as a calendar program does: under its id, without the method (RFC 4791, section 4.1)."""
    calendar = Calendar.from_ical(made)
    del calendar["METHOD"]
    name = str(calendar.walk("VEVENT")[0]["UID"]).split("@")[0]
    entry, kind = f"{address}{name}.ics", {"Content-Type": "text/calendar"}
    answer = requests.put(entry, calendar.to_ical(), headers=kind, auth=SARI, timeout=PATIENCE_SECONDS)
    return answer.status_code, entry


def get(entry: str) -> str:
    return requests.get(entry, auth=SARI, timeout=PATIENCE_SECONDS).text
