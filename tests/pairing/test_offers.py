"""What somebody who is asked to lead reads: the offers in their order, and the meeting when its time is chosen."""

from datetime import timedelta

import pytest

import factories
from kudelma.meetings.access import hours_ahead, meeting_ahead
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment


@pytest.mark.parametrize(
    ("step", "is_ahead"), [("timing", False), ("inviting", True), ("meeting", True), ("following", False)]
)
def test_a_meeting_is_ahead_from_the_chosen_time_until_it_has_been_held(cast, step, is_ahead):
    factories.Cast(cast.region).to("inviting")
    cast.to(step)

    assert meeting_ahead(cast.matter) == (cast.meeting if is_ahead else None)


def test_a_matter_asks_for_the_hours_asked_about_then_for_the_chosen_one_and_for_none_once_people_have_met(cast):
    factories.Cast(cast.region).to("timing")
    cast.to("timing")
    asked = [(option.starts_at, option.starts_at + timedelta(minutes=150)) for option in cast.options()]
    assert sorted(hours_ahead(cast.matter)) == sorted(asked)

    cast.choose()
    starts = cast.the_meeting().starts_at
    assert set(hours_ahead(cast.matter)) == {(starts, starts + timedelta(minutes=150))} < set(asked)

    for further in (cast.invite, cast.meet, cast.plan, cast.end):
        further()
    assert list(hours_ahead(cast.matter)) == []


def test_offers_come_in_the_order_in_which_they_were_made(cast):
    for days in (1, 3, 2):
        other = factories.Cast(cast.region).to("pairing")
        other.open()
        pairing.offer(other.fresh(), cast.lead.consultant, part="lead", by=other.coordinator, at=other.at())
        LeadAssignment.objects.filter(matter=other.matter).update(offered_at=cast.at() - timedelta(days=days))

    offered = list(LeadAssignment.objects.filter(seat=cast.lead).offered().for_offers())

    assert [offer.offered_at for offer in offered] == sorted(offer.offered_at for offer in offered)
    assert len(offered) == 3
