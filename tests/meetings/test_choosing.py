"""Choosing a time: never over the family's head, and with open eyes about everybody else."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import IntegrityError

import factories
import snapshots
from again import main
from kudelma.core.errors import Refused
from kudelma.matters.models import Matter
from kudelma.meetings.actions import asking, postponing, times
from kudelma.meetings.models import Meeting, Value
from kudelma.meetings.timing import LONGEST, is_waited_for
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.methods.models import Side
from kudelma.pairing.actions import offers as pairing
from meetings.asking import answer, choose, page, propose, timing_of


@pytest.fixture
def timing(cast):
    return cast.to("timing")


def need(cast, member, is_needed=True):
    asking.set_needed(member, is_needed=is_needed, by=cast.coordinator, at=cast.at())


# ---------------------------------------------------------------- the family


@pytest.mark.parametrize("value", ["call", "unsure", None])
def test_no_time_is_chosen_before_the_family_has_answered(timing, value):
    if value:
        answer(timing, timing.mother, value)

    with pytest.raises(Refused):
        choose(timing)


def test_a_no_of_the_family_counts_only_after_a_call(timing):
    answer(timing, timing.mother, "cannot")
    with pytest.raises(Refused):
        choose(timing)

    answer(timing, timing.mother, "cannot", by=timing.coordinator)

    assert choose(timing).starts_at == timing.options()[0].starts_at


def test_an_answer_about_another_time_is_no_answer(timing):
    answer(timing, timing.mother, "well", option=1)

    with pytest.raises(Refused):
        choose(timing, option=0)


def test_the_family_is_needed_from_the_start_and_always(timing):
    assert {member.name: member.is_needed for member in timing.matter.members.all()} == {
        "Aino": True, "Elias": False, "Ritva": False, timing.professional.name: False,
    }  # fmt: skip

    with pytest.raises(Refused):
        need(timing, timing.mother, is_needed=False)


def test_one_of_the_family_who_answers_is_waited_for_whatever_was_written_of_being_needed():
    who = {"side": Side.OWN, "is_needed": False}

    assert is_waited_for(Member(answers_times=True, **who))
    assert not is_waited_for(Member(answers_times=False, **who))
    assert not is_waited_for(Member(side=Side.PROFESSIONAL, is_needed=True, answers_times=False))


# ---------------------------------------------------------------- the needed and the welcome


def test_who_is_welcome_does_not_hold_the_others_back(timing):
    answer(timing, timing.mother, "if_needed")

    assert choose(timing).chosen_by == timing.coordinator


@pytest.mark.parametrize("value", [None, "cannot", "call"])
def test_no_time_is_chosen_without_one_who_is_needed(timing, value):
    need(timing, timing.professional)
    answer(timing, timing.mother)
    if value:
        answer(timing, timing.professional, value)
    with pytest.raises(Refused):
        choose(timing)

    answer(timing, timing.professional, "if_needed")

    assert choose(timing).chosen_by == timing.coordinator


def test_a_needed_one_who_was_called_does_not_hold_the_others_back(timing):
    need(timing, timing.professional)
    answer(timing, timing.mother)
    answer(timing, timing.professional, "cannot", by=timing.coordinator)

    assert choose(timing).chosen_by == timing.coordinator


def test_one_who_is_needed_may_become_welcome(timing):
    need(timing, timing.professional)
    answer(timing, timing.mother)

    need(timing, timing.professional, is_needed=False)

    assert choose(timing).chosen_by == timing.coordinator


def test_the_coordinator_changes_who_is_needed_on_the_page_of_times(timing):
    client = factories.sit(timing.coordinator)
    path = f"/meetings/{timing.meeting.pk}/answers/{timing.professional.pk}/need/"

    client.post(path, {"needed": ""}, secure=True)
    assert Member.objects.get(pk=timing.professional.pk).is_needed

    client.post(path, {"welcome": ""}, secure=True)
    assert not Member.objects.get(pk=timing.professional.pk).is_needed


# ---------------------------------------------------------------- with open eyes


def choice(cast, option=0):
    return f"/times/{cast.options()[option].pk}/choice/"


def named(hindrances):
    return {
        kind: [member.name for member, _ in getattr(hindrances, kind)] for kind in ("cannot", "silent", "not_asked")
    }


@pytest.mark.complaint(13)
def test_choosing_shows_who_cannot_who_is_silent_and_who_has_not_been_asked(timing):
    answer(timing, timing.mother)
    answer(timing, timing.professional, "cannot")
    silent = timing.add("professional", "Sari", "", seat=timing.outsider)
    asking.ask_next(timing.the_meeting(), by=timing.coordinator, at=timing.at())
    without = people.add_member(
        timing.fresh(),
        idempotency_key=timing.matter.pk,
        side="close",
        values=PersonSaid("Naapuri"),
        by=timing.lead,
        at=timing.at(),
    )

    shown = page(timing, timing.coordinator, choice(timing))

    timing.open()
    assert named(shown.context["hindrances"]) == {
        "cannot": [timing.professional.name],
        "silent": [silent.name],
        "not_asked": ["Ritva", without.name],
    }
    told = main(shown)
    assert "Ei sähköpostiosoitetta: kysy puhelimella" in told
    assert "Kutsumisesta ei ole vielä sovittu" in told
    assert "Kaikki eivät ole sanoneet, että tämä aika käy. Sen voi silti valita." in told


@pytest.mark.complaint(13)
@pytest.mark.parametrize("value", ["call", "unsure"])
def test_choosing_shows_who_wishes_a_call_or_is_not_sure(timing, value):
    answer(timing, timing.mother)
    answer(timing, timing.professional, value)

    hindrances = page(timing, timing.coordinator, choice(timing)).context["hindrances"]

    assert (timing.professional, Value(value).label) in hindrances.silent


def test_a_time_that_a_professional_cannot_come_to_is_chosen_when_that_was_seen(timing):
    answer(timing, timing.mother)
    answer(timing, timing.professional, "cannot")
    client = factories.sit(timing.coordinator)
    seen = BeautifulSoup(client.get(choice(timing), secure=True).text, "html.parser").select_one('[name="seen"]')

    chosen = client.post(choice(timing), {"seen": seen["value"]}, secure=True)

    assert (chosen.status_code, Meeting.objects.get().chosen_by) == (302, timing.coordinator)


@pytest.mark.complaint(13)
@pytest.mark.parametrize("blind", [True, False])
def test_a_time_is_not_chosen_over_an_answer_that_came_meanwhile(timing, blind):
    answer(timing, timing.mother)
    client = factories.sit(timing.coordinator)
    page_before = BeautifulSoup(client.get(choice(timing), secure=True).text, "html.parser")
    seen = {} if blind else {"seen": page_before.select_one('[name="seen"]')["value"]}
    timing.open()
    answer(timing, timing.professional, "cannot")

    refused = client.post(choice(timing), seen | {"page": "1"}, secure=True)

    assert (refused.status_code, Meeting.objects.get().chosen_at) == (422, None)
    assert "Joku on vastannut sillä välin." in main(refused)
    again = BeautifulSoup(refused.text, "html.parser").select_one('main [name="seen"]')["value"]
    assert client.post(choice(timing), {"seen": again}, secure=True).status_code == 302


def test_a_time_that_cannot_be_chosen_yet_says_whom_to_call_and_has_no_button(timing):
    shown = page(timing, timing.coordinator, choice(timing))

    assert [member.name for member in shown.context["waited_for"]] == ["Aino"]
    assert "Tätä aikaa ei voi vielä valita" in main(shown)
    assert "<button" not in shown.text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("minutes", "warns"), [(90, True), (120, False)])
def test_a_short_time_is_warned_of_when_it_is_chosen(cast, minutes, warns):
    cast.to("preparing")
    propose(cast, 7, minutes=minutes)

    shown = page(cast, cast.coordinator, choice(cast))

    assert ("joku jää helposti kuulematta" in main(shown)) == warns


# ---------------------------------------------------------------- once


def test_a_time_is_chosen_once_and_the_same_press_again_is_quiet(timing):
    answer(timing, timing.mother)
    answer(timing, timing.mother, option=1)
    first = choose(timing)

    assert choose(timing).chosen_at == first.chosen_at
    with pytest.raises(Refused):
        choose(timing, option=1)


def test_a_time_that_has_passed_is_not_chosen(timing):
    answer(timing, timing.mother)

    with time_machine.travel(timing.options()[0].starts_at), pytest.raises(Refused):
        choose(timing)


def test_a_withdrawn_time_is_not_chosen(timing):
    answer(timing, timing.mother)
    times.withdraw_time(timing.options()[0], by=timing.coordinator, at=timing.at())

    with pytest.raises(Refused):
        choose(timing)


def test_the_database_keeps_who_asked_the_others_with_when(timing):
    with pytest.raises(IntegrityError):
        Meeting.objects.update(others_asked_at=timing.at())


# ---------------------------------------------------------------- two conversations at one hour


@pytest.fixture
def elsewhere(timing):
    """Another matter that the same one leads, at the hour of the first time of this one."""
    other = snapshots.once("another matter", lambda: factories.Cast(timing.region).to("invited"))
    other.open()
    other.matter.pairings.filter(part="lead").update(seat=timing.lead)
    Meeting.objects.filter(pk=other.meeting.pk).update(starts_at=timing.options()[0].starts_at)
    timing.open()
    for option in (0, 1):
        answer(timing, timing.mother, option=option)
    return other


@pytest.mark.complaint(9)
@pytest.mark.parametrize(
    ("hours", "is_free"), [(-2.5, True), (-2.4, False), (0, False), (2.4, False), (2.5, True), (24, True)]
)
def test_nobody_is_to_lead_two_conversations_at_one_hour(timing, elsewhere, hours, is_free):
    theirs = Meeting.objects.filter(pk=elsewhere.meeting.pk)
    theirs.update(starts_at=timing.options()[0].starts_at + timedelta(hours=hours))
    page = factories.sit(timing.coordinator).get(f"/times/{timing.options()[0].pk}/choice/", secure=True)
    assert (page.context["is_led_elsewhere"], "toinen keskustelu" in page.text) == (not is_free, not is_free)
    timing.open()

    if is_free:
        assert choose(timing).chosen_by == timing.coordinator
    else:
        with pytest.raises(Refused):
            choose(timing)
        assert choose(timing, option=1).chosen_by == timing.coordinator


def test_the_longest_conversation_is_known_until_it_ends(timing, elsewhere):
    theirs, starts_at = Meeting.objects.filter(pk=elsewhere.meeting.pk), timing.options()[0].starts_at
    theirs.update(minutes=LONGEST / timedelta(minutes=1), starts_at=starts_at - timedelta(hours=7.9))

    with pytest.raises(Refused):
        choose(timing)

    theirs.update(starts_at=starts_at - timedelta(hours=8))
    assert choose(timing).chosen_by == timing.coordinator


@pytest.mark.parametrize("where", ["here", "there"])
def test_whoever_leads_no_more_is_in_nobodys_way(timing, elsewhere, where):
    matter = timing.matter if where == "here" else elsewhere.matter
    matter.pairings.filter(part="lead").update(ended_at=timing.at(), ended_by=timing.coordinator)

    assert choose(timing).chosen_by == timing.coordinator


@pytest.mark.parametrize("state", ["held", "not chosen any more", "closed"])
def test_a_conversation_that_does_not_come_is_in_nobodys_way(timing, elsewhere, state):
    theirs = Meeting.objects.filter(pk=elsewhere.meeting.pk)
    if state == "held":
        theirs.update(held_at=timing.at(), held_by=timing.lead)
    elif state == "closed":
        told = {"closed_at": timing.at(), "closed_by": timing.coordinator, "step": "closed", "waits_for": "nobody"}
        Matter.objects.filter(pk=elsewhere.matter.pk).update(due_on=None, **told)
    else:
        theirs.update(chosen_at=None, chosen_by=None)

    assert choose(timing).chosen_by == timing.coordinator


@pytest.mark.complaint(9)
def test_a_time_is_not_moved_to_an_hour_at_which_one_who_leads_is_elsewhere(timing, elsewhere):
    choose(timing, option=1)
    meeting = timing.the_meeting()
    told = {"place": "Kylätalo", "place_shown": False, "by": timing.coordinator, "at": timing.at()}
    taken = timing.options()[0].starts_at

    with pytest.raises(Refused):
        postponing.move_to(meeting, starts_at=taken, seen=0, **told)
    elsewhere.open()
    postponing.call_off(elsewhere.the_meeting(), seen=0, by=elsewhere.coordinator, at=elsewhere.at())
    timing.open()
    postponing.move_to(timing.the_meeting(), starts_at=taken, seen=0, **told)

    assert timing.the_meeting().starts_at == taken


@pytest.mark.complaint(9)
def test_nobody_takes_the_place_of_another_who_is_elsewhere_at_that_hour(timing, elsewhere):
    one = timing.other_consultant
    elsewhere.matter.pairings.filter(part="lead").update(seat=one)
    choose(timing)
    writer = timing.matter.pairings.select_related("matter__region", "seat").get(part="writer")
    pairing.end_pairing(writer, by=timing.coordinator, at=timing.at())
    offer = pairing.offer(timing.fresh(), one.consultant, part="writer", by=timing.coordinator, at=timing.at())

    with pytest.raises(Refused):
        pairing.accept_offer(offer, by=one, at=timing.at())
    elsewhere.matter.pairings.filter(seat=one).update(ended_at=timing.at(), ended_by=timing.coordinator)
    pairing.accept_offer(offer, by=one, at=timing.at())

    assert timing.matter.pairings.accepted().filter(seat=one).count() == 1


# ---------------------------------------------------------------- many people, many times


def test_the_table_of_fifteen_people_and_six_times_asks_at_most_twelve_queries(timing, django_assert_max_num_queries):
    for number in range(11):
        timing.add("professional", f"Nimi {number}", "", seat=factories.seat(timing.region))
    propose(timing, 10, 11, 12, 13)
    answer(timing, timing.mother)
    assert (len(timing_of(timing).members), len(timing_of(timing).open)) == (15, 6)
    client = factories.sit(timing.coordinator)

    for path in (
        f"/meetings/{timing.meeting.pk}/answers/",
        choice(timing),
        f"/meetings/{timing.meeting.pk}/reminders/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(path, secure=True).status_code == 200


def test_the_own_page_with_its_question_asks_at_most_twelve_queries(timing, django_assert_max_num_queries):
    client = factories.sit(timing.mother.seat, 2)

    with django_assert_max_num_queries(12):
        assert client.get("/own/", secure=True).status_code == 200
