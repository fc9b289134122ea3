"""For how long a matter is read by those who led or prepared it, and what each level of a participant opens."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

import factories
from kudelma.core.rules import may
from kudelma.matters.models import Matter
from kudelma.plans.actions import agree_onwards
from kudelma.plans.inputs import Onwards
from kudelma.preparation.actions import preparation
from kudelma.preparation.inputs.preparation import PreparerNamed
from kudelma.preparation.models import Preparation

JUST_BEFORE, JUST_AFTER = timedelta(days=14, minutes=-1), timedelta(days=14, minutes=1)


@pytest.fixture
def planning(cast):
    """A meeting at its plan, prepared by the orderer, who was named with the family's yes."""
    cast.to("preparing")
    values = PreparerNamed(cast.orderer, family_agreed=True)
    preparation.name_preparer(cast.fresh(), version=0, values=values, by=cast.coordinator, at=cast.at())
    for act in (cast.ask_times, cast.choose, cast.invite, cast.meet, cast.plan):
        act()
    return cast


def follow_up(cast):
    """When people look at how it goes: agreed in their own words, before they leave."""
    values = Onwards("", "Lokakuussa kirjastossa.")
    agree_onwards(cast.the_plan, version=1, values=values, by=cast.writer, at=cast.at())


def readers(cast, after):
    """Who still reads it so long from now, of the two who led and of the orderer who prepared."""
    with time_machine.travel(timezone.now() + after, tick=False):
        matter = cast.fresh()
        reads = {
            "lead": may(cast.lead, "preparation.read", matter),
            "lead, in lists": Matter.objects.visible_to(cast.lead).exists(),
            "orderer": may(cast.orderer, "preparation.read", matter),
            "orderer, in lists": Preparation.objects.visible_to(cast.orderer).exists(),
        }
    return [who for who, may_read in reads.items() if may_read]


EVERYBODY = ["lead", "lead, in lists", "orderer", "orderer, in lists"]


@pytest.mark.parametrize(("after", "who"), [(JUST_BEFORE, EVERYBODY), (JUST_AFTER, [])])
def test_whoever_led_or_prepared_reads_for_fourteen_days_after_the_meeting(planning, after, who):
    planning.end()

    assert readers(planning, after) == who


def test_a_meeting_without_a_plan_is_over_after_fourteen_days_too(cast):
    cast.to("meeting").end()

    assert readers(cast, JUST_BEFORE) == ["lead", "lead, in lists"]
    assert readers(cast, JUST_AFTER) == []


def test_while_a_meeting_goes_on_nobody_stops_reading(planning):
    assert readers(planning, JUST_AFTER) == EVERYBODY


def test_with_another_meeting_agreed_they_read_on(planning):
    follow_up(planning)
    planning.end()

    assert readers(planning, JUST_AFTER) == EVERYBODY
    assert readers(planning, timedelta(days=90)) == EVERYBODY


@pytest.mark.parametrize(("after", "who"), [(JUST_BEFORE, EVERYBODY), (JUST_AFTER, [])])
def test_with_another_meeting_agreed_they_read_until_fourteen_days_after_the_matter_is_closed(planning, after, who):
    follow_up(planning)
    planning.end()
    planning.close()

    assert readers(planning, after) == who


def test_a_participant_sees_the_matter_once_a_code_has_told_who_it_is(cast):
    cast.to("preparing")
    mother = cast.mother.seat
    seen = {}

    for mother.level in (0, 1, 2):
        seen[mother.level] = list(Matter.objects.visible_to(mother))

    assert seen == {0: [], 1: [cast.matter], 2: [cast.matter]}


@pytest.mark.parametrize("path", ["/own/", "/own/needs/", "/own/time/", "/own/stopping/", "/own/identity/"])
def test_a_link_alone_opens_no_page_of_ones_own(cast, path):
    cast.to("timing")

    answers = {level: factories.sit(cast.mother.seat, level).get(path, secure=True) for level in (0, 1)}

    assert (answers[0].status_code, answers[0].headers.get("Location")) == (302, "/own/code/")
    assert answers[1].status_code != 302
