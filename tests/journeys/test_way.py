"""The way walked once, in a real browser against the real server, and what is left of it afterwards."""

import pytest
from playwright.sync_api import sync_playwright

from journeys.hands import Hand, launch
from journeys.server import server
from journeys.way import Way

pytestmark = pytest.mark.browser


def test_the_way_by_pointer():
    with server() as one, sync_playwright() as playwright:
        browser = launch(playwright)
        way = Way(one, browser, Hand, {"viewport": {"width": 1280, "height": 800}})
        way.whole()
