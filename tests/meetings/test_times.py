"""Finding a time: five answers, the family first, nothing lost when times are added."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

import factories
from kudelma.core.errors import Refused
from kudelma.meetings.actions import times
from kudelma.meetings.models import Answer, TimeOption
from kudelma.people.models import Message


@pytest.fixture
def timing(cast):
    return cast.to("timing")


def answer(cast, member, value="well", by=None, option=0):
    coming = value if value in {"call", "unsure"} else ""
    options = {} if coming else {cast.options()[option]: value}
    times.answer(cast.the_meeting(), member, options=options, coming=coming, by=by or member.seat, at=cast.at())


def choose(cast, option=0):
    return times.choose_time(cast.options()[option], by=cast.coordinator, at=cast.at())


def test_everybody_who_may_be_invited_is_asked_and_nobody_else(timing):
    told = {(m.seat_id, m.kind) for m in Message.objects.filter(kind="time-question")}

    assert told == {(timing.mother.seat_id, "time-question"), (timing.invited.pk, "time-question")}


def test_nothing_is_asked_before_anybody_may_be_invited(cast):
    cast.order()
    cast.accept()
    for part, one in (("lead", cast.lead), ("writer", cast.writer)):
        from kudelma.matters.actions import pairing

        offer = pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
        pairing.accept_offer(offer, by=one, at=cast.at())

    with pytest.raises(Refused):
        cast.ask_times()


def test_an_answer_takes_the_place_of_the_one_before(timing):
    answer(timing, timing.mother, "well")
    answer(timing, timing.mother, "cannot")

    assert [a.value for a in Answer.objects.filter(member=timing.mother)] == ["cannot"]


def test_a_time_takes_back_a_wish_for_a_call(timing):
    answer(timing, timing.mother, "call")
    answer(timing, timing.mother, "well")

    assert [a.value for a in Answer.objects.filter(member=timing.mother)] == ["well"]


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


def test_professionals_do_not_hold_the_family_back(timing):
    answer(timing, timing.mother, "if_needed")

    assert choose(timing).chosen_by == timing.coordinator


def test_a_time_is_chosen_once_and_answers_rest_after_it(timing):
    answer(timing, timing.mother, "well")
    choose(timing)

    with pytest.raises(Refused):
        choose(timing, option=1)
    with pytest.raises(Refused):
        answer(timing, timing.mother, "cannot")


def test_adding_times_keeps_the_answers(timing):
    answer(timing, timing.mother, "well")
    values = {"minutes": 120, "place": "Kirjasto", "place_shown": True}

    times.propose_times(
        timing.fresh(), key=uuid4(), starts=[timezone.now() + timedelta(days=20)], values=values,
        by=timing.coordinator, at=timing.at(),
    )  # fmt: skip

    assert TimeOption.objects.count() == 3
    assert Answer.objects.get().value == "well"


def test_a_mother_answers_by_three_presses_after_her_code(timing):
    client = factories.sit(timing.mother.seat, 1)
    assert client.get("/own/", secure=True).status_code == 200
    page = client.get("/own/time/", secure=True)
    assert page.text.count('class="button"') == 2 * 3 + 2 + 1  # two times, two about coming, and the way out

    client.post("/own/time/", {"answer": f"{timing.options()[0].pk}:well"}, secure=True)

    assert Answer.objects.get().by == timing.mother.seat


def test_an_answer_to_another_meeting_is_refused(timing):
    other = factories.Cast(timing.region).to("timing")

    answered = factories.sit(timing.mother.seat, 1).post(
        "/own/time/", {"answer": f"{other.options()[0].pk}:well"}, secure=True
    )

    assert answered.status_code == 422
    assert Answer.objects.count() == 0
