"""What every step of the long way needs: marks, hands, codes out of messages, and how people sign in."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser

from journeys.hands import Hand, context
from journeys.server import Server

PASSWORD = "kolme harmaata kissaa puussa"
TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1)
    .map(one => one.outerHTML.slice(0, 90)).slice(0, 8)"""


@dataclass
class Person:
    """Somebody who signs in: their address, and what their app and browser know."""

    role: str
    address: str
    name: str
    secret: str = ""
    hand: Any = None


@dataclass
class Walker:
    """The hands and the memory of a journey. marks: {where it was typed: the text}."""

    server: Server
    browser: Browser
    hand: type[Hand]
    options: dict[str, Any]
    language: str = "fi"
    mothers_language: str = "fi"
    marks: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    spaces: list[Any] = field(default_factory=list)
    pages: int = 0

    def mark(self, where: str) -> str:
        """A text for one field, never typed anywhere else. A name is one word, so that it is shown whole."""
        self.marks[where] = f"{'Nimi' if where.endswith('name') else 'Merkki '}{uuid4().hex[:12]}"
        return self.marks[where]

    def new_hand(self) -> Hand:
        space = context(self.browser, **self.options)
        self.spaces.append(space)
        space.add_cookies([{"name": "kudelma-language", "value": self.language, "url": self.server.url}])
        page = space.new_page()
        return self.hand(page, self.server.url)

    def mailed(self, to: str, act: Any, containing: str = "") -> Any:
        """The mail to that address which `act()` brings about."""
        before = len(self.server.post.mails)
        act()
        return self.server.post.wait(to, containing=containing, after=before)

    def type_code(self, person: Person) -> None:
        """What the app shows. Time stands still meanwhile: digits that change on the way are no part of the way."""
        digits = self.server.code(person.secret)
        with self.server.clock.standing():
            person.hand.fill("code", digits)
            person.hand.submit()
        assert person.hand.page.locator('main [name="code"]').count() == 0, person.hand.text

    def finds_nothing_wrong(self, hand: Hand) -> None:
        width = hand.page.viewport_size["width"]  # type: ignore[index]
        too_wide = hand.page.evaluate(TOO_WIDE, width)
        assert too_wide == [], f"{hand.page.url} is too wide"
        self.pages += 1

    def first_sign_in(self, person: Person, link: str) -> None:
        """Choose a password by the link, sign in, set up the app, keep the codes."""
        hand = person.hand = self.new_hand()
        hand.go(link)
        hand.fill("password1", PASSWORD)
        hand.fill("password2", PASSWORD)
        hand.submit()
        self.sign_in(person)
        assert hand.page.url.endswith("/sign-in/factor/"), hand.page.url
        self.finds_nothing_wrong(hand)
        person.secret = hand.page.locator("code").inner_text()
        self.type_code(person)
        assert hand.page.locator("main li code").count() == 10
        hand.submit()
        self.take_seat(hand)

    def sign_in(self, person: Person) -> None:
        person.hand.go("/sign-in/")
        person.hand.fill("login", person.address)
        person.hand.fill("password", PASSWORD)
        person.hand.submit()
        if person.secret:
            self.type_code(person)
            self.take_seat(person.hand)

    def take_seat(self, hand: Hand) -> None:
        if hand.page.url.endswith("/seats/"):
            hand.press('button[name="seat"]')
