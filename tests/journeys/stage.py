"""A matter walked by actions as far as a journey needs, on a running server, and a browser for everybody in it.

What a journey is about happens in the browser; this is only how it gets there. Whoever signs in by account has
signed in already. Those of the matter come in by themselves: with the link and the code, or let in face to face.
"""

import subprocess
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from journeys import axe, crawl, skeleton
from journeys.claims import Claims
from journeys.hands import Hand, context
from journeys.server import Server, link_in

MINUTES = 150
PHONE = {"width": 390, "height": 844}
NAMES = {
    "coordinator": "Maija Kallio",
    "orderer": "Sari Lehtola",
    "lead": "Heli Rautala",
    "writer": "Tapio Kuusela",
    "other_consultant": "Ilona Meri",
    "fourth": "Iida Markkula",
    "fifth": "Juha Sipola",
    "invited": "Minna Aaltola",
    "outsider": "Oskari Ranta",
}
"""Those of the cast who have an account, with a name of their own to be looked for on pages."""

WALK = """
import factories
cast = factories.Cast(factories.region())
cast.fourth, cast.fifth = (factories.seat(cast.region, "consultant") for _ in "ab")
for key, name in names.items():
    account = getattr(cast, key).account
    account.name = name
    account.save(update_fields=["name"])
exec(script)
answer = {"cookies": {}, "addresses": {}, "members": {}, "consultants": {}}
for key in names:
    seat = getattr(cast, key)
    answer["cookies"][key] = {name: one.value for name, one in factories.sit(seat).cookies.items()}
    answer["addresses"][key] = seat.account.address
    if hasattr(seat, "consultant"):
        answer["consultants"][key] = str(seat.consultant.pk)
for key, one in vars(cast).items():
    if isinstance(one, factories.Member):
        answer["members"][key] = str(one.pk)
answer["matter"] = str(cast.matter.pk)
answer["meeting"] = str(cast.meeting.pk) if hasattr(cast, "meeting") else ""
answer["starts_at"] = str(cast.the_meeting().starts_at) if hasattr(cast, "meeting") else ""
"""


