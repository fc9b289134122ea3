"""One who speaks Swedish in a Finnish matter, with an interpreter: pages, messages and paper come in her language."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from journeys.hands import Hand
from journeys.server import link_in, text_of
from journeys.stage import Stage
from kudelma.core.times import aware

pytestmark = pytest.mark.browser

MALIN, MOTHER = "malin@example.org", "aino@example.org"
CLOSEST = "one => one.closest('[lang]').lang"


def in_ten_days() -> datetime:
    return aware(timezone.localdate() + timedelta(days=10), time(14))


def language_of(hand: Hand, words: str) -> str:
    """The language that the open page tells of these words."""
    found: str = hand.page.get_by_text(words, exact=True).first.evaluate(CLOSEST)
    return found


def language(hand: Hand) -> str | None:
    return hand.page.locator("html").get_attribute("lang")


@pytest.fixture
def along(stage):
    """Malin is one of those who come: the lead has written her down, and what the interpreter is needed for."""
    one = stage('cast.to("preparing")')
    lead, coordinator = one.hand("lead"), one.hand("coordinator")
    lead.go(f"/matters/{one.matter}/people/new/own/")
    for name, text in {"name": "Malin", "surname": "Holm", "relation": "täti", "why": "Malin auttaa."}.items():
        lead.fill(name, text)
    lead.choose("language", "sv")
    lead.submit()
    card = 'li.card:has-text("Malin")'
    lead.press(f'{card} button[name="how"][value="face"]')
    one.members["malin"] = lead.page.locator(f'{card} a[href$="/needs/"]').get_attribute("href").split("/")[2]
    lead.press(f'{card} a[href$="/needs/"]')
    lead.fill("interpreter", "ruotsin kielen tulkki")
    lead.submit()
    one.press_of(coordinator, "malin", "contact")
    coordinator.fill("address", MALIN)
    coordinator.submit()
    return one


def seeing(stage: Stage, word: str) -> dict[str, list[str]]:
    """{who: the pages of the preparation} on which that word stands."""
    found: dict[str, list[str]] = {}
    for key in ("coordinator", "lead", "writer", "outsider"):
        hand = stage.hand(key)
        for name in ("people", "preparation"):
            hand.go(f"/matters/{stage.matter}/{name}/")
            if word in hand.page.content():
                found.setdefault(key, []).append(name)
    return found


def test_the_need_of_an_interpreter_is_seen_by_those_who_arrange_it(along):
    both = ["people", "preparation"]

    assert seeing(along, "ruotsin kielen tulkki") == {"coordinator": both, "lead": both, "writer": both}
    assert along.status(along.hand("outsider"), f"/matters/{along.matter}/preparation/") == 404
    assert language_of(along.hand("coordinator"), "ruotsin kielen tulkki") == "fi"
    along.look(along.hand("coordinator"))


def test_her_pages_messages_and_letter_are_in_swedish(along):
    mails = len(along.server.post.mails)
    asked = along.mailed(MALIN, lambda: along.ask_times(in_ten_days()))
    mothers = along.server.post.wait(MOTHER, after=mails)

    malin = along.comes_in("malin", link_in(asked), language="")
    assert "Vi söker en gemensam tid." in text_of(asked)
    assert "Yhteistä aikaa etsitään." in text_of(mothers)
    assert "Hej Malin" in malin.text
    assert "Passar bra" in malin.page.locator('button[value$=":well"]').inner_text()
    malin.press('button[name="answer"][value$=":well"]')
    along.comes_in("mother", link_in(mothers)).press('button[name="answer"][value$=":well"]')
    mails = len(along.server.post.mails)
    along.choose_and_invite()

    assert "Vi berättar per telefon var mötet hålls." in text_of(along.server.post.wait(MALIN, after=mails))
    assert "Kerromme paikan puhelimessa." in text_of(along.server.post.wait(MOTHER, after=mails))
    assert "Hej Malin" in along.letter("Malin")
    assert "Hei Aino" in along.letter("Aino")
    malin = along.let_in("malin", language="")
    assert {str(page.html["lang"]) for page in along.look_everywhere(malin, "/own/")} == {"sv"}
    malin.go("/own/")
    assert language_of(malin, "Vad vi funderar på tillsammans") == "sv"
    assert language_of(malin, "Aamut") == "fi"


def test_words_stand_on_every_page_in_the_language_in_which_they_were_written(along):
    """A Finnish page tells of Swedish words that they are Swedish, so that they are read aloud right."""
    malin, lead, coordinator = along.let_in("malin", language=""), along.hand("lead"), along.hand("coordinator")
    malin.go("/own/needs/")
    assert language(malin) == "sv"
    malin.fill("needs", "Ett lugnt rum")
    malin.submit()
    lead.page.context.add_cookies([{"name": "kudelma-language", "value": "sv", "url": lead.base}])
    lead.go(f"/matters/{along.matter}/preparation/ground-rules/")
    lead.fill("ground_rules", "En talar i taget.")
    lead.submit()

    coordinator.go(f"/matters/{along.matter}/preparation/")

    assert language(coordinator) == "fi"
    words = ["Ett lugnt rum", "En talar i taget.", "Aamut"]
    assert [language_of(coordinator, one) for one in words] == ["sv", "sv", "fi"]
    along.look(coordinator)
