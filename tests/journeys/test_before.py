"""Before the meeting, in a real browser on a phone: how orders come in, and how a time is answered."""

import pytest

from journeys.demo import link_to, sit
from journeys.hands import Hand, context
from kudelma.demo.people import demo_id

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
REQUIRED = """() => new Set(
  [...document.querySelectorAll("main form [required]")].map(one => one.name)
).size"""
SAANA, LASSE = demo_id("matter:saana"), demo_id("member:saana:lasse")


@pytest.fixture
def hand(browser, demo):
    """Opens hands on a phone, each with cookies of its own; at a button of the demo when a seat is named."""
    spaces = []

    def open_hand(seat: str = "nobody") -> Hand:
        space = context(browser, viewport=PHONE)
        spaces.append(space)
        page = space.new_page()
        space.add_cookies([{"name": "kudelma-language", "value": "fi", "url": demo.url}])
        if seat != "nobody":
            sit(page, demo.url, seat)
        return Hand(page, demo.url)

    yield open_hand
    for space in spaces:
        space.close()


def fits(hand: Hand) -> bool:
    return bool(hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_worker_orders_on_three_pages_with_at_most_twelve_things_to_fill_in(hand):
    worker = hand("worker-orderer")
    pages = [
        {"told_to": "Ainolle", "why_together": "Auttajia on monta."},
        {"worry": "Olen huolissani aamuista.", "wish": "Toivon, että aamut helpottuvat."},
        {},
    ]
    worker.go("/orders/new/")
    worker.press('main a[href="/orders/new/meeting/"]')
    worker.press('button[name="told"]')

    asked = 0
    for typed in pages:
        asked += worker.page.evaluate(REQUIRED)
        assert fits(worker)
        for name, text in typed.items():
            worker.fill(name, text)
        if not typed:
            worker.choose("call_first", "no")
            worker.choose("place", "together")
        worker.submit()

    assert "/matters/" in worker.page.url
    assert "Olen huolissani aamuista." in worker.text
    assert 0 < asked <= 12


def test_an_order_survives_signing_out_and_goes_on_at_another_device(hand):
    worker = hand("superior")
    worker.go("/orders/new/")
    worker.press('main a[href="/orders/new/meeting/"]')
    worker.press('button[name="told"]')
    worker.fill("told_to", "Oonalle ja hänen äidilleen")
    worker.press('button[value="later"]')
    worker.press('form[action="/sign-out/"] button')

    elsewhere = hand("superior")
    elsewhere.go("/today/")
    assert "Oonalle" not in elsewhere.text
    elsewhere.press('main a[href*="/pages/"]')

    assert elsewhere.page.locator('[name="told_to"]').input_value() == "Oonalle ja hänen äidilleen"


def test_a_family_orders_by_three_fields_and_leaves_nothing_on_the_device(hand):
    family, coordinator = hand(), hand("coordinator")
    family.go("/regions/E1/")
    assert fits(family)
    family.press('main a[href="/regions/E1/order/"]')
    fields = family.page.locator("main form input:not([type=hidden])")
    assert fields.count() == 3
    family.fill("caller", "Pilvi")
    family.fill("caller_phone", "040 123 4567")
    family.fill("call_when", "arkisin ennen puoltapäivää")
    family.submit()
    assert "soittaa" in family.text
    kept = family.page.evaluate("[localStorage.length, sessionStorage.length]")

    coordinator.go("/matters/finding/")
    coordinator.fill("words", "Pilvi")
    coordinator.submit()
    assert "Pilvi" not in coordinator.page.locator(".waiting").inner_text()
    coordinator.press('.waiting a[href*="/matters/"]')

    assert kept == [0, 0]
    assert "Pilvi" in coordinator.text


def test_the_coordinator_writes_down_an_order_told_by_telephone(hand):
    coordinator = hand("coordinator")
    coordinator.go("/orders/new/")
    coordinator.press('main a[href="/orders/new/told/"]')
    coordinator.press('button[name="told"]')
    coordinator.choose("came", "phone")
    coordinator.page.locator('[name="heard_on"]').evaluate(
        "one => one.value = new Date(Date.now() - 864e5).toISOString().slice(0, 10)"
    )
    coordinator.fill("caller", "Kouluterveydenhoitaja Ulla")
    coordinator.submit()
    coordinator.fill("told_to", "Perheelle")
    coordinator.fill("why_together", "Auttajat eivät tunne toisiaan.")
    coordinator.submit()
    coordinator.fill("worry", "Olen huolissani poissaoloista.")
    coordinator.fill("wish", "Toivon yhteistä suunnitelmaa.")
    coordinator.submit()
    coordinator.choose("call_first", "yes")
    coordinator.choose("place", "either")
    coordinator.submit()

    assert "/matters/" in coordinator.page.url
    assert "Olen huolissani poissaoloista." in coordinator.text


def test_after_the_code_a_time_is_answered_in_at_most_three_taps(hand, demo):
    coordinator, person = hand("coordinator"), hand()
    coordinator.go(f"/matters/{SAANA}/people/")
    coordinator.press(f'form[action="/people/{LASSE}/link/"] button')
    person.go(link_to(demo, "lasse.saana@esimerkki.invalid"))
    person.press('form[action="/i/"] button')
    coordinator.go(f"/matters/{SAANA}/people/")
    coordinator.press(f'form[action="/people/{LASSE}/code/"] button')
    person.fill("code", coordinator.page.locator(".big-code").inner_text())
    person.submit()

    taps = 0
    while person.page.locator('button[name="answer"][value$=":well"]:not([aria-pressed])').count():
        person.press('button[name="answer"][value$=":well"]:not([aria-pressed])')
        taps += 1
        assert fits(person)

    assert 1 <= taps <= 3
    assert "Kiitos" in person.text
