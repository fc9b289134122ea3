"""What each one told alone is seen by that person, known for sure, and the coordinator; by nobody else, ever."""

import pytest
from bs4 import BeautifulSoup

import factories
from again import fresh
from kudelma.core.errors import Refused
from kudelma.members.actions import safety
from kudelma.members.inputs.own import SafetyTold
from kudelma.members.models import Safety
from kudelma.preparation.actions import preparation
from kudelma.preparation.inputs.preparation import PreparerNamed
from kudelma.trust.models import Entry

FEAR = "En voi puhua, jos Mikko on samassa huoneessa."
TOLD = {"freely": "En oikein.", "apart": FEAR, "safer": "Istun oven vieressä."}


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def tell(cast, version=0, member=None, **values):
    safety.tell_safety(
        fresh(member or cast.mother),
        version=version,
        values=SafetyTold(**TOLD | values),
        by=cast.coordinator,
        at=cast.at(),
    )


def kept(cast):
    cast.open()
    there = Safety.objects.get(member=cast.mother)
    return {name: getattr(there, name) for name in TOLD}


def typed(page):
    """What stands in the fields of a page."""
    return [field.get_text().strip() for field in BeautifulSoup(page.text, "html.parser").select("main textarea")]


# ---------------------------------------------------------------- who sees it


def test_it_is_seen_by_the_person_known_for_sure_and_the_coordinator_alone(prepared):
    tell(prepared)
    tell(prepared, member=prepared.professional)  # whose seat is that of a worker, and `invited` below
    seats = {name: getattr(prepared, name) for name in ("coordinator", "lead", "writer", "orderer", "invited")}
    seats |= {name: getattr(prepared, name) for name in ("outsider", "other_consultant", "steering", "administrator")}
    seats |= {"mother at 2": _at(prepared.mother, 2), "grandmother at 2": _at(prepared.close_one, 2)}

    seen = [name for name, seat in seats.items() if Safety.objects.visible_to(seat).exists()]
    mother_at_1 = Safety.objects.visible_to(_at(prepared.mother, 1)).exists()

    assert seen == ["coordinator", "mother at 2"]
    assert not mother_at_1


def _at(member, level):
    seat = fresh(member).seat
    seat.level = level
    return seat


@pytest.mark.complaint(29)
def test_no_page_of_anybody_else_holds_a_word_of_it(prepared):
    tell(prepared)
    preparation.name_preparer(
        prepared.fresh(), version=0, values=PreparerNamed(prepared.orderer, family_agreed=True),
        by=prepared.coordinator, at=prepared.at(),
    )  # fmt: skip
    matter, mother = prepared.matter.pk, prepared.mother.pk
    of_workers = [f"/matters/{matter}/", f"/matters/{matter}/people/", f"/matters/{matter}/preparation/", "/matters/",
                  f"/people/{mother}/", f"/people/{mother}/needs/", f"/people/{mother}/agreements/", "/today/",
                  f"/people/{mother}/safety/"]  # fmt: skip
    of_family = ["/own/", "/own/people/", "/own/needs/", "/own/safety/", "/own/openings/"]

    texts = [
        factories.sit(seat).get(path, secure=True).text
        for seat in (prepared.lead, prepared.orderer, prepared.invited)
        for path in of_workers
    ]
    texts += [factories.sit(prepared.close_one.seat, 2).get(path, secure=True).text for path in of_family]
    lists = [factories.sit(prepared.coordinator).get(path, secure=True).text for path in of_workers[:-1]]

    coordinator = factories.sit(prepared.coordinator).get(f"/people/{mother}/safety/", secure=True)
    assert FEAR in coordinator.text
    assert [text for text in texts + lists if any(words in text for words in TOLD.values())] == []


def test_the_coordinator_sees_quietly_that_there_is_an_answer_and_the_pair_does_not(prepared):
    people = f"/matters/{prepared.matter.pk}/people/"
    quiet = "On vastannut siihen, mitä kysyttiin kahden kesken."
    assert quiet not in factories.sit(prepared.coordinator).get(people, secure=True).text

    tell(prepared)

    assert quiet in factories.sit(prepared.coordinator).get(people, secure=True).text
    assert quiet not in factories.sit(prepared.lead).get(people, secure=True).text


def test_the_coordinators_reading_stands_in_the_record(prepared):
    tell(prepared)

    factories.sit(prepared.coordinator).get(f"/people/{prepared.mother.pk}/safety/", secure=True)

    assert Entry.objects.filter(door="members:safety", seat=prepared.coordinator.pk, what="read").count() == 1


# ---------------------------------------------------------------- at level 1: told, never shown


def test_at_level_one_the_form_is_always_empty(prepared):
    client = factories.sit(prepared.mother.seat, 1)
    answer = client.post("/own/safety/", TOLD, secure=True)

    after = client.get("/own/safety/", secure=True)

    assert answer.headers["Location"] == "/own/safety/"
    assert kept(prepared) == TOLD
    assert typed(after) == ["", "", ""]
    assert [words for words in TOLD.values() if words in after.text] == []
    assert "Tallennettu." in after.text


def test_at_level_two_the_person_sees_and_changes_what_was_told(prepared):
    tell(prepared)
    client = factories.sit(prepared.mother.seat, 2)
    assert typed(client.get("/own/safety/", secure=True)) == list(TOLD.values())

    client.post("/own/safety/", TOLD | {"apart": "Ei ketään.", "version": 1}, secure=True)

    assert kept(prepared)["apart"] == "Ei ketään."


def test_whoever_holds_the_link_and_the_code_cannot_take_away_what_was_told(prepared):
    """Somebody who forces a person to answer anew must not be able to empty what stood."""
    tell(prepared)
    client = factories.sit(prepared.mother.seat, 1)

    client.post("/own/safety/", {"apart": "Ei ketään.", "freely": "Kyllä.", "safer": ""}, secure=True)

    assert kept(prepared) == {
        "freely": "En oikein.\n\nKyllä.", "apart": f"{FEAR}\n\nEi ketään.", "safer": "Istun oven vieressä.",
    }  # fmt: skip


def test_the_same_words_twice_are_kept_once(prepared):
    for _ in range(2):
        safety.add_safety(fresh(prepared.mother), values=SafetyTold(**TOLD), by=prepared.mother.seat, at=prepared.at())
        prepared.open()

    assert kept(prepared) == TOLD
    assert Safety.objects.get().version == 1


def test_an_empty_answer_is_not_taken_and_says_so(prepared):
    client = factories.sit(prepared.mother.seat, 1)

    assert client.post("/own/safety/", {"freely": "", "apart": " "}, secure=True).status_code == 422
    assert not Safety.objects.exists()


def test_when_there_is_no_room_for_more_it_is_said_and_what_stood_stays(prepared):
    prepared.open()
    long = "a" * 990
    for number in range(4):
        values = SafetyTold(freely=f"{number}{long}", apart="", safer="")
        safety.add_safety(fresh(prepared.mother), values=values, by=prepared.mother.seat, at=prepared.at())

    values = SafetyTold(freely=f"4{long}", apart="", safer="")
    with pytest.raises(Refused):
        safety.add_safety(fresh(prepared.mother), values=values, by=prepared.mother.seat, at=prepared.at())

    assert kept(prepared)["freely"].startswith(f"0{long}")


def test_nothing_of_it_is_on_the_own_page(prepared):
    tell(prepared)

    texts = [factories.sit(prepared.mother.seat, level).get("/own/", secure=True).text for level in (1, 2)]

    assert all("/own/safety/" in text for text in texts)
    assert [text for text in texts if FEAR in text] == []
