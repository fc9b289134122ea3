"""Forty people on a circle by keyboard alone: axe finds nothing, and picture, list and database are equal.

The coordinator draws a matter of the demo on a narrow phone; in the evening, too. What fails is kept and sent again.
"""

import pytest

from journeys import axe
from journeys.demo import sit
from journeys.hands import Hand, context
from kudelma.circle.geometry import Point, clamped, ring_of, thread
from kudelma.demo.people import demo_id

pytestmark = pytest.mark.browser

MATTER = demo_id("matter:milja")
CIRCLE = f"/matters/{MATTER}/circle/"
PHONE = {"width": 390, "height": 844}
N_PEOPLE = 40
ADD = f"""
from uuid import uuid4
from django.utils import timezone
from kudelma.demo.people import demo_id
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid
from kudelma.matters.models import Matter
from kudelma.members.models import Member
from kudelma.people.models import Seat
matter = Matter.objects.select_related("region").get(pk="{MATTER}")
by = Seat.objects.get(pk=demo_id("seat:coordinator"))
for number in range({N_PEOPLE} - Member.objects.filter(matter=matter).count()):
    side, person = ["own", "close", "professional"][number % 3], PersonSaid(f"Nimi {{number}}", relation="naapuri")
    people.add_member(matter, idempotency_key=uuid4(), side=side, values=person, by=by, at=timezone.now())
"""
TELL = f"""
from kudelma.circle.models import Spot, Tie
spots = Spot.objects.filter(matter="{MATTER}").present().exclude(x=None)
ties = Tie.objects.filter(matter="{MATTER}")
answer = [
    {{str(spot.pk): [spot.x, spot.y] for spot in spots}},
    sorted(sorted([str(tie.one_id), str(tie.other_id)]) for tie in ties),
]
"""
PICTURE = """() => [
  Object.fromEntries([...document.querySelectorAll(".spot")].map(
    one => [one.id.slice(5), [Number(one.dataset.x), Number(one.dataset.y)]])),
  [...document.querySelectorAll(".tie")].map(one => [one.dataset.one, one.dataset.other].sort()).sort(),
]"""
LIST = """() => [
  Object.fromEntries([...document.querySelectorAll(".circle-list h3")].flatMap(ring =>
    [...ring.nextElementSibling.querySelectorAll("[data-spot]")].map(one => [one.dataset.spot, ring.dataset.ring]))),
  [...document.querySelectorAll(".circle-list [data-tied]")].map(
    one => [one.closest("[data-spot]").dataset.spot, one.dataset.tied].sort()).sort(),
]"""

MIDDLES = """() => {
  const room = document.querySelector(".circle-room"), ring = room.querySelector(".ring[data-ring=everyday]")
  const middle = one => { const { left, width } = one.getBoundingClientRect(); return left + width / 2 }
  return [room.scrollWidth > room.clientWidth, middle(room), middle(ring)]
}"""


@pytest.fixture
def phone(demo, browser):
    """A page of a phone on which nobody is in yet."""
    space = context(browser, viewport=PHONE)
    page = space.new_page()
    page.context.add_cookies([{"name": "kudelma-language", "value": "fi", "url": demo.url}])
    yield page
    space.close()


@pytest.fixture
def hand(demo, phone):
    """The coordinator with the circle of forty people open."""
    demo.backstage.run(ADD)
    sit(phone, demo.url, "coordinator")
    one = Hand(phone, demo.url)
    one.go(CIRCLE)
    return one


def to_the_picture(page):
    """By Tab and Enter to the jump, and on to the first spot."""
    for _ in range(60):
        if page.evaluate("document.activeElement.classList.contains('circle-jump')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.spot')"):
            return
    raise AssertionError("the keyboard does not get into the picture")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def saved(page):
    page.wait_for_selector("circle-drawing:not([data-unsaved])")


def told(page):
    return page.locator(".circle-status").inner_text()


