"""axe finds nothing: on every page, as every seat of the demo, by day and in the evening, in every language.

Each seat walks through its pages by links, by day at a laptop and in the evening on a narrow phone, and sends
every form empty that is refused then. Which pages and which refusals, tells the access table. What needs more than
links has its own walk.

Every walk is made in two ways. In each run pages are read, and drawn when they look like nothing that was drawn
before. As a part of `make prove` a browser draws every page of every seat, and axe looks at each.
"""

import pytest

from doors import table
from journeys import axe, crawl
from journeys.browsing import Browsing
from journeys.demo import FAMILY, link_to
from journeys.hands import context
from journeys.looks import DAY, EVENINGS, SIZE, SWEDISH_EVENING, Look, New, everything
from journeys.reader import Reader
from journeys.server import Server
from journeys.visit import PASSWORD, Visit, answered
from kudelma.demo.loading import address_of
from kudelma.demo.people import demo_id

pytestmark = pytest.mark.browser

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
LATER = {"board:change-line", "board:end", "plans:change-row", "plans:onwards", "plans:row"}
DRAWN = {"circle:name"}
AHEAD = {"members:own-needs", "members:own-safety", "meetings:own-stop", "meetings:own-calendar"}
NOT_IN_THE_DEMO: dict[str, set[str]] = {
    "coordinator": DRAWN,
    "consultant-lead": LATER | DRAWN | {"pairing:chair"},
    "consultant-writer": LATER | DRAWN | {"pairing:chair"},
    "worker-invited": {"pairing:chair", "members:people", "preparation:child-shown", "preparation:introduction"},
    **dict.fromkeys(FAMILY, AHEAD),
    "child": AHEAD | {"preparation:child-shown"},
}
"""What the table shows to that kind, while no matter of the one with the button is at that step or has it."""

ONLY_IN_THE_DEMO = {seat: {"feedback:give"} for seat in ("worker-orderer", *FAMILY)}
"""Feedback opens on the next day, but in the demo at once."""

WALKED = {
    "Juha Sipola": {
        "people:forgotten", "people:password", "account_login", "people:factor", "people:recovery-codes",
        "mfa_authenticate", "people:seats", "board:show", "board:change-line", "board:end", "plans:row",
        "plans:onwards", "plans:change-row", "plans:show",
    },
    "Kirsi Haapala": {"pairing:offer"},
    "a circle": {"circle:name", "circle:show"},
    "a link": {
        "people:link", "people:code", "people:send-code", "desk:own", "meetings:own-answer", "members:identified",
    },
    "an invitation": {"desk:own", *AHEAD},
}  # fmt: skip
"""What is seen on a walk that does more than follow links."""


def pages_of_seat(seat: str) -> set[str]:
    shown = answered("GET", KIND[seat], 200) - set(NO_PAGES)
    return shown - NOT_IN_THE_DEMO.get(seat, set()) | ONLY_IN_THE_DEMO.get(seat, set())


WAYS = ["new", pytest.param("everything", marks=pytest.mark.prove(part="pages"))]


@pytest.fixture(scope="module")
def new(browser, claims):
    """What no process of this run has seen yet."""
    looks = New(browser, claims)
    yield looks
    looks.close()


@pytest.fixture(params=WAYS)
def visit(request, browser, new, demo):
    """Opens visits, each with cookies of its own: they read and draw what is new, or draw everything."""
    hands = []

    def browse(look: Look) -> Browsing:
        page = context(browser, color_scheme=look.scheme, viewport=SIZE[look.scheme]).new_page()
        axe.bring(page)
        return Browsing(page, demo.url)

    def open_visit(look: Look, kind: str) -> Visit:
        is_new = request.param == "new"
        hands.append(Reader(demo.url) if is_new else browse(look))
        visitor = Visit(hands[-1], new.faults if is_new else everything, kind, look)
        visitor.speak()
        return visitor

    yield open_visit
    for hand in hands:
        hand.close()


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
        "pair": [
            f"/meetings/{demo_id('meeting:saarela')}/board/",
            f"/matters/{demo_id('matter:saarela')}/preparation/",
        ],
        "invited": [f"/matters/{demo_id('matter:saarela')}/"],
    }
    return ["/today/", "/seats/", "/sign-in/factor/", *held.get(KIND[seat], [])]


@pytest.mark.parametrize(
    ("seat", "look"),
    [pytest.param("coordinator", DAY, marks=pytest.mark.long)]
    + [(seat, DAY) for seat in KIND if seat != "coordinator"]
    + [(seat, look) for seat in SEE_MOST for look in EVENINGS],
    ids=str,
)
def test_axe_finds_nothing(visit, seat, look):
    by_day = look == DAY
    visitor = visit(look, KIND[seat])
    visitor.sit(seat)
    starts = starts_of(seat) + (PUBLIC if by_day else [])
    visitor.look_everywhere(*starts, most=2 if by_day and seat in SEE_MOST else 1)
    visitor.leave()

    assert visitor.faults == {}
    public = set() if by_day or seat == "nobody" else set(map(crawl.name_of, PUBLIC))
    assert pages_of_seat(seat) - public - visitor.seen == set()


