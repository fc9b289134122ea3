"""What did not arrive waits on the desk, to whomever it went, until the coordinator has seen to it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from kudelma.core.sealed import closed_values
from kudelma.meetings.actions import invitations, postponing
from kudelma.meetings.models import Invitation
from kudelma.members.models import Member
from kudelma.people.models import Message


def refuse(cast, seat, kind):
    """The newest message of this kind to this seat comes back."""
    message = Message.objects.filter(seat=seat, kind=kind, space=cast.matter.pk).latest("made_at")
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


# ---------------------------------------------------------------- to whom no message goes


def untold(cast):
    """The lines of the coordinator's desk that send her to the invitations."""
    desk = factories.sit(cast.coordinator).get("/today/", secure=True)
    return [line.url for line in desk.context["groups"]["now"] if "ei ole vielä kerrottu" in line.text]


def tell(cast, who):
    found = Invitation.objects.select_related("meeting", "member__matter").get(member=who)
    invitations.tell_by_hand(found, how="phone", by=cast.coordinator, at=cast.at())


@pytest.fixture
def without_address(cast):
    """The grandmother is reached by no message."""
    cast.to("inviting")
    cast.open()
    member = Member.objects.select_related("matter").get(pk=cast.close_one.pk)
    nothing = {"address": "", "second_address": "", "phone": ""}
    Member.objects.filter(pk=member.pk).update(**closed_values(member, nothing))
    cast.invite()
    Invitation.objects.filter(member=member).update(told="", told_at=None, told_by=None)
    return cast


def test_one_who_gets_no_message_stands_on_the_desk_until_somebody_has_told_them(without_address):
    cast = without_address
    assert untold(cast) == [f"/meetings/{cast.meeting.pk}/invitations/"]
    assert (
        "Jollekulle ei ole vielä kerrottu"
        in factories.sit(cast.coordinator).get(cast.matter.get_absolute_url(), secure=True).text
    )

    tell(cast, cast.close_one)

    assert untold(cast) == []


def test_whoever_had_been_told_of_the_old_time_is_to_be_told_of_the_new_one(without_address):
    cast = without_address
    tell(cast, cast.close_one)
    meeting = cast.the_meeting()

    postponing.move_to(
        meeting, starts_at=meeting.starts_at + timedelta(days=1), place="Kirjasto", place_shown=False, seen=0,
        by=cast.coordinator, at=cast.at(),
    )  # fmt: skip

    assert len(untold(cast)) == 1


def test_nobody_is_to_be_told_once_people_have_met(without_address):
    without_address.meet()

    assert untold(without_address) == []


def test_a_closed_matter_has_nothing_to_see_to(cast):
    message = invited(cast)
    client = factories.sit(cast.coordinator)
    assert f"/deliveries/{message.pk}/" in client.get(cast.matter.get_absolute_url(), secure=True).text
    for act in (cast.meet, cast.plan, cast.end, cast.close):
        act()

    assert f"/deliveries/{message.pk}/" not in client.get(cast.matter.get_absolute_url(), secure=True).text