def faults(page, demo):
    """What picture, list and database tell differently."""
    (places, threads), (rings, ties) = page.evaluate(PICTURE), page.evaluate(LIST)
    kept, kept_ties = demo.backstage.run(TELL)
    found = [pk for pk, place in places.items() if ring_of(*place) != rings.get(pk)]
    found += [pk for pk, place in kept.items() if places.get(pk) != place]
    listed = sorted({tuple(pair) for pair in ties})
    found += [f"{len(ties)} ends of {len(threads)} ties"] if len(ties) != 2 * len(threads) else []
    return found + ([] if sorted(map(tuple, threads)) == listed == sorted(map(tuple, kept_ties)) else ["ties"])


def test_forty_people_are_placed_and_tied_by_keyboard_alone(hand, demo):
    page = hand.page
    to_the_picture(page)
    begun = page.evaluate(PICTURE)[0]
    arrows = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]
    for number in range(N_PEOPLE):
        press(page, f"Shift+{arrows[number % 4]}", arrows[(number + 1) % 4], "PageDown")
    for _ in range(N_PEOPLE - 1):
        press(page, "Enter", "PageDown", "Enter")
    saved(page)

    places, threads = page.evaluate(PICTURE)
    assert [pk for pk in begun if places[pk] == begun[pk]] == []
    assert (len(places), len(threads)) == (N_PEOPLE, N_PEOPLE - 1)
    assert faults(page, demo) == []
    assert told(page) == "Tallennettu."
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe.faults(page) + axe.too_wide(page) == []
    drawn = page.evaluate(PICTURE)
    press(page, "Control+z", "Control+z")
    saved(page)
    assert len(page.evaluate(PICTURE)[1]) == N_PEOPLE - 3
    press(page, "Control+Shift+z", "Control+Shift+z")
    saved(page)
    assert page.evaluate(PICTURE) == drawn
    assert faults(page, demo) == []
    assert hand.complaints == []


@pytest.mark.parametrize(("seat", "path"), [("coordinator", CIRCLE), ("mother", "/own/circle/")])
def test_on_a_phone_everyday_life_is_seen_first(phone, demo, seat, path):
    sit(phone, demo.url, seat)
    Hand(phone, demo.url).go(path)

    is_wider, *middles = phone.evaluate(MIDDLES)
    assert is_wider
    assert middles[0] == pytest.approx(middles[1], abs=2)


def test_a_pointer_moves_and_what_does_not_reach_the_server_is_kept_and_sent_again(hand, demo):
    page = hand.page
    page.set_viewport_size({"width": 1280, "height": 900})
    spot = page.locator(".spot").first
    spot.scroll_into_view_if_needed()
    before, pk = page.evaluate(PICTURE)[0], spot.get_attribute("id")[5:]
    box = spot.locator(".shape").bounding_box()
    page.context.set_offline(True)
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 50, steps=4)
    page.mouse.up()
    page.locator(".circle-status", has_text="Ei vielä").wait_for()

    moved = page.evaluate(PICTURE)[0][pk]
    assert moved != before[pk]
    assert demo.backstage.run(TELL)[0].get(pk) != moved
    page.context.set_offline(False)
    saved(page)
    assert told(page) == "Tallennettu."
    assert demo.backstage.run(TELL)[0][pk] == moved
    assert faults(page, demo) == []


def test_the_browser_reckons_as_the_server_does(hand):
    points = [(x * 97 % 1400 - 200, x * 53 % 1400 - 200) for x in range(200)]

    told = hand.page.evaluate(
        """async points => {
          const { clamped, thread } = await import("kudelma/circle-geometry.js")
          const inside = points.map(([x, y]) => clamped({ x, y }))
          return inside.map((one, number) => [one.x, one.y, thread(one, inside[(number + 1) % inside.length])])
        }""",
        points,
    )

    mine = [clamped(x, y) for x, y in points]
    following = [*mine[1:], mine[0]]
    assert told == [[one.x, one.y, thread(Point(*one), other)] for one, other in zip(mine, following, strict=True)]