@pytest.mark.parametrize(("name", "look"), [("Juha Sipola", DAY), ("Kirsi Haapala", SWEDISH_EVENING)], ids=str)
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
    hand.fill("code", demo.code(hand.words("main code")))
    visitor.submit()
    spare = hand.words("main li code")
    hand.submit()
    hand.press('main form[action="/sign-out/"] button')
    visitor.sign_in(address)
    hand.fill("code", spare)
    visitor.submit()
    hand.press("main button", "konsult")
    if "plans:change-row" in WALKED[name]:  # there is no row of that plan to change in the demo before one is written
        hand.go("/today/")
        hand.press('main a[href^="/plans/"]')
        hand.press('main a[href*="/rows/"]')
        hand.fill("what", "Soitan maanantaina.")
        hand.submit()
    visitor.look_everywhere("/today/")

    assert visitor.faults == {}
    assert visitor.seen >= WALKED[name]


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=str)
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
    with visitor.hand.kept_from("**/demo/identity/authorize*"):
        visitor.hand.press('form[action="/own/identity/"] button')
        visitor.look()
    visitor.hand.press("main a.button")
    visitor.look()
    visitor.hand.press("a", "Tuntematon")
    visitor.look()
    visitor.submit()
    coordinator.hand.go(f"/people/{person}/admission/")
    coordinator.hand.choose("reason", "known")
    coordinator.submit()
    digits = coordinator.hand.words(".big-code")
    visitor.hand.go("/room/")
    visitor.hand.fill("code", digits)
    visitor.submit()
    visitor.kind = "own2"
    visitor.look_everywhere("/own/")

    assert visitor.faults == coordinator.faults == {}
    assert visitor.seen >= WALKED["a link"]


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=str)
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
    coordinator.sit("coordinator")
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
    visitor.hand.fill("code", coordinator.hand.words(".big-code"))
    visitor.submit()
    visitor.kind = "own1"


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=str)
def test_axe_finds_nothing_when_everyday_life_is_drawn(visit, look):
    visitor = visit(look, "coord")
    hand = visitor.hand
    visitor.sit("coordinator")
    hand.go(f"/matters/{demo_id('matter:kaarina')}/circle/things/new/")
    hand.fill("name", "aamut")
    visitor.submit()
    hand.unfold("main summary")
    hand.press('main a[href$="/name/"]')
    visitor.look_and_send_empty()
    hand.press('main form[action$="/removal/"] button')
    visitor.look()

    assert visitor.faults == {}
    assert visitor.seen >= WALKED["a circle"]


@pytest.mark.parametrize("look", [DAY, *EVENINGS], ids=str)
def test_axe_finds_nothing_where_something_is_wrong(visit, look):
    visitor = visit(look, "anon")
    hand = visitor.hand
    for path in ("/nothing/", "/i/no-such-link/", "/sign-in/password/x/y/", "/own/", f"/plans/{demo_id('x')}/"):
        hand.go(path)
        visitor.look()
    hand.go("/sign-in/forgotten/")
    hand.fill("address", "somebody who types a long text instead of an address, and is too slow@example.org")
    hand.forget("kudelma-form")
    visitor.submit()
    visitor.sit("steering")
    for path in ("/nothing/", "/region/"):
        hand.go(path)
        visitor.look()

    assert visitor.faults == {}


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        ("<img>", "image-alt: <img>"),
        ('<hr width="400">', 'too wide: <hr width="400">'),
        (f"<pre>{'long' * 20}</pre>", "too wide: a text that leaves its box"),
    ],
    ids=["a picture without words", "a line that is too wide", "a text that is too wide"],
)
def test_axe_finds_a_page_that_is_spoilt(visit, spoilt, fault):
    visitor = visit(DAY, "anon")
    visitor.hand.go("/letter/")
    visitor.hand.append(spoilt)
    visitor.look()

    assert visitor.faults == {fault: "/letter/"}


LINK = '<div class="masthead"><nav aria-label="x"><ul><li><a href="/">{}</a></li></ul></nav></div>'
PART = '<div class="table"><pre>{}</pre></div>'


@pytest.mark.parametrize("visit", ["new"], indirect=True)
@pytest.mark.parametrize(
    ("good", "spoilt", "fault"),
    [
        (LINK.format("Ensimmäinen"), LINK.format("il"), 'too small: <a href="/">il</a>'),
        (PART.format("lyhyt"), PART.format("långt" * 20), f"out of reach: {PART.format('långt' * 20)[:120]}"),
    ],
    ids=["a link that is too small", "a part that scrolls and has no focus"],
)
def test_what_the_words_of_another_language_spoil_is_found(visit, good, spoilt, fault):
    first, second = visit(DAY, "anon"), visit(SWEDISH_EVENING, "anon")
    for visitor, more in ((first, good), (second, spoilt)):
        visitor.hand.go("/letter/")
        visitor.hand.append(more)
        visitor.look()

    assert (first.faults, second.faults) == ({}, {fault: "/letter/"})


def test_every_page_of_the_access_table_is_looked_at():
    """A page is what anybody gets from a GET but a door elsewhere, a refusal or nothing."""
    elsewhere = {302, 401, 403, 404, 405}
    pages = {line.name for line in table.read() if line.method == "GET" and set(line.answers) - elsewhere}
    looked_at = set().union(*map(pages_of_seat, KIND), *WALKED.values())

    assert pages - looked_at == set(NO_PAGES) & pages
