"""A real calendar server, and how a calendar program stores an entry there and reads it again."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests
from icalendar import Calendar
from tests.postgres import free_port

SARI = ("sari", "any password")


@contextmanager
def calendar_server(folder: Path) -> Iterator[str]:
    """A CalDAV server of this test's own, on a free port of this machine. Gives the address of a calendar."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
         "--storage-filesystem-folder", str(folder), "--logging-level", "error", "--config", ""],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/sari/"
    try:
        _wait_for(f"http://127.0.0.1:{port}/.web/")
        assert requests.request("MKCALENDAR", f"{address}calendar/", auth=SARI, timeout=10).status_code == 201
        yield f"{address}calendar/"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(address: str) -> None:
    for _ in range(100):
        with suppress(requests.ConnectionError):
            requests.get(address, timeout=5)
            return
        time.sleep(0.1)
    raise AssertionError("the calendar server did not start")


def put(address: str, made: bytes) -> tuple[int, str]:
    """Store an entry as a calendar program does: under its id, without the method (RFC 4791, section 4.1)."""
    calendar = Calendar.from_ical(made)
    del calendar["METHOD"]
    name = str(calendar.walk("VEVENT")[0]["UID"]).split("@")[0]
    answer = requests.put(
        f"{address}{name}.ics", calendar.to_ical(), headers={"Content-Type": "text/calendar"}, auth=SARI, timeout=10
    )
    return answer.status_code, f"{address}{name}.ics"


def get(entry: str) -> str:
    return requests.get(entry, auth=SARI, timeout=10).text
