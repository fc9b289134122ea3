"""First pages: what waits for a seat, the longest waited first; for the steering group and administrator no matter."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

import factories
from kudelma.board import actions as boards
from kudelma.matters.models import Matter
from kudelma.meetings.actions import times
from kudelma.meetings.models import Meeting, TimeOption
from kudelma.pairing.actions import chairing
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment
from kudelma.trust.models import Entry

WORDS = ["Aino", "Elias", "Saarela", "Ritva", "Aamut", "huolissani"]


def page(seat, path="/today/"):
    return factories.sit(seat).get(path, secure=True)


def groups(seat):
    """{name of a group: numbers of its matters} of what waits for the seat itself, without the empty ones."""
    shown = page(seat).context["groups"]
    return {name: [one.number for one in group] for name, group in shown.items() if group and name != "others"}


def ask_both(cast):
    return [
        pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
        for part, one in (("lead", cast.lead), ("writer", cast.writer))
    ]


# ---------------------------------------------------------------- the coordinator's desk


@pytest.mark.parametrize(
    ("step", "group"),
    [("ordered", "new"), ("pairing", "now"), ("preparing", "now"), ("inviting", "now")],
)
def test_what_waits_for_the_coordinator_stands_on_the_desk(cast, step, group):
    cast.to(step)

    assert groups(cast.coordinator) == {group: [cast.matter.number]}


@pytest.mark.parametrize("step", ["timing", "invited", "meeting", "planning", "following", "closed"])
def test_what_waits_for_others_or_rests_does_not(cast, step):
    cast.to(step)

    assert groups(cast.coordinator) == {}
    assert Matter.objects.visible_to(cast.coordinator).count() == 1


def test_what_has_waited_beyond_the_days_of_the_region_is_long_and_the_oldest_comes_first(cast):
    now = timezone.now()
    numbers = []
    for days_ago in (9, 20, 0):
        with time_machine.travel(now - timedelta(days=days_ago)):
            cast.order()
        numbers.append(cast.fresh().number)

    assert groups(cast.coordinator) == {"long": [numbers[1], numbers[0]], "new": [numbers[2]]}


def test_a_held_meeting_comes_back_to_the_desk_when_it_is_due(cast):
    cast.to("following")
    due = cast.matter.due_on - timezone.localdate()

    with time_machine.travel(timezone.now() + due):
        assert groups(cast.coordinator) == {}
    with time_machine.travel(timezone.now() + due + timedelta(days=1)):
        assert groups(cast.coordinator) == {"long": [cast.matter.number]}


def test_a_wish_for_a_call_wakes_the_desk(cast):
    cast.to("timing")
    assert groups(cast.coordinator) == {}

    times.answer(cast.the_meeting(), cast.mother, options={}, coming="call", by=cast.mother.seat, at=cast.at())

    assert groups(cast.coordinator) == {"now": [cast.matter.number]}


def test_the_desk_of_another_region_shows_nothing_of_this_one(cast):
    cast.to("ordered")
    stranger = factories.Cast(factories.region())

    assert groups(stranger.coordinator) == {}
    assert groups(cast.coordinator) == {"new": [cast.matter.number]}


def test_the_desk_tells_units_and_numbers_and_no_word_of_a_family(cast):
    cast.to("preparing")

    shown = page(cast.coordinator).text

    assert cast.matter.number in shown
    assert cast.orderer.unit.name in shown
    assert [word for word in WORDS if word in shown] == []
    assert [word for word in WORDS if word in page(cast.lead).text] != []


def test_the_desk_asks_as_often_for_many_as_for_one(cast, django_assert_max_num_queries):
    for _ in range(15):
        cast.order()
    client = factories.sit(cast.coordinator)

    with django_assert_max_num_queries(12):
        shown = client.get("/today/", secure=True)

    assert shown.context["n_waiting"] == 15


# ---------------------------------------------------------------- consultants and workers


def test_a_consultant_is_shown_an_offer_without_a_name_and_only_their_own(cast):
    cast.to("pairing")
    ask_both(cast)

    shown = page(cast.lead)

    assert [one.text for one in shown.context["groups"]["now"]] == ["Sinua pyydetään vetämään keskustelu"]
    assert groups(cast.writer) == {"now": [cast.matter.number]}
    assert groups(cast.other_consultant) == {}
    assert [word for word in WORDS if word in shown.text] == []


def test_an_offer_that_is_answered_or_withdrawn_waits_no_more(cast):
    cast.to("pairing")
    first, second = ask_both(cast)

    pairing.withdraw(first, by=cast.lead, at=cast.at())
    pairing.accept_offer(second, by=cast.writer, at=cast.at())

    assert groups(cast.lead) == groups(cast.writer) == {}


@pytest.mark.parametrize("step", ["preparing", "invited", "meeting", "planning"])
def test_the_two_who_lead_are_shown_what_they_prepare_or_lead(cast, step):
    cast.to(step)

    assert groups(cast.lead) == groups(cast.writer) == {"now": [cast.matter.number]}
    assert groups(cast.other_consultant) == {}


def test_an_invited_worker_is_asked_for_times_until_they_are_answered(cast):
    cast.to("timing")
    assert groups(cast.invited) == {"now": [cast.matter.number]}
    assert groups(cast.orderer) == groups(cast.outsider) == {}

    first, second = cast.options()
    answer(cast, {first: "well"})
    assert groups(cast.invited) == {"now": [cast.matter.number]}

    answer(cast, {second: "cannot"})

    assert groups(cast.invited) == {}


def answer(cast, options, coming=""):
    times.answer(cast.the_meeting(), cast.professional, options=options, coming=coming, by=cast.invited, at=cast.at())


def test_a_wish_for_a_call_is_an_answer_of_a_worker_too(cast):
    cast.to("timing")

    answer(cast, {}, coming="call")

    assert groups(cast.invited) == {}


def test_a_worker_is_not_asked_while_the_family_is_asked_first(cast):
    cast.to("timing")
    TimeOption.objects.update(for_everybody=False)
    Meeting.objects.update(family_first=True)

    assert groups(cast.invited) == {}
    shown = page(cast.invited, cast.matter.get_absolute_url())
    assert shown.context["step"].text == "Perheeltä kysytään ensin."


def test_a_time_that_has_passed_asks_nobody(cast):
    cast.to("timing")

    TimeOption.objects.update(starts_at=F("starts_at") - timedelta(days=30))

    assert groups(cast.invited) == {}


# ---------------------------------------------------------------- what is coming


def coming(seat):
    return [(line.number, line.detail, line.called) for line in page(seat).context["coming"]]


def test_a_meeting_is_coming_for_those_who_go_there_from_the_invitation_until_it_begins(cast):
    cast.to("inviting")
    assert coming(cast.lead) == coming(cast.invited) == []

    cast.to("invited")

    line = (cast.matter.number, cast.the_meeting().place, cast.fresh().called)
    assert line[1]
    assert coming(cast.lead) == coming(cast.writer) == coming(cast.invited) == [line]
    assert coming(cast.orderer) == coming(cast.outsider) == coming(cast.coordinator) == []
    assert "klo" in page(cast.invited).context["coming"][0].text

    boards.open_meeting(cast.the_meeting(), [cast.mother], by=cast.lead, at=cast.at())

    assert coming(cast.lead) == coming(cast.invited) == []


def test_a_coordinator_who_chairs_goes_there_and_reads_no_word_of_the_family(region):
    cast = factories.Chaired(region).to("invited")
    assert coming(cast.coordinator) == []
    pairing.end_pairing(LeadAssignment.objects.get(seat=cast.lead), by=cast.coordinator, at=cast.at())
    asked = chairing.propose(cast.fresh(), cast.coordinator, part="chair", by=cast.coordinator, at=cast.at())
    pairing.accept_offer(asked, by=cast.coordinator, at=cast.at())

    (line,) = page(cast.coordinator).context["coming"]
    assert (line.number, line.called) == (cast.matter.number, "")
    assert line.detail


def test_whoever_sees_where_they_go_has_opened_it(cast):
    cast.to("invited")

    page(cast.invited)

    opened = Entry.objects.filter(seat=cast.invited.pk, door="desk:today", space=cast.matter.pk)
    assert opened.exists()


# ---------------------------------------------------------------- no matter at all


def test_the_steering_group_sees_who_works_and_no_matter(cast):
    cast.to("preparing")

    shown = page(cast.steering)

    assert (shown.context["n_consultants"], [seat.pk for seat in shown.context["coordinators"]]) == (
        3, [cast.coordinator.pk],
    )  # fmt: skip
    assert cast.matter.number not in shown.text
    assert [word for word in WORDS if word in shown.text] == []


def test_the_administrator_is_sent_to_the_settings(cast):
    assert page(cast.administrator).headers["Location"] == "/region/"
