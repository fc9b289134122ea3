"""The demo on a server of its own: everybody in it has a button, and its letterbox can be read."""

import email
import email.policy
import re
import time
from pathlib import Path

from playwright.sync_api import Page
from tests.patience import PATIENCE_SECONDS

from journeys.server import Server

FAMILY = ("mother", "father", "child", "grandmother")


def sit(page: Page, base: str, seat: str) -> None:
    """Press the button of `seat`; «nobody» presses none."""
    page.goto(f"{base}/demo/")
    if seat != "nobody":
        with page.expect_navigation():
            page.locator(f'button[value="{seat}"]').click()


def link_to(one: Server, address: str) -> str:
    """The link in the newest letter to that address that holds one, waited for. Each letter is taken out when read."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        for file in sorted((one.home / "data" / "letterbox").glob("*.eml"), reverse=True):
            found = _link(file, address)
            if found:
                file.unlink()
                return found
        time.sleep(0.05)
    raise AssertionError(f"no link to {address} in {PATIENCE_SECONDS} s")


def _link(file: Path, address: str) -> str:
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    text = letter.get_body(preferencelist=("plain",))
    found = re.search(r"https?://\S+", text.get_content() if text else "")
    return found.group() if found and address in str(letter["To"]) else ""
