"""What did not arrive waits on the desk, to whomever it went, until the coordinator has seen to it."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from kudelma.people.models import Message


def refuse(cast, seat, kind):
    """The newest message of this kind to this seat comes back."""
    message = Message.objects.filter(seat=seat, kind=kind, matter=cast.matter.pk).latest("made_at")
    Message.objects.filter(pk=message.pk).update(way="mail", refused_at=timezone.now(), trouble="no_such")
    return message


def asked(cast):
    cast.to("pairing")
    return refuse(cast, cast.offered(cast.lead, "lead").seat, "waits")


def ordered(cast):
    cast.to("pairing")
    return refuse(cast, cast.orderer, "waits")


def invited(cast):
    cast.to("invited")
    return refuse(cast, cast.lead, "invitation")


@pytest.mark.parametrize("one", [asked, ordered, invited])
def test_somebody_who_works_here_is_seen_to_on_the_matters_page(cast, one):
    message = one(cast)
    client = factories.sit(cast.coordinator)
    told = [line for line in client.get("/today/", secure=True).context["groups"]["now"] if "Viesti" in line.text]
    page = BeautifulSoup(client.get(told[0].url, secure=True).text, "html.parser")

    form = page.select_one(f"form[action='/deliveries/{message.pk}/']")
    answer = client.post(f"/deliveries/{message.pk}/", {"how": form.button["value"]}, secure=True)

    assert message.seat.account.name in page.main.text
    assert answer.status_code == 302
    assert f"/deliveries/{message.pk}/" not in client.get(told[0].url, secure=True).text
    assert Message.objects.get(pk=message.pk).seen_to_by == cast.coordinator.pk


def test_nobody_else_is_told_that_it_did_not_arrive(cast):
    message = invited(cast)

    for seat in (cast.lead, cast.invited):
        page = factories.sit(seat).get(cast.matter.get_absolute_url(), secure=True)
        assert page.status_code == 200
        assert f"/deliveries/{message.pk}/" not in page.text


@pytest.mark.parametrize(("who", "status"), [("coordinator", 302), ("lead", 404), ("other_coordinator", 404)])
def test_only_the_coordinator_of_the_region_sees_to_it(cast, who, status):
    message = asked(cast)
    cast.other_coordinator = factories.Cast(factories.region()).coordinator

    answer = factories.sit(getattr(cast, who)).post(f"/deliveries/{message.pk}/", {"how": "phoned"}, secure=True)

    assert answer.status_code == status
