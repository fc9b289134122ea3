"""axe finds nothing: on every page, as every seat of the demo, by day and in the evening, in every language.

Each seat walks through its pages by links, by day at a laptop and in the evening on a narrow phone, and sends
every form empty that is refused then. Which pages and which refusals, tells the access table. What needs more than
links has its own walk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from doors import table
from journeys import axe, crawl
from journeys.demo import FAMILY, link_to, sit
from journeys.hands import Hand, context
from journeys.server import Server
from kudelma.demo.loading import address_of
from kudelma.demo.people import demo_id

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1280, "height": 800}
DAY, SWEDISH_EVENING, ENGLISH_EVENING = ("fi", "light"), ("sv", "dark"), ("en", "dark")
EVENINGS = [SWEDISH_EVENING, ENGLISH_EVENING]
KIND = {
    "coordinator": "coord",
    "consultant-lead": "pair",
    "consultant-writer": "pair",
    "worker-orderer": "orderer",
    "worker-invited": "invited",
    "superior": "outside",
    "steering": "steer",
    "administrator": "admin",
    "other-region-coordinator": "coordX",
    "nobody": "anon",
    **dict.fromkeys(FAMILY, "own2"),
}
SEE_MOST = ["coordinator", "consultant-lead", "worker-orderer", "steering", "administrator", "mother", "nobody"]
NO_PAGES = {
    "plans:sheet": "a paper",
    "meetings:agreed": "a paper",
    "meetings:own-entry": "a calendar file",
    "live": "a stream",
}
LATER = {"meetings:change-line", "plans:onwards", "plans:row"}
DRAWN = {"matters:name-thing"}
AHEAD = {"matters:own-needs", "matters:own-safety", "meetings:own-stop", "meetings:own-calendar"}
NOT_IN_THE_DEMO: dict[str, set[str]] = {
    "coordinator": DRAWN,
    "consultant-lead": LATER | DRAWN | {"matters:chair"},
    "consultant-writer": LATER | DRAWN | {"matters:chair"},
    "worker-invited": {"matters:chair", "matters:people", "matters:child-shown"},
    **dict.fromkeys(FAMILY, AHEAD),
    "child": AHEAD | {"matters:child-shown"},
}
"""What the table shows to that kind, while no matter of the one with the button is at that step or has it."""

ONLY_IN_THE_DEMO = {seat: {"feedback:give"} for seat in ("worker-orderer", *FAMILY)}
"""Feedback opens on the next day, but in the demo at once."""

WALKED = {
    "Juha Sipola": {
        "people:forgotten", "people:password", "account_login", "people:factor", "people:recovery-codes",
        "mfa_authenticate", "people:seats", "meetings:board", "meetings:change-line", "plans:row", "plans:onwards",
        "plans:show",
    },
    "Kirsi Haapala": {"matters:offer"},
    "a circle": {"matters:name-thing", "matters:circle"},
    "a link": {
        "people:link", "people:code", "people:send-code", "desk:own", "meetings:own-answer", "matters:identified",
    },
    "an invitation": {"desk:own", *AHEAD},
}  # fmt: skip
"""What is seen on a walk that does more than follow links."""

PASSWORD = "neljä sanaa yhdessä rivissä"


def answered(method: str, kind: str, *answers: int) -> set[str]:
    """The addresses that give one of `answers` to that kind of seat."""
    place = list(table.KINDS).index(kind)
    return {line.name for line in table.read() if line.method == method and line.answers[place] in answers}


def pages_of_seat(seat: str) -> set[str]:
    shown = answered("GET", KIND[seat], 200) - set(NO_PAGES)
    return shown - NOT_IN_THE_DEMO.get(seat, set()) | ONLY_IN_THE_DEMO.get(seat, set())


@dataclass
class Visit:
    """One browser, in one look. faults: {what is wrong: where it was first}."""

    hand: Hand
    kind: str
    language: str
    seen: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)

    def speak(self) -> None:
        """Choose the language. Signing out forgets it."""
        self.hand.page.context.add_cookies(
            [{"name": "kudelma-language", "value": self.language, "url": self.hand.base}]
        )

    def look(self) -> None:
        """Let axe look at the open page, and see whether it fits on a narrow phone."""
        page = self.hand.page
        path = urlsplit(page.url).path
        self.seen.add(crawl.name_of(path))
        for fault in axe.faults(page) + axe.too_wide(page):
            self.faults.setdefault(fault, path)

    def look_everywhere(self, *starts: str, most: int = crawl.MOST_OF_A_KIND) -> None:
        for path in crawl.pages(self.hand.page, self.hand.base, starts, most):
            self.look()
            self.send_empty(path)

    def send_empty(self, path: str) -> None:
        """Each form of this page that is refused when nothing is filled in, once."""
        page = self.hand.page
        refused = answered("POST", self.kind, 422)
        actions = page.eval_on_selector_all(FORMS, "all => all.map(form => new URL(form.action).pathname)")
        for number, action in enumerate(actions):
            name = crawl.name_of(action)
            if name in refused - self.sent:
                self.sent.add(name)
                self.hand.go(path)
                with page.expect_navigation() as going:
                    page.locator(FORMS).nth(number).evaluate(SEND_EMPTY)
                assert going.value.status == 422, f"{name} answers {going.value.status}"
                self.look()

    def look_and_send_empty(self) -> None:
        path = urlsplit(self.hand.page.url).path
        self.look()
        self.send_empty(path)
        self.hand.go(path)

    def submit(self) -> None:
        """Send the form of the page and look at what comes."""
        self.hand.submit()
        self.look()

    def sign_in(self, address: str) -> None:
        self.speak()
        self.hand.go("/sign-in/")
        self.hand.fill("login", address)
        self.hand.fill("password", PASSWORD)
        self.submit()

    def leave(self) -> None:
        self.hand.go("/closed/")
        self.look()


FORMS = "main form[method=post]"
SEND_EMPTY = """form => {
  for (const one of form.elements) one.disabled = !["csrfmiddlewaretoken", "key"].includes(one.name)
  form.submit()
}"""


@pytest.fixture
def visit(browser, demo):
    """Opens visits, each with cookies of its own."""
    spaces = []

    def open_visit(look: tuple[str, str], kind: str) -> Visit:
        language, scheme = look
        space = context(browser, color_scheme=scheme, viewport=LAPTOP if scheme == "light" else axe.NARROW)
        spaces.append(space)
        page = space.new_page()
        axe.bring(page)
        visitor = Visit(Hand(page, demo.url), kind, language)
        visitor.speak()
        return visitor

    yield open_visit
    for space in spaces:
        space.close()


@contextmanager
def kept_here(page: Page, address: str) -> Iterator[None]:
    """The browser does not leave for `address`, so that a page which goes there by itself can be looked at."""
    page.route(address, lambda route: route.fulfill(status=204))
    yield
    page.unroute(address)


PUBLIC = [
    "/", "/room/", "/letter/", "/sign-in/", "/sign-in/forgotten/", "/regions/E1/", "/regions/E1/question/",
    "/regions/E1/question/5/", "/regions/E1/handbook/", "/regions/E1/handbook/preparing/", "/regions/E1/order/",
]  # fmt: skip
"""What everybody may open. In the evening nobody alone looks at these."""


def starts_of(seat: str) -> list[str]:
    """Where a seat begins, with the pages that no link leads to."""
    if seat == "nobody":
        return ["/demo/", "/demo/letterbox/", "/ui/", *PUBLIC]
    if seat in FAMILY:
        return ["/own/", "/own/time/", "/own/code/sending/"]
    child, timing = demo_id("member:norrgard:wilma"), demo_id("meeting:pihla")
    held = {
        "coord": [
            f"/matters/{demo_id('matter:saana')}/people/",
            f"/people/{child}/child/",
            f"/people/{child}/child/shown/",
            f"/matters/{demo_id('matter:aapo')}/chair/",
            f"/meetings/{timing}/reminders/",
        ],
        "pair": [f"/meetings/{demo_id('meeting:saarela')}/board/"],
        "invited": [f"/matters/{demo_id('matter:saarela')}/"],
    }
    return ["/today/", "/seats/", "/sign-in/factor/", *held.get(KIND[seat], [])]


@pytest.mark.parametrize(
    ("seat", "look"),
    [(seat, DAY) for seat in KIND] + [(seat, look) for seat in SEE_MOST for look in EVENINGS],
    ids=lambda part: part if isinstance(part, str) else " ".join(part),
)
def test_axe_finds_nothing(visit, demo, seat, look):
    by_day = look == DAY
    visitor = visit(look, KIND[seat])
    sit(visitor.hand.page, demo.url, seat)
    starts = starts_of(seat) + (PUBLIC if by_day else [])
    visitor.look_everywhere(*starts, most=2 if by_day and seat in SEE_MOST else 1)
    visitor.leave()

    assert visitor.faults == {}
    public = set() if by_day or seat == "nobody" else set(map(crawl.name_of, PUBLIC))
    assert pages_of_seat(seat) - public - visitor.seen == set()


@pytest.mark.parametrize(("name", "look"), [("Juha Sipola", DAY), ("Kirsi Haapala", SWEDISH_EVENING)])
def test_axe_finds_nothing_from_a_forgotten_password_to_the_last_page(visit, demo, name, look):
    """One has a board and a plan that are open, the other has been asked to lead. Neither has a button."""
    address = address_of(name)
    visitor = visit(look, "pair")
    hand = visitor.hand
    hand.go("/sign-in/forgotten/")
    hand.fill("address", address)
    visitor.submit()
    hand.go(link_to(demo, address))
    visitor.look_and_send_empty()
    hand.fill("password1", PASSWORD)
    hand.fill("password2", PASSWORD)
    visitor.submit()
    visitor.sign_in(address)
    hand.fill("code", demo.code(hand.page.locator("main code").inner_text()))
    visitor.submit()
    spare = hand.page.locator("main li code").first.inner_text()
    hand.submit()
    hand.press('main form[action="/sign-out/"] button')
    visitor.sign_in(address)
    hand.fill("code", spare)
    visitor.submit()
    hand.press('main button:has-text("konsult")')
    visitor.look_everywhere("/today/")

    assert visitor.faults == {}
    assert visitor.seen >= WALKED[name]


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=" ".join)
def test_axe_finds_nothing_from_a_personal_link_to_the_room(visit, demo, look):
    """Lasse has been asked for a time and has not answered."""
    person = demo_id("member:saana:lasse")
    coordinator, visitor = visit(DAY, "coord"), visit(look, "own0")
    let_in(demo, coordinator, visitor, "lasse", "saana")
    visitor.look_everywhere("/own/", "/own/time/")
    for path in ("/own/people/", "/own/identity/return/"):
        visitor.hand.go(path)
        visitor.look()
    visitor.hand.go("/own/")
    with kept_here(visitor.hand.page, "**/demo/identity/authorize*"):
        visitor.hand.press('form[action="/own/identity/"] button')
        visitor.look()
    visitor.hand.press("main a.button")
    visitor.look()
    visitor.hand.press('a:has-text("Tuntematon")')
    visitor.look()
    visitor.submit()
    coordinator.hand.go(f"/people/{person}/admission/")
    coordinator.hand.choose("reason", "known")
    coordinator.submit()
    digits = coordinator.hand.page.locator(".big-code").inner_text()
    visitor.hand.go("/room/")
    visitor.hand.fill("code", digits)
    visitor.submit()
    visitor.kind = "own2"
    visitor.look_everywhere("/own/")

    assert visitor.faults == coordinator.faults == {}
    assert visitor.seen >= WALKED["a link"]


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=" ".join)
def test_axe_finds_nothing_where_somebody_is_invited(visit, demo, look):
    """What can be told and asked for while the meeting is still ahead."""
    coordinator, visitor = visit(DAY, "coord"), visit(look, "own0")
    let_in(demo, coordinator, visitor, "jessica", "norrgard")
    visitor.look_everywhere("/own/")

    assert visitor.faults == coordinator.faults == {}
    assert visitor.seen >= WALKED["an invitation"]


def let_in(demo: Server, coordinator: Visit, visitor: Visit, slug: str, matter: str) -> None:
    """By a new personal link, and by the code that the coordinator reads aloud."""
    person, people = demo_id(f"member:{matter}:{slug}"), f"/matters/{demo_id(f'matter:{matter}')}/people/"
    sit(coordinator.hand.page, demo.url, "coordinator")
    coordinator.hand.go(people)
    coordinator.hand.press(f'form[action="/people/{person}/link/"] button')
    coordinator.look()
    visitor.hand.go(link_to(demo, f"{slug}.{matter}@esimerkki.invalid"))
    visitor.look()
    visitor.hand.press('form[action="/i/"] button')
    visitor.look_and_send_empty()
    visitor.look_everywhere("/own/code/sending/")
    coordinator.hand.go(people)
    coordinator.hand.press(f'form[action="/people/{person}/code/"] button')
    coordinator.look()
    visitor.hand.go("/own/code/")
    visitor.hand.fill("code", coordinator.hand.page.locator(".big-code").inner_text())
    visitor.submit()
    visitor.kind = "own1"


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=" ".join)
def test_axe_finds_nothing_when_everyday_life_is_drawn(visit, demo, look):
    visitor = visit(look, "coord")
    hand = visitor.hand
    sit(hand.page, demo.url, "coordinator")
    hand.go(f"/matters/{demo_id('matter:kaarina')}/circle/things/new/")
    hand.fill("name", "aamut")
    visitor.submit()
    hand.page.locator("main summary").first.click()
    hand.press('main a[href$="/name/"]')
    visitor.look_and_send_empty()
    hand.press('main form[action$="/removal/"] button')
    visitor.look()

    assert visitor.faults == {}
    assert visitor.seen >= WALKED["a circle"]


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=" ".join)
def test_axe_finds_nothing_where_something_is_wrong(visit, demo, look):
    visitor = visit(look, "anon")
    hand = visitor.hand
    for path in ("/nothing/", "/i/no-such-link/", "/sign-in/password/x/y/", "/own/", f"/plans/{demo_id('x')}/"):
        hand.go(path)
        visitor.look()
    hand.go("/sign-in/forgotten/")
    hand.fill("address", "somebody who types a long text instead of an address, and is too slow@example.org")
    hand.page.context.clear_cookies(name="csrftoken")
    visitor.submit()
    sit(hand.page, demo.url, "steering")
    for path in ("/nothing/", "/region/"):
        hand.go(path)
        visitor.look()

    assert visitor.faults == {}


def test_axe_finds_a_picture_without_words_and_a_page_that_is_too_wide(visit):
    visitor = visit(DAY, "anon")
    visitor.hand.go("/")
    visitor.hand.page.evaluate(
        """() => {
          const [picture, wide] = [document.createElement("img"), document.createElement("p")]
          wide.style.width = "400px"
          wide.textContent = "wide"
          document.querySelector("main").append(picture, wide)
        }"""
    )
    visitor.look()

    assert list(visitor.faults) == ["image-alt: <img>", 'too wide: <p style="width: 400px;">wide</p>']


def test_every_page_of_the_access_table_is_looked_at():
    """A page is what anybody gets from a GET but a door elsewhere, a refusal or nothing."""
    elsewhere = {302, 401, 403, 404, 405}
    pages = {line.name for line in table.read() if line.method == "GET" and set(line.answers) - elsewhere}
    looked_at = set().union(*map(pages_of_seat, KIND), *WALKED.values())

    assert pages - looked_at == set(NO_PAGES) & pages
