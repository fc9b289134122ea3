"""A Chromium that opens a personal link and clicks everything it finds: it learns nothing and uses nothing up.

Mail scanners do so before the reader does.
"""

import sqlite3
from collections import Counter
from urllib.parse import urlsplit

import pytest

from journeys.demo import link_to, sit
from journeys.hands import Hand, context
from journeys.server import Server
from kudelma.demo.people import demo_id

pytestmark = pytest.mark.browser

LASSE = demo_id("member:saana:lasse")
ADDRESS = "lasse.saana@esimerkki.invalid"
# A number to call leads out of the browser.
FOLLOWED = "a[href]:not([href^='#'], [href^='tel:'])"
CLICKABLE = f":is(main, footer) :is({FOLLOWED}, button, input[type=submit], [role=button])"
CHOICES = "main :is(input[type=radio], input[type=checkbox])"
MOST_ROUNDS = 60
MAY_CHANGE = {
    "people_code": "codes sent, three at most",
    "people_message": "the letters with those codes",
    "django_tasks_database_dbtaskresult": "the jobs that sent them",
    "django_session": "who has opened a link, knowing nothing yet",
    "trust_entry": "the record of all this",
    "live_generation": "that its own sessions ended, by closing the page",
    "kudelma_cache": "counts of tries",
}
WORDS = ["Lasse", "Saana", "Riikka", "esimerkki.invalid", "äiti", "kouluun", "Pajukoulu"]


def stored(one: Server) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the content database, by table."""
    with sqlite3.connect(f"file:{one.home / 'data' / 'content.sqlite3'}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in tables if not name.startswith("sqlite_")]
        return {table: sorted(database.execute(f'SELECT * FROM "{table}"'), key=repr) for table in tables}  # noqa: S608


class Robot:
    """Goes back to the link again and again, and each time clicks the next thing that it has not clicked there."""

    def __init__(self, hand: Hand, link: str) -> None:
        self.hand, self.link = hand, link
        self.clicked: Counter[tuple[str, int, str]] = Counter()
        self.bodies: list[str] = []
        hand.page.on("response", self._keep)

    def _keep(self, answer: object) -> None:
        kind = answer.headers.get("content-type", "")  # type: ignore[attr-defined]
        if "text/html" in kind and answer.status not in {301, 302, 303}:  # type: ignore[attr-defined]
            self.bodies.append(answer.text())  # type: ignore[attr-defined]

    def click_everything(self) -> None:
        """Round after round from the link, until a round finds nothing new."""
        for _ in range(MOST_ROUNDS):
            before = len(self.clicked)
            self.hand.go(self.link)
            while (found := self._next()) is not None:
                self.clicked[found] += 1
                self.hand.page.locator(CHOICES).evaluate_all("all => all.forEach(one => one.click())")
                with self.hand.page.expect_navigation():
                    self.hand.page.locator(CLICKABLE).nth(found[1]).evaluate("one => one.click()")
            if len(self.clicked) == before:
                return
        raise AssertionError(f"there is always something new: {list(self.clicked)[-5:]}")

    def _next(self) -> tuple[str, int, str] | None:
        """Something on this page that was not clicked here before. The front door is other people's page."""
        here = urlsplit(self.hand.page.url).path
        words = self.hand.page.locator(CLICKABLE).all_inner_texts() if here != "/" else []
        places = [(here, number, text.strip()) for number, text in enumerate(words)]
        return next((place for place in places if not self.clicked[place]), None)


def test_a_browser_that_clicks_everything_learns_nothing_and_uses_nothing_up(demo, browser):
    coordinator = Hand(context(browser).new_page(), demo.url)
    sit(coordinator.page, demo.url, "coordinator")
    people = f"/matters/{demo_id('matter:saana')}/people/"
    coordinator.go(people)
    coordinator.press(f'form[action="/people/{LASSE}/link/"] button')
    link = link_to(demo, ADDRESS)
    before = stored(demo)
    robot = Robot(Hand(context(browser).new_page(), demo.url), link)

    robot.click_everything()

    after = stored(demo)
    assert len(robot.clicked) > 12
    assert [word for word in WORDS if any(word in body for body in robot.bodies)] == []
    assert {table for table in after if after[table] != before[table]} <= set(MAY_CHANGE)
    assert 1 <= len(after["people_code"]) - len(before["people_code"]) <= 3
    person = Hand(context(browser).new_page(), demo.url)
    person.go(link)
    person.press('form[action="/i/"] button')
    coordinator.go(people)
    coordinator.press(f'form[action="/people/{LASSE}/code/"] button')
    person.go("/own/code/")
    person.fill("code", coordinator.page.locator(".big-code").inner_text())
    person.submit()
    assert "Lasse" in person.text
