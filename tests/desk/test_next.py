"""The one next step: for each seat in a verb that leads somewhere, or in whose hands the matter is."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

import factories
from kudelma.board import actions as boards
from kudelma.matters.models import Matter, Step
from kudelma.matters.page import Shown, next_step
from kudelma.matters.waiting import is_long, waited
from kudelma.preparation.actions.preparation import name_preparer
from kudelma.preparation.inputs.preparation import PreparerNamed

SEATS = ["coordinator", "lead", "writer", "orderer", "invited"]
STEPS = [step for step in Step if step != Step.CONSULTING]


def verbs(cast):
    """{seat: the verb of its next step} for those who may see the matter."""
    told = {}
    for name in SEATS:
        seat = getattr(cast, name)
        matter = Matter.objects.visible_to(seat).filter(pk=cast.matter.pk).first()
        if matter is not None:
            told[name] = next_step(matter, Shown([matter], seat)).verb
    return {name: verb for name, verb in told.items() if verb}


WHOSE_TURN = {
    "ordered": {"coordinator": "Lue ja vastaa"},
    "pairing": {"coordinator": "Valitse vetäjät"},
    "preparing": dict.fromkeys(["coordinator", "lead", "writer"], "Valmistelemaan"),
    "timing": {"coordinator": "Katso vastaukset", "invited": "Kerro, mikä aika käy"},
    "inviting": {"coordinator": "Kutsu kaikki"},
    "invited": {"lead": "Aloita tapaaminen", "writer": "Aloita tapaaminen"},
    "meeting": {"lead": "Taululle", "writer": "Taululle"},
    "planning": {"lead": "Suunnitelmaan", "writer": "Suunnitelmaan"},
    "following": {"coordinator": "Päätä asia", "lead": "Suunnitelmaan", "writer": "Suunnitelmaan"},
    "closed": {},
}


@pytest.mark.parametrize("step", STEPS)
def test_at_each_step_those_whose_turn_it_is_get_a_verb_and_nobody_else(cast, step):
    cast.to(step)

    assert verbs(cast) == WHOSE_TURN[step]


def test_the_orderer_who_was_named_prepares_instead_of_the_pair(cast):
    cast.to("preparing")
    values = PreparerNamed(cast.orderer, family_agreed=True)

    name_preparer(cast.fresh(), version=0, values=values, by=cast.coordinator, at=cast.at())

    assert verbs(cast) == dict.fromkeys(["coordinator", "orderer"], "Valmistelemaan")
    address = f"/matters/{cast.matter.pk}/preparation/"
    assert follow_every_step(cast.orderer)[address] == 200
    assert address not in follow_every_step(cast.lead)


def follow_every_step(seat):
    """{address: status} of every next step that the lists show to a seat, and of the matter's page."""
    client = factories.sit(seat)
    pages = [client.get(path, secure=True) for path in ("/today/", "/matters/")]
    found = {one.url for page in pages for group in page.context.get("groups", {}).values() for one in group}
    found |= {one.url for one in pages[1].context["lines"]}
    for matter in Matter.objects.visible_to(seat):
        shown = client.get(matter.get_absolute_url(), secure=True)
        found |= {matter.get_absolute_url(), shown.context["step"].url}
    return {url: client.get(url, secure=True).status_code for url in found if url}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_that_is_shown_leads_to_a_page_that_opens(cast, step):
    cast.to(step)

    led = {name: follow_every_step(getattr(cast, name)) for name in SEATS}

    assert {
        (name, url, status) for name, pages in led.items() for url, status in pages.items() if status != 200
    } == set()
    assert len(led["coordinator"]) >= 1


def test_a_meeting_that_ended_without_a_plan_is_a_complete_meeting(cast):
    cast.to("meeting")
    boards.end_meeting(cast.the_meeting(), by=cast.lead, at=cast.at())

    led = {name: follow_every_step(getattr(cast, name)) for name in SEATS}

    assert {status for pages in led.values() for status in pages.values()} == {200}


def test_a_worker_who_was_there_is_asked_for_feedback_from_the_next_day_until_it_is_given(cast):
    cast.to("following")
    address = f"/meetings/{cast.meeting.pk}/feedback/"
    assert address not in follow_every_step(cast.invited)

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert follow_every_step(cast.invited)[address] == 200
        factories.sit(cast.invited).post(
            address, {"kuunneltiin": "yes", "turvallista": "yes", "suunnitelma": "yes"}, secure=True
        )
        assert address not in follow_every_step(cast.invited)


def test_a_worker_who_was_invited_but_not_there_is_not_asked_for_feedback(cast):
    cast.to("invited")
    boards.open_meeting(cast.the_meeting(), [cast.mother], by=cast.lead, at=cast.at())
    boards.end_meeting(cast.the_meeting(), by=cast.lead, at=cast.at())

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert follow_every_step(cast.invited) == {cast.matter.get_absolute_url(): 200}


@pytest.mark.parametrize(("days", "told"), [(0, ""), (1, "odottanut 1 päivän"), (9, "odottanut 9 päivää")])
def test_how_long_it_has_waited_is_told_in_days(cast, days, told):
    cast.to("ordered")

    assert waited(cast.matter, timezone.localdate() + timedelta(days=days)) == told


def test_it_is_long_after_the_days_in_which_the_region_answers(cast):
    cast.to("ordered")
    due = timezone.localdate() + timedelta(days=cast.region.answer_days)

    assert not is_long(cast.matter, due)
    assert is_long(cast.matter, due + timedelta(days=1))


def test_what_waits_for_nobody_is_never_long(cast):
    cast.to("invited")

    assert not is_long(cast.matter, timezone.localdate() + timedelta(days=400))
