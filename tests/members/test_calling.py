"""The number beside «call»: for the coordinator, with what was said of calling safely, and for nobody else."""

import pytest
from bs4 import BeautifulSoup

import factories
from again import fresh, main, said_of
from kudelma.meetings.actions import postponing
from kudelma.members.actions import people
from kudelma.members.inputs.people import SafeContact

NUMBER, NOTE = "+358401234500", "Aamupäivisin ennen kymmentä."


def reach(cast, **values):
    mother = fresh(cast.mother)
    values = said_of(SafeContact, mother, **values)
    people.change_contact(
        mother, version=mother.version, values=values, has_called=True, by=cast.coordinator, at=cast.at()
    )


@pytest.fixture
def reached(cast):
    """The mother has told by which number and when she is called safely."""
    cast.to("timing")
    cast.open()
    reach(cast, phone=NUMBER, contact_way="phone", contact_note=NOTE)
    return cast


def answer_page(cast, seat):
    address = f"/meetings/{cast.the_meeting().pk}/answers/{cast.mother.pk}/"
    return factories.sit(seat).get(address, secure=True)


def numbers(answer):
    return [link["href"] for link in BeautifulSoup(answer.text, "html.parser").select('main a[href^="tel:"]')]


def test_who_is_to_be_called_stands_with_the_number_the_safe_way_and_the_note(reached):
    page = answer_page(reached, reached.coordinator)

    assert numbers(page) == [f"tel:{NUMBER}"]
    assert all(words in main(page) for words in (NOTE, "puhelimessa", "Älä jätä viestiä"))


def test_where_no_number_is_known_the_page_leads_to_where_it_is_written_down(reached):
    reach(reached, phone="")

    page = answer_page(reached, reached.coordinator)

    assert numbers(page) == []
    assert f'href="/people/{reached.mother.pk}/contact/?back=/meetings/' in page.text


def test_who_wishes_to_stop_stands_with_the_number(reached):
    postponing.wish_to_stop(fresh(reached.mother), by=reached.mother.seat, at=reached.at())

    page = factories.sit(reached.coordinator).get(f"/matters/{reached.matter.pk}/stopping/", secure=True)

    assert f"tel:{NUMBER}" in numbers(page)


@pytest.mark.parametrize("seat", ["lead", "orderer", "invited"])
def test_nobody_else_is_told_the_number(reached, seat):
    client = factories.sit(getattr(reached, seat))

    seen = [answer_page(reached, getattr(reached, seat))]
    seen += [
        client.get(f"/matters/{reached.matter.pk}/{part}", secure=True) for part in ("", "people/", "preparation/")
    ]

    assert not [answer.status_code for answer in seen if NUMBER in answer.text or "123 4500" in answer.text]


@pytest.mark.parametrize(
    ("back", "to"), [("/own/", "/own/"), ("", "people/"), ("https://example.org/", "people/"), ("//x.org/", "people/")]
)
def test_whoever_came_from_a_page_that_told_to_call_goes_back_there_and_nowhere_else(reached, back, to):
    client = factories.sit(reached.coordinator)
    address = f"/people/{reached.mother.pk}/contact/?back={back}"

    page = BeautifulSoup(client.get(address, secure=True).text, "html.parser")

    assert page.select("main form + *, main form a")[-1]["href"].endswith(to)
    assert not page.select('main form a[href*="org"]')


def test_who_has_pressed_nothing_can_be_called_from_the_page_that_stops_everything(reached):
    page = factories.sit(reached.coordinator).get(f"/matters/{reached.matter.pk}/stopping/", secure=True)

    assert f"tel:{NUMBER}" in numbers(page)
