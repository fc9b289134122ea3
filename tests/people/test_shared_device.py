"""One phone, several people: an old page does not speak for the next person, and a worker is not a participant."""

import re

import pytest

import factories
from kudelma.meetings.models import Answer

MARK = re.compile(r'name="page_of" value="(\w+)"')


def mark_in(client, path):
    return MARK.search(client.get(path, secure=True).content.decode()).group(1)


@pytest.fixture
def asked(cast):
    return cast.to("timing")


def test_a_page_that_somebody_else_opened_saves_nothing(asked):
    mother, other = factories.sit(asked.mother.seat), factories.sit(asked.close_one.seat)
    option = asked.options()[0]
    sent = {"answer": f"{option.pk}:cannot", "page_of": mark_in(mother, "/own/time/")}

    refused = other.post("/own/time/", sent, secure=True)

    assert refused.status_code == 409
    assert str(option.pk) not in refused.content.decode()
    assert Answer.objects.count() == 0
    assert mother.post("/own/time/", sent, secure=True).status_code == 302
    assert Answer.objects.get().member == asked.mother


def test_a_worker_who_took_another_seat_is_told_and_loses_nothing(asked):
    client = factories.sit(asked.orderer)
    sent = {"worry": "Olen huolissani.", "page_of": mark_in(factories.sit(asked.invited), "/orders/new/meeting/")}

    answer = client.post("/orders/new/meeting/", sent, secure=True)

    assert answer.status_code == 409
    assert "Olen huolissani." in answer.content.decode()
    assert set(MARK.findall(answer.content.decode())) == {mark_in(client, "/orders/new/meeting/")}


@pytest.mark.parametrize("path", ["/nowhere/", "/today/"])
def test_pages_that_say_no_have_the_way_out_and_name_nothing(asked, path):
    page = factories.sit(asked.mother.seat).get(path, secure=True).content.decode()

    assert "data-close-page" in page
    assert "Kudelma" not in re.search("<title>(.*)</title>", page).group(1)
    works = factories.sit(asked.coordinator).get("/nowhere/", secure=True).content.decode()
    assert "data-close-page" not in works
