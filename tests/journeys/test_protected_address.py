"""An address that is protected: from then on it stands nowhere, and the number on the coordinator's pages alone."""

import pytest

from journeys import crawl
from journeys.evidence import mailed
from journeys.hands import Hand
from journeys.stage import Stage

pytestmark = pytest.mark.browser

STREET, NUMBER = "Suojakuja", "407654321"
CALLED = {"members:contact", "meetings:invite", "meetings:stop"}
"""Where the coordinator writes the number down, and where she is told to call it."""
OTHERS = ["lead", "writer", "invited", "orderer", "outsider"]


def pages(hand: Hand, *starts: str) -> dict[str, str]:
    """{path: what stands on it} of every page of this person, each part of each form along."""
    return {path: "".join(str(page).split()) for path, page in crawl.read(hand.page, hand.base, starts, most=9)}


def where(word: str, found: dict[str, str]) -> set[str]:
    return {crawl.name_of(path) for path, text in found.items() if word in text}


@pytest.fixture
def reached(stage):
    """The coordinator has been told where the mother lives and which number is hers."""
    one = stage('cast.to("invited")')
    hand = one.hand("coordinator")
    one.press_of(hand, "mother", "contact")
    hand.fill("phone", "040 765 4321")
    hand.fill("postal", f"{STREET} 7\n12345 Esimerkkilä")
    hand.submit()
    return one


def protect(stage: Stage) -> None:
    """What stood there is refused beside the protection; emptied, it is taken."""
    hand = stage.hand("coordinator")
    stage.press_of(hand, "mother", "contact")
    hand.tick("protected")
    hand.submit()
    assert hand.page.locator("#id_postal_error").count() == 1
    assert hand.page.locator('[name="protected"]').is_checked()
    stage.look(hand)
    hand.fill("postal", "")
    hand.submit()
    assert hand.page.url.endswith("/people/")


def test_without_protection_the_coordinator_sees_the_address_and_the_letter_has_it(reached):
    """The twin: there is something that could leak."""
    matter = f"/matters/{reached.matter}/"

    seen = pages(reached.hand("coordinator"), matter, f"{matter}people/")

    assert where(STREET, seen) == {"members:contact"}
    assert where(NUMBER, seen) == CALLED
    assert STREET in reached.letter("Aino")


def test_a_protected_address_stands_on_no_page_of_anybody_and_on_no_paper(reached):
    protect(reached)
    matter = f"/matters/{reached.matter}/"

    of_coordinator = pages(reached.hand("coordinator"), matter, f"{matter}people/")
    others = {key: pages(reached.hand(key), "/today/", "/matters/") for key in OTHERS}
    others |= {key: pages(reached.let_in(key), "/own/") for key in ("mother", "close_one", "child")}

    assert where(STREET, of_coordinator) == set()
    assert where(NUMBER, of_coordinator) == CALLED
    assert {key for key, seen in others.items() if where(STREET, seen) | where(NUMBER, seen)} == set()
    assert {"members:people", "preparation:show", "desk:matter"} <= where("", others["lead"])
    assert {"preparation:who-comes"} <= where("Aino", others["close_one"])
    assert STREET not in reached.letter("Aino")
    assert STREET.encode() not in mailed(reached.server)
    contact = f"/people/{reached.members['mother']}/contact/"
    reached.hand("lead").go(contact)
    assert NUMBER not in reached.hand("lead").page.content()
