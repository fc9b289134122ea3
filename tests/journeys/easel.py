"""Draws in the browser what was read before, at its own address: the server is asked for styles and scripts only.

An easel keeps one window, so that those files are fetched once. A page that would go elsewhere by itself stays, and its
stream is open and has nothing to tell.
"""

import base64
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize
from tests import counts

from journeys.hands import context
from journeys.reader import Sheet

ASKED_HERE = [{"resourceType": "Document"}, {"urlPattern": "*/live/*"}]
QUIET_STREAM = (200, {"Content-Type": "text/event-stream"}, b"retry: 3600000\n\n")
STAYS = (204, dict[str, str](), b"")


class Easel:
    """prepare: what is done with the page before anything is drawn on it."""

    def __init__(
        self, browser: Browser, size: ViewportSize, prepare: Callable[[Page], None] = lambda page: None
    ) -> None:
        self._space = context(browser, viewport=size)
        self._page: Page = self._space.new_page()
        self._sheet: Sheet | None = None
        prepare(self._page)
        # Not `page.route`: with it, nothing is kept in the browser's cache.
        self._wire = self._space.new_cdp_session(self._page)
        self._wire.on("Fetch.requestPaused", self._answer)
        self._wire.send("Fetch.enable", {"patterns": ASKED_HERE})

    def draw(self, sheet: Sheet) -> Page:
        """The page, drawn, with its typefaces."""
        counts.add("pages drawn")
        self._sheet = sheet
        self._page.goto(sheet.url)
        self._page.evaluate("document.fonts.ready.then(() => null)")
        return self._page

    def _answer(self, paused: dict[str, Any]) -> None:
        status, headers, body = self._answer_to(paused["request"]["url"])
        self._wire.send(
            "Fetch.fulfillRequest",
            {
                "requestId": paused["requestId"],
                "responseCode": status,
                "responseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
                "body": base64.b64encode(body).decode(),
            },
        )

    def _answer_to(self, url: str) -> tuple[int, dict[str, str], bytes]:
        if "/live/" in url:
            return QUIET_STREAM
        sheet = self._sheet
        return (sheet.status, sheet.headers, sheet.body) if sheet and url == sheet.url.split("#")[0] else STAYS

    def close(self) -> None:
        self._space.close()
