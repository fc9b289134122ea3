"""Closed: read-only, ways in revoked, a day on which the space is emptied, told as not done."""

from datetime import date

import pytest

import factories
from kudelma.core.errors import Refused
from kudelma.matters.actions.closing import close_matter
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
    assert not Seat.objects.filter(matter=cast.matter.pk, ended_at=None).exists()


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
