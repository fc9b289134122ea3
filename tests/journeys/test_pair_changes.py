"""Those who lead change: one refuses, one withdraws, one is ill on the morning; the matter goes on all the time."""

from functools import partial

import pytest

from journeys import crawl
from journeys.hands import Hand
from journeys.stage import NAMES, Stage

pytestmark = pytest.mark.browser

THIS_MORNING = """
from datetime import timedelta
cast.now = cast.now - timedelta(days=7) + timedelta(minutes=90)  # they meet in an hour and a half
cast.to("invited")
"""
INVITED, UNINVITED = "Kerromme paikan puhelimessa.", "vapaana"
"""What stands in the message that goes with an entry, and in the one that takes it back."""
REASONS = 'main :is(textarea, input:not([type="hidden"]), select)'


def first_name(key: str) -> str:
    return NAMES[key].split()[0]


def ask(stage: Stage, key: str, part: str) -> None:
    """The coordinator asks that consultant, of whom the page tells trade and unit."""
    hand = stage.hand("coordinator")
    hand.go(f"/matters/{stage.matter}/pair/")
    stage.look(hand)
    hand.press(f'li.card:has(input[value="{stage.consultants[key]}"]) button[value="{part}"]')
    assert NAMES[key] in hand.text


def may_be_asked(stage: Stage) -> set[str]:
    """Those whom the page lists to be asked."""
    page = stage.hand("coordinator").page
    page.goto(f"{stage.server.url}/matters/{stage.matter}/pair/")
    return {key for key, pk in stage.consultants.items() if page.locator(f'li.card input[value="{pk}"]').count()}


def answer(stage: Stage, key: str, what: str) -> str:
    """The one asked answers on the page of the question. Gives its address."""
    hand = stage.hand(key)
    hand.go("/today/")
    hand.press('main a[href^="/offers/"]')
    stage.look(hand)
    assert hand.page.locator(REASONS).count() == 0
    path = hand.page.url.removeprefix(hand.base)
    asked_first = hand.page.locator(f'details:has(button[value="{what}"]) > summary')
    if asked_first.count():
        asked_first.click()
    hand.press(f'button[value="{what}"]')
    return path


def step(stage: Stage, hand: Hand) -> str:
    """Where the matter is, as the thread of its page tells."""
    hand.go(f"/matters/{stage.matter}/")
    return hand.page.locator("main .thread-of-time [aria-current]").inner_text()


def texts(hand: Hand, *starts: str) -> str:
    return "\n".join(str(page.main) for _, page in crawl.read(hand.page, hand.base, starts))


def named_as_leading(stage: Stage, person: Hand) -> set[str]:
    """Which consultants the person's pages name. Who has opened the matter is told on a page of its own."""
    person.go("/own/")
    text = person.text
    person.go("/own/people/")
    stage.look(person)
    text += person.text
    return {key for key in ("lead", "writer", "other_consultant") if first_name(key) in text}


def test_one_refuses_and_one_withdraws_silently_and_the_next_one_leads(stage):
    one = stage('cast.to("pairing")')
    coordinator = one.hand("coordinator")
    ask(one, "lead", "lead")
    assert may_be_asked(one) == {"writer", "other_consultant", "fourth", "fifth"}

    offer = answer(one, "lead", "withdraw")

    refused = one.hand("lead")
    assert refused.page.url.endswith("/today/")
    assert [one.status(refused, path) for path in (offer, f"/matters/{one.matter}/")] == [404, 404]
    assert may_be_asked(one) == {"writer", "other_consultant", "fourth", "fifth"}
    assert NAMES["lead"] not in coordinator.text
    ask(one, "other_consultant", "lead")
    ask(one, "writer", "writer")
    for key in ("other_consultant", "writer"):
        answer(one, key, "accept")
    before = step(one, coordinator)

    leaving = one.hand("other_consultant")
    leaving.go(f"/matters/{one.matter}/")
    leaving.press('a[href$="/ending/"]')
    assert leaving.page.locator(REASONS).count() == 0
    one.look(leaving)
    leaving.press("main form button")

    assert leaving.page.url.endswith("/today/")
    assert one.status(leaving, f"/matters/{one.matter}/") == 404
    assert step(one, coordinator) == step(one, one.hand("writer")) == before
    ask(one, "fourth", "lead")
    answer(one, "fourth", "accept")
    new = one.hand("fourth")
    new.go(f"/matters/{one.matter}/topic/")
    new.fill("topic", "Aamut")
    new.submit()
    assert "Aamut" in texts(new, f"/matters/{one.matter}/")
    assert first_name("other_consultant") not in texts(one.hand("writer"), f"/matters/{one.matter}/")
    assert one.status(leaving, f"/matters/{one.matter}/") == 404


def test_on_the_morning_somebody_else_comes_and_the_meeting_is_held(stage):
    one = stage(THIS_MORNING)
    coordinator, ill, new = one.hand("coordinator"), one.hand("lead"), one.hand("other_consultant")
    mother = one.let_in("mother")
    beginning = f"/meetings/{one.meeting}/beginning/"
    assert named_as_leading(one, mother) == {"lead", "writer"}
    seen = [f"/matters/{one.matter}/{page}" for page in ("", "people/", "preparation/", "circle/")] + [beginning]
    assert [[one.status(hand, path) for path in seen] for hand in (ill, new)] == [[200] * 5, [404] * 5]

    coordinator.go(f"/meetings/{one.meeting}/invitations/")
    one.look(coordinator)
    coordinator.press(f'main a[href="/matters/{one.matter}/pair/"]')
    coordinator.press(f'main li:has-text("{NAMES["lead"]}") a[href$="/ending/"]')
    one.look(coordinator)
    uninvited = one.mailed(one.addresses["lead"], lambda: coordinator.press("main form button"), UNINVITED)
    ask(one, "other_consultant", "lead")
    accept = partial(answer, one, "other_consultant", "accept")
    invited = one.mailed(one.addresses["other_consultant"], accept, INVITED)

    entries = [part for mail in (uninvited, invited) for part in mail.walk() if part.get_param("method")]
    assert [part.get_param("method") for part in entries] == ["CANCEL", "REQUEST"]
    assert [[one.status(hand, path) for path in seen] for hand in (ill, new)] == [[404] * 5, [200] * 5]
    assert named_as_leading(one, mother) == {"other_consultant", "writer"}
    coordinator.go(f"/matters/{one.matter}/")
    one.look(coordinator)
    coordinator.press('form[action^="/changes/"] button')
    assert coordinator.page.locator('form[action^="/changes/"]').count() == 0

    new.go("/today/")
    new.press(f'a[href="{beginning}"]')
    for box in new.page.locator('[name="here"]').all():
        new.check(box)
    new.submit()
    assert new.page.url.endswith("/board/")
    assert one.status(one.hand("writer"), f"/meetings/{one.meeting}/board/") == 200
    assert one.status(ill, f"/meetings/{one.meeting}/board/") == 404
