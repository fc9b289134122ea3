"""A participant's first page: the one thing to do; more only when it is known for sure who looks."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from again import main
from kudelma.meetings.actions import times

OTHERS = ["Elias", "Ritva", "Koskela", "mummo", "terveydenhoitaja"]


def page(member, level=2):
    return factories.sit(member.seat, level).get("/own/", secure=True)


def links(answer):
    return {one["href"] for one in BeautifulSoup(answer.text, "html.parser").main.select("a[href]")}


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("preparing", "Tapaamista valmistellaan. Sinun ei tarvitse nyt tehdä mitään."),
        ("timing", "Mikä aika sinulle käy?"),
        ("inviting", "klo"),
        ("invited", "klo"),
    ],
)
def test_the_first_page_says_where_we_are(cast, step, told):
    cast.to(step)

    assert told in main(page(cast.mother, 1))


def test_the_question_about_times_goes_when_it_is_answered(cast):
    cast.to("timing")
    assert "/own/time/" in links(page(cast.mother, 1))
    assert "Mikä aika sinulle käy?" in main(page(cast.mother, 1))

    for option in cast.options():
        times.answer(
            cast.the_meeting(), cast.mother, options={option: "well"}, coming="", by=cast.mother.seat, at=cast.at()
        )

    assert "Mikä aika sinulle käy?" not in main(page(cast.mother, 1))


@pytest.mark.parametrize("coming", ["call", "unsure"])
def test_a_wish_for_a_call_is_an_answer(cast, coming):
    cast.to("timing")

    times.answer(cast.the_meeting(), cast.mother, options={}, coming=coming, by=cast.mother.seat, at=cast.at())

    assert "Mikä aika sinulle käy?" not in main(page(cast.mother, 1))


def test_somebody_who_need_not_answer_is_not_asked(cast):
    cast.to("timing")

    assert "Mikä aika sinulle käy?" not in main(page(cast.child, 1))


@pytest.mark.parametrize(("level", "shown"), [(1, False), (2, True)])
def test_a_place_that_may_not_be_shown_is_told_only_to_one_who_is_known(cast, level, shown):
    cast.to("invited")

    told = main(page(cast.mother, level))

    assert ("Kirjaston ryhmähuone" in told) == shown
    assert ("Kerromme paikan puhelimessa." in told) != shown


def test_at_level_one_nothing_of_the_others_or_the_matter_is_shown(cast):
    cast.to("planning")
    cast.say(cast.mother, "Aamut sujuvat.")

    once, twice = main(page(cast.mother, 1)), main(page(cast.mother, 2))

    for word in ("Aamut sujuvat.", "Soitan kouluun."):
        assert word in twice
        assert word not in once
    assert [word for word in OTHERS if word in once] == []


def test_own_words_are_ones_own_alone(cast):
    cast.to("meeting")
    cast.say(cast.mother, "Äidin oma sana.")
    cast.say(cast.child, "Lapsen oma sana.")

    assert "Äidin oma sana." in main(page(cast.mother))
    assert "Lapsen oma sana." not in main(page(cast.mother))
    assert "Lapsen oma sana." in main(page(cast.child))


def test_feedback_is_asked_of_those_who_were_there_from_the_next_day(cast):
    cast.to("following")
    address = f"/meetings/{cast.meeting.pk}/feedback/"
    assert address not in links(page(cast.mother))

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert address in links(page(cast.mother))
        assert address not in links(page(cast.close_one))
        assert address not in links(page(cast.mother, 1))


def test_the_openings_name_the_professionals_and_no_member_of_the_family(cast):
    cast.to("invited")
    factories.sit(cast.lead).get(cast.matter.get_absolute_url(), secure=True)
    page(cast.close_one)

    told = factories.sit(cast.mother.seat, 2).get("/own/openings/", secure=True)

    assert {opening["seat"] for opening in told.context["openings"]} == {cast.lead}
    assert cast.lead.account.first_name in main(told)
    assert "/own/openings/" in links(page(cast.mother))


def test_every_link_of_the_page_opens(cast):
    cast.to("planning")
    client = factories.sit(cast.mother.seat, 2)
    found = {link for link in links(client.get("/own/", secure=True)) if link.startswith("/own/")}

    assert len(found) >= 2
    assert {link: client.get(link, secure=True).status_code for link in found} == dict.fromkeys(found, 200)


def test_the_page_fetches_nothing_from_elsewhere(cast):
    cast.to("planning")

    shown = BeautifulSoup(page(cast.mother).text, "html.parser")

    fetched = [one.get("src") or one.get("href") for one in shown.select("[src], link[href]")]
    assert fetched != []
    assert [address for address in fetched if not address.startswith("/")] == []


@pytest.mark.parametrize("path", ["/own/", "/own/needs/", "/own/time/", "/own/stopping/", "/own/nothing-here/"])
def test_on_every_page_of_a_participant_stands_the_number_to_call(cast, path):
    cast.to("timing")
    assert "tel:" not in factories.sit(cast.mother.seat, 1).get(path, secure=True).text

    type(cast.region).objects.update(help_phone="+358400000100")

    assert 'href="tel:+358400000100"' in factories.sit(cast.mother.seat, 1).get(path, secure=True).text
    assert "tel:+358400000100" not in factories.sit(cast.invited).get(cast.matter.get_absolute_url(), secure=True).text
