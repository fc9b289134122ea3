"""Second locks, tried alone: a row says that somebody leads, and their role has no business there."""

import pytest

import factories
from kudelma.board.models import Line
from kudelma.people.models import Role
from kudelma.preparation.actions import preparation
from kudelma.preparation.inputs.preparation import ThreeLines, WhyTogether
from kudelma.preparation.models import Introduction, Preparation
from rules.states import at


@pytest.fixture
def chaired(region):
    return factories.Chaired(region)


def as_(seat, role, matter):
    seat = at(seat)
    seat.role, seat.space = role, matter.pk
    return seat


@pytest.mark.parametrize("role", [Role.STEERING, Role.ADMINISTRATOR, Role.PARTICIPANT])
def test_what_is_prepared_is_for_those_who_prepare_in_their_role(chaired, role):
    chaired.to("preparing")
    preparation.prepare(chaired.fresh(), version=0, values=WhyTogether("Aamut."), by=chaired.lead, at=chaired.at())
    lines = ThreeLines("x", "x", "x")
    preparation.introduce(chaired.fresh(), version=0, values=lines, by=chaired.lead, at=chaired.at())
    assert Preparation.objects.visible_to(chaired.lead).exists()
    assert Introduction.objects.visible_to(chaired.lead).exists()

    other = as_(chaired.lead, role, chaired.matter)

    assert not Preparation.objects.visible_to(other).exists()
    assert Introduction.objects.visible_to(other).exists() == (role == Role.PARTICIPANT)


def test_what_still_waits_for_a_nod_is_read_by_no_participant_but_its_speaker(chaired):
    chaired.to("meeting")
    chaired.say(chaired.mother, "Äidin sana.")
    assert Line.objects.visible_to(chaired.lead).exists()

    assert not Line.objects.visible_to(as_(chaired.lead, Role.PARTICIPANT, chaired.matter)).exists()