class Stage:
    """One matter, and the hands of the people around it."""

    def __init__(self, server: Server, browser: Browser, claims: Claims, script: str) -> None:
        """script: what is done with `cast`, by the actions that people use."""
        self.server, self.browser, self.claims = server, browser, claims
        self.spaces: list[Any] = []
        self.hands: dict[str, Hand] = {}
        told = server.backstage.run(WALK, script=script, names=NAMES)
        self.matter, self.meeting = told["matter"], told["meeting"]
        self.members, self.addresses, self.consultants = told["members"], told["addresses"], told["consultants"]
        self.cookies = told["cookies"]
        self.starts_at = datetime.fromisoformat(told["starts_at"]) if told["starts_at"] not in {"", "None"} else None

    def new_hand(self, language: str = "fi") -> Hand:
        """A browser that knows nothing yet. language: empty for one that has chosen none."""
        space = context(self.browser, viewport=PHONE)
        if language:
            space.add_cookies([{"name": "kudelma-language", "value": language, "url": self.server.url}])
        self.spaces.append(space)
        return Hand(space.new_page(), self.server.url)

    def hand(self, key: str) -> Hand:
        """The browser of somebody who has signed in."""
        if key not in self.hands:
            hand = self.hands[key] = self.new_hand()
            hand.page.context.add_cookies(
                [{"name": name, "value": value, "url": self.server.url} for name, value in self.cookies[key].items()]
            )
        return self.hands[key]

    def people(self, hand: Hand) -> Hand:
        hand.go(f"/matters/{self.matter}/people/")
        return hand

    def press_of(self, hand: Hand, key: str, page: str) -> None:
        """Press the button or link of that person on the page of the people."""
        member = self.members[key]
        self.people(hand).press(
            f':is(form[action="/people/{member}/{page}/"] button, a[href="/people/{member}/{page}/"])'
        )

    def link(self, key: str, address: str) -> str:
        """The link that the coordinator sends to that person."""
        return link_in(self.mailed(address, lambda: self.press_of(self.hand("coordinator"), key, "link")))

    def ask_times(self, start: datetime) -> None:
        """The coordinator asks everybody about that time."""
        hand = self.hand("coordinator")
        hand.go(f"/matters/{self.matter}/times/")
        hand.fill("day1", start.date().isoformat())
        hand.fill("clock1", f"{start:%H:%M}")
        hand.fill("minutes", str(MINUTES))
        hand.fill("place", "Kirjaston ryhmähuone")
        hand.choose("first", "everybody")
        hand.submit()
        self.meeting = hand.page.url.split("/meetings/")[1].split("/")[0]

    def choose_and_invite(self) -> None:
        """The coordinator chooses the latest of the times that were asked about, and invites everybody."""
        hand = self.hand("coordinator")
        hand.go(f"/meetings/{self.meeting}/answers/")
        hand.press('a[href$="/choice/"] >> nth=-1')
        hand.submit()
        hand.press('main form:has(input[name="seen"]) button')

    def letter(self, name: str) -> str:
        """The words of the letter that the coordinator prints for the one of that name."""
        hand = self.hand("coordinator")
        hand.go(f"/meetings/{self.meeting}/invitations/")
        card = hand.page.locator("li.card", has_text=name)
        card.locator("summary").click()  # they have been told by a message
        with hand.page.expect_download() as told:
            card.locator('form[action$="/letter/"] button').click()
        read = ["pdftotext", "-layout", str(told.value.path()), "-"]
        return subprocess.run(read, check=True, capture_output=True).stdout.decode()

    def mailed(self, address: str, act: Callable[[], object], containing: str = "") -> EmailMessage:
        """The mail to that address which `act()` brings about. Another matter may have the same address."""
        before = len(self.server.post.mails)
        act()
        return self.server.post.wait(address, containing=containing, after=before)

    def comes_in(self, key: str, link: str, language: str = "fi") -> Hand:
        """Somebody with a link, and the code that is read to them by telephone."""
        hand = self.new_hand(language)
        hand.go(link)
        hand.press('form[action="/i/"] button')
        self.press_of(self.hand("coordinator"), key, "code")
        hand.fill("code", self.hand("coordinator").page.locator(".big-code").inner_text())
        hand.submit()
        return hand

    def let_in(self, key: str, language: str = "fi") -> Hand:
        """Somebody whom the lead lets in face to face."""
        lead = self.hand("lead")
        self.press_of(lead, key, "admission")
        lead.choose("reason", "known")
        lead.submit()
        hand = self.new_hand(language)
        hand.go("/room/")
        hand.fill("code", lead.page.locator(".big-code").inner_text())
        hand.submit()
        return hand

    def status(self, hand: Hand, path: str) -> int:
        """What that address answers to this person."""
        answer = hand.page.request.get(self.server.url + path, max_redirects=0)
        return int(answer.status)

    def look(self, hand: Hand) -> None:
        """axe finds nothing on the open page, and it fits at 320 px. What no journey has looked at yet is looked at."""
        self._look_at_new(hand, BeautifulSoup(hand.page.content(), "html.parser"))

    def look_everywhere(self, hand: Hand, *starts: str) -> list[BeautifulSoup]:
        """The same of every page that this person comes to by links: read, and drawn where something on it is new."""
        pages = []
        for path, page in crawl.read(hand.page, hand.base, starts):
            self._look_at_new(hand, page, path)
            pages.append(page)
        return pages

    def _look_at_new(self, hand: Hand, page: BeautifulSoup, path: str = "") -> None:
        if self.claims.hold_new("a journey", skeleton.of(page)):
            if path:
                hand.go(path)
            assert axe.faults(hand.page) + axe.too_wide(hand.page) == [], hand.page.url

    def close(self) -> None:
        for space in self.spaces:
            space.close()
