"""A father whose right a court has limited, from the limit to what he sees: what the judgement names, and no more."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from journeys.hands import Hand
from journeys.server import link_in
from journeys.stage import Stage
from kudelma.core.times import aware

pytestmark = pytest.mark.browser

PREPARED = """
cast.to("preparing")
cast.father = cast.add("own", "Mikko", "Saarela", relation="isä", address="mikko@example.org")
"""
FATHER, MOTHER = "mikko@example.org", "aino@example.org"
THEME = ["Aamut"]
PEOPLE = ["Aino", "Elias", "Ritva", "Heli", "Tapio", "Minna", "Sari"]
WORRY = ["huolissani", "helpottuvat"]
OF_PEOPLE = ["/own/people/", "/own/circle/"]
WAYS_IN = ["link", "code", "admission"]


def ways_in(stage: Stage, key: str, *hands: Hand) -> list[str]:
    """The ways in that can be made for that person on the page of the people, by any of these."""
    found = set()
    for hand in hands:
        page = stage.people(hand).page
        for way in WAYS_IN:
            path = f"/people/{stage.members[key]}/{way}/"
            if page.locator(f'[action="{path}"], [href="{path}"]').count():
                found.add(way)
    return sorted(found)


def n_mails(stage: Stage, address: str) -> int:
    return len([mail for mail in stage.server.post.mails if str(mail["To"]) == address])


def seen(stage: Stage, hand: Hand) -> str:
    """Everything on every page that this person comes to by links."""
    pages = stage.look_everywhere(hand, "/own/")
    assert len(pages) > 3
    return "\n".join(map(str, pages))


def at(hand: Hand, path: str) -> str:
    """What stands at that address, typed by hand."""
    hand.go(path)
    return hand.page.locator("html").inner_html()


def standing(words: list[str], text: str) -> list[str]:
    return [word for word in words if word in text]


def judge(stage: Stage, *opens: str) -> None:
    hand = stage.hand("coordinator")
    hand.go(f"/people/{stage.members['father']}/agreements/")
    hand.press('a[href$="/judgement/"]')
    hand.choose("kind", "limited")
    hand.fill("judged_by", "Liisa Laki, sosiaalityöntekijä")
    hand.fill("why", "Käräjäoikeuden päätös.")
    for part in ("time", "theme", "people", "plan"):
        hand.tick(f"opens_{part}", on=part in opens)
    hand.submit()
    assert "Liisa Laki" in hand.text


def in_nine_days() -> datetime:
    return aware(timezone.localdate() + timedelta(days=9), time(14))


@pytest.fixture
def limited(stage):
    """The father may not yet know anything: the coordinator has heard of the judgement of the court."""
    one = stage(PREPARED)
    coordinator, lead = one.hand("coordinator"), one.hand("lead")
    assert ways_in(one, "father", coordinator, lead) == ["admission", "link"]
    coordinator.go(f"/people/{one.members['father']}/agreements/")
    coordinator.press('form[action$="/limitation/"] button')
    one.look(coordinator)
    return one


def test_before_it_is_judged_no_link_and_no_letter_reaches_him(limited):
    coordinator, lead = limited.hand("coordinator"), limited.hand("lead")

    assert ways_in(limited, "father", coordinator, lead) == []
    assert ways_in(limited, "mother", coordinator, lead) == sorted(WAYS_IN)
    before = n_mails(limited, FATHER)
    limited.mailed(MOTHER, lambda: limited.ask_times(in_nine_days()))
    coordinator.go(f"/people/{limited.members['father']}/agreements/")
    coordinator.press('a[href$="/judgement/"]')
    coordinator.submit()
    assert coordinator.page.locator("#id_judged_by_error, #id_why_error").count() == 2
    limited.look(coordinator)

    assert ways_in(limited, "father", coordinator, lead) == []
    assert n_mails(limited, FATHER) == before


def test_then_he_sees_the_time_on_his_own_pages_and_nothing_else_by_address(limited):
    coordinator = limited.hand("coordinator")
    asked = limited.mailed(MOTHER, lambda: limited.ask_times(in_nine_days()))
    limited.comes_in("mother", link_in(asked)).press('button[name="answer"][value$=":well"]')

    judge(limited, "time")
    coordinator.go(f"/meetings/{limited.meeting}/answers/")
    asked = limited.mailed(FATHER, lambda: coordinator.press('form[action$="/asking/"] button'))
    father = limited.comes_in("father", link_in(asked))
    limited.look(father)
    father.press('button[name="answer"][value$=":well"]')
    assert standing(THEME + PEOPLE + WORRY, seen(limited, father)) == []

    limited.mailed(FATHER, limited.choose_and_invite)
    letter = limited.letter("Mikko")
    assert ("14.00" in letter, standing(THEME + PEOPLE, letter)) == (True, [])
    father, mother = limited.let_in("father"), limited.let_in("mother")
    his, hers = seen(limited, father), seen(limited, mother)

    assert "14.00" in his
    assert standing(THEME + PEOPLE + WORRY, his) == []
    assert standing(THEME + PEOPLE, hers) == [*THEME, "Aino", "Elias", "Ritva", "Heli", "Tapio", "Minna"]
    assert [standing(THEME + PEOPLE, at(father, path)) for path in OF_PEOPLE] == [[], []]
    assert all(standing(PEOPLE, at(mother, path)) for path in OF_PEOPLE)
    assert [limited.status(hand, "/own/openings/") for hand in (father, mother)] == [404, 200]
    others = [
        f"/matters/{limited.matter}/",
        f"/matters/{limited.matter}/people/",
        f"/meetings/{limited.meeting}/board/",
    ]
    assert [limited.status(father, path) for path in others] == [404] * 3


def test_a_newer_judgement_opens_more_at_once_and_one_that_closes_ends_his_link(limited):
    judge(limited, "time")
    father = limited.let_in("father")
    assert standing(THEME + PEOPLE, seen(limited, father)) == []

    judge(limited, "time", "theme")
    assert standing(THEME + PEOPLE, seen(limited, father)) == THEME
    judge(limited, "time")

    assert limited.status(father, "/own/") == 403
    father = limited.let_in("father")
    assert standing(THEME + PEOPLE, seen(limited, father)) == []
