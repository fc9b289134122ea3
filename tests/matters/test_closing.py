"""Closed: read-only, ways in revoked, a day on which the space is emptied, told as not done."""

from datetime import date

import pytest

import factories
from kudelma.core.errors import Refused
from kudelma.matters.actions.closing import close_matter
from kudelma.meetings.actions import postponing
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.leading import named_to
from kudelma.pairing.models import LeadAssignment, LeadChangeNotice
from kudelma.people.actions import links
from kudelma.people.models import Admission, PersonalLink, Seat
from kudelma.trust.models import Retention


def test_closing_revokes_every_way_in(cast):
    cast.to("following")
    mother = factories.sit(cast.mother.seat, 2)
    assert mother.get("/own/", secure=True).status_code == 200

    close_matter(cast.fresh(), by=cast.coordinator, at=cast.at())

    assert mother.get("/own/", secure=True).status_code == 403
    assert not PersonalLink.objects.open().exists()
    assert not Admission.objects.filter(ended_at=None).exists()
    assert not Seat.objects.filter(space=cast.matter.pk, ended_at=None).exists()


def test_the_day_of_emptying_is_kept_and_told_as_not_done(cast):
    cast.to("closed")

    told = Retention.objects.get()
    page = factories.sit(cast.coordinator).get(cast.matter.get_absolute_url(), secure=True).text

    assert (told.empties_on.year - told.closed_on.year) * 12 + told.empties_on.month - told.closed_on.month == 12
    assert told.emptied_at is None
    assert str(told.empties_on.year) in page
    assert "Sitä ei ole vielä tehty." in page


def test_a_matter_is_closed_once_and_only_after_its_meeting(cast):
    cast.to("invited")
    with pytest.raises(Refused):
        close_matter(cast.fresh(), by=cast.coordinator, at=cast.at())

    other = factories.Cast(cast.region).to("closed")
    with pytest.raises(Refused):
        close_matter(other.fresh(), by=other.coordinator, at=other.at())


def test_the_last_day_of_a_month_stays_a_day(cast):
    from dateutil.relativedelta import relativedelta

    assert date(2028, 2, 29) + relativedelta(months=12) == date(2029, 2, 28)


# ---------------------------------------------------------------- what was still open


def in_place_of(cast, part):
    """One of the two has ended, and the third consultant is asked for their part."""
    former = getattr(cast, part)
    pairing.end_pairing(LeadAssignment.objects.get(matter=cast.matter, seat=former), by=cast.coordinator, at=cast.at())
    one = cast.other_consultant
    return one, pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())


def stop(cast):
    """Somebody does not want to go on: before people have met, this is how a matter is closed."""
    postponing.stop(cast.fresh(), seen="preparing", leaving=[], closes=True, by=cast.coordinator, at=cast.at())


def test_an_unanswered_question_is_gone_once_the_matter_is_closed(cast):
    one, offer = in_place_of(cast.to("preparing"), "writer")
    pairing.open_names(offer, by=one, at=cast.at())
    client, address = factories.sit(one), f"/offers/{offer.pk}/"
    assert (client.get(address, secure=True).status_code, named_to(one).count()) == (200, 4)

    stop(cast)

    assert (client.get(address, secure=True).status_code, named_to(one).count()) == (404, 0)
    assert client.get("/today/", secure=True).context["groups"]["now"] == []
    for answer in (pairing.accept_offer, pairing.withdraw, pairing.open_names):
        with pytest.raises(Refused):
            answer(offer, by=one, at=cast.at())


def test_a_change_that_nobody_has_told_is_not_to_be_told_once_the_matter_is_closed(cast):
    one, offer = in_place_of(cast.to("preparing"), "lead")
    pairing.accept_offer(offer, by=one, at=cast.at())
    change = LeadChangeNotice.objects.open().get()

    stop(cast)

    assert list(LeadChangeNotice.objects.open()) == []
    with pytest.raises(Refused):
        pairing.tell_people(change, by=cast.coordinator, at=cast.at())


def test_digits_that_nobody_has_typed_yet_open_nothing_once_the_matter_is_closed(cast):
    cast.to("following")
    digits = links.admit(cast.mother.seat, reason="known", by=cast.lead, at=cast.at())

    close_matter(cast.fresh(), by=cast.coordinator, at=cast.at())

    with pytest.raises(Refused):
        links.enter_room(digits, at=cast.at())
