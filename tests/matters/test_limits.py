"""After how many days something has waited long: the region says, and what waits already follows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

import factories
from kudelma.matters.models import Matter
from kudelma.pairing.actions import offers as pairing
from kudelma.regions.actions import change_settings
from kudelma.regions.inputs import RegionSettings
from kudelma.regions.models import Region

LIMITS = {"answer_days": 5, "offer_days": 4, "preparing_days": 30, "times_days": 8}


def days_left(cast):
    due = Matter.objects.get(pk=cast.matter.pk).due_on
    return due and (due - timezone.localdate()).days


def set_limits(cast, version=1, **values):
    typed = {"help_phone": "", "meeting_minutes": 150, "space_months": 12} | LIMITS | values
    told = RegionSettings(face_to_face=True, **typed)
    change_settings(cast.region, version=version, values=told, by=cast.administrator, at=cast.at())
    cast.region.refresh_from_db()


def ask_both(cast):
    for part, one in (("lead", cast.lead), ("writer", cast.writer)):
        pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())


@pytest.mark.parametrize(
    ("step", "days"), [("ordered", 5), ("pairing", 5), ("preparing", 30), ("timing", 8), ("inviting", 5)]
)
def test_each_step_has_the_limit_of_its_region(cast, step, days):
    set_limits(cast)

    cast.to(step)

    assert days_left(cast) == days


def test_consultants_who_are_asked_have_their_own_limit(cast):
    set_limits(cast)
    cast.to("pairing")

    ask_both(cast)

    assert days_left(cast) == 4


@pytest.mark.parametrize(
    ("step", "before", "after"), [("ordered", 3, 5), ("preparing", 21, 30), ("timing", 7, 8), ("inviting", 3, 5)]
)
def test_what_waits_already_follows_the_limits_when_they_change(cast, step, before, after):
    cast.to(step)
    assert days_left(cast) == before

    set_limits(cast)

    assert days_left(cast) == after


@pytest.mark.parametrize("step", ["invited", "meeting", "planning", "following", "closed"])
def test_from_the_meeting_on_the_limits_of_the_region_change_nothing(cast, step):
    cast.to(step)
    before = days_left(cast)

    set_limits(cast)

    assert days_left(cast) == before


def test_days_are_counted_from_the_day_since_when_it_has_waited(cast):
    cast.to("ordered")
    week_ago = timezone.localdate() - timedelta(days=7)
    Matter.objects.filter(pk=cast.matter.pk).update(waits_since=week_ago)

    set_limits(cast)

    assert cast.fresh().due_on == week_ago + timedelta(days=5)


@pytest.mark.parametrize("step", ["ordered", "closed"])
def test_what_waits_for_nobody_is_never_due(cast, step):
    cast.to(step)
    Matter.objects.filter(pk=cast.matter.pk).update(step="ordered", waits_for="nobody", due_on=None)

    set_limits(cast)

    assert days_left(cast) is None


def test_the_limits_of_one_region_are_not_those_of_another(cast):
    other = factories.Cast(factories.region())
    other.to("ordered")

    set_limits(cast)

    assert days_left(other) == 3
    assert Region.objects.get(pk=other.region.pk).answer_days == 3
