"""What a participant's first page weighs on the wire, in a real browser that has been nowhere before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.data import Data
from benchmarks.figure import Figure, Figures, orientation
from benchmarks.server import serving
from journeys import hands


@dataclass
class Wire:
    """n_bytes: bodies as they were encoded, with their headers. urls: everything that was asked for."""

    n_bytes: int = 0
    urls: list[str] = field(default_factory=list)

    def strangers(self, port: int) -> list[str]:
        parts = [urlsplit(url) for url in self.urls if not url.startswith("data:")]
        return [part.netloc for part in parts if part.netloc != f"127.0.0.1:{port}"]


def weight(data: Data, *, quick: bool) -> Figures:
    """The heavier of two first pages: what the link opens, and one's own page after the code."""
    data.demo()
    token, digits = _way_in()
    with serving(data) as server, sync_playwright() as playwright:
        browser = hands.launch(playwright)
        link, cookies = _by_link(browser, server.url, token, digits)
        own, _ = _visit(browser, f"{server.url}/own/", cookies)
        browser.close()
    strangers = link.strangers(server.port) + own.strangers(server.port)
    for name, wire in (("what the link opens", link), ("own page", own)):
        orientation(f"{name}: {wire.n_bytes} bytes in {len(wire.urls)} requests")
    yield Figure("first-page-bytes", max(link.n_bytes, own.n_bytes), "bytes", "<=40000")
    yield Figure("first-page-requests", max(len(link.urls), len(own.urls)), "requests", "<=6")
    yield Figure("first-page-third-parties", len(strangers), "requests", "<=0")


def _way_in() -> tuple[str, str]:
    """The mother's link and a code for it."""
    from django.utils import timezone

    from kudelma.demo.people import demo_id
    from kudelma.members.actions.people import give_seat_in_matter
    from kudelma.members.models import Member
    from kudelma.people.actions import links
    from kudelma.people.models import PersonalLink, Seat

    now = timezone.now()
    coordinator = Seat.objects.get(pk=demo_id("seat:coordinator"))
    member = Member.objects.select_related("seat", "matter__region").get(pk=demo_id("member:mother"))
    seat = give_seat_in_matter(member, by=coordinator, at=now)
    token = links.make_link(seat, at=now)
    return token, links.read_code_aloud(PersonalLink.objects.of_token(token).get(), by=coordinator, at=now)


def _by_link(browser: Browser, base: str, token: str, digits: str) -> tuple[Wire, Any]:
    """What the link opens; and the cookies that one has after the code."""
    with _fresh(browser) as (page, wire):
        answer = page.goto(f"{base}/i/{token}/", wait_until="networkidle")
        assert answer.status == 200
        hand = hands.Hand(page, base)
        seen = Wire(wire.n_bytes, list(wire.urls))
        hand.submit()
        hand.fill("code", digits)
        hand.submit()
        assert urlsplit(page.url).path == "/own/"
        return seen, page.context.storage_state()


def _visit(browser: Browser, url: str, state: Any) -> tuple[Wire, Any]:
    with _fresh(browser, storage_state=state) as (page, wire):
        answer = page.goto(url, wait_until="networkidle")
        assert answer.status == 200
        assert page.url == url
        return wire, None


@contextmanager
def _fresh(browser: Browser, **options: Any) -> Iterator[tuple[Any, Wire]]:
    """A page of a browser with nothing in its cache, and what goes over its wire."""
    context = hands.context(browser, **options)
    page, wire = context.new_page(), Wire()
    ears = context.new_cdp_session(page)
    ears.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        wire.urls.append(event["request"]["url"])
        wire.n_bytes += event.get("redirectResponse", {}).get("encodedDataLength", 0)

    def came(event: dict[str, Any]) -> None:
        wire.n_bytes += int(event["encodedDataLength"])

    ears.on("Network.requestWillBeSent", asked)
    ears.on("Network.loadingFinished", came)
    try:
        yield page, wire
    finally:
        context.close()
