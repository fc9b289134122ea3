"""Asking about times: the family first, nobody twice, nothing lost when times come and go."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

import factories
from again import main
from kudelma.core.errors import Refused
from kudelma.core.times import aware
from kudelma.meetings.actions import asking, times
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Answer, Meeting, TimeOption
from kudelma.members.actions import people
from kudelma.pairing.actions import offers as pairing
from meetings.asking import answer, answer_all, option_in, page, propose, sent, timing_of


@pytest.fixture
def preparing(cast):
    return cast.to("preparing")


@pytest.fixture
def timing(cast):
    return cast.to("timing")


def ask_next(cast):
    asking.ask_next(cast.the_meeting(), by=cast.coordinator, at=cast.at())


def waits_for(cast):
    return cast.fresh().waits_for


# ---------------------------------------------------------------- who is asked


def test_everybody_who_may_be_invited_is_asked_and_nobody_else(timing):
    assert set(sent("time-question")) == {
        ("time-question", timing.mother.seat_id),
        ("time-question", timing.invited.pk),
    }


def test_nothing_is_asked_before_anybody_may_be_invited(cast):
    cast.order()
    cast.accept()
    for part, one in (("lead", cast.lead), ("writer", cast.writer)):
        offer = pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
        pairing.accept_offer(offer, by=one, at=cast.at())

    with pytest.raises(Refused):
        propose(cast, 7)


def test_pressing_twice_asks_once(preparing):
    first = propose(preparing, 7, 8)
    before = list(TimeOption.objects.values_list("pk", "asked_at"))

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        starts = [one.starts_at for one in preparing.options()]
        again = times.propose_times(
            preparing.fresh(), idempotency_key=first.pk, by=preparing.coordinator, at=timezone.now(),
            values=TimesAsked(starts, 150, "Kirjaston ryhmähuone", place_shown=False),
        )  # fmt: skip

    assert again == first
    assert list(TimeOption.objects.values_list("pk", "asked_at")) == before
    assert len(sent("time-question", "time-news")) == 2


# ---------------------------------------------------------------- the family first


def test_the_family_is_asked_first_and_a_professional_only_after_it_has_said_what_suits(preparing):
    propose(preparing, 7, 8, family_first=True)
    assert sent("time-question") == [("time-question", preparing.mother.seat_id)]
    assert timing_of(preparing).asked_of(preparing.professional) == []

    answer(preparing, preparing.mother, "well", option=0)
    answer(preparing, preparing.mother, "cannot", option=1)
    ask_next(preparing)

    assert sent("time-question")[1:] == [("time-question", preparing.invited.pk)]
    assert timing_of(preparing).asked_of(preparing.professional) == [option_in(preparing, 7)]
    assert (preparing.the_meeting().others_asked_by, preparing.the_meeting().asks_others) == (
        preparing.coordinator, True,
    )  # fmt: skip


def test_the_family_wishing_a_call_or_saying_no_does_not_start_the_second_round(preparing):
    propose(preparing, 7, family_first=True)

    for value in ("call", "cannot"):
        answer(preparing, preparing.mother, value)
        with pytest.raises(Refused):
            ask_next(preparing)

    answer(preparing, preparing.mother, "if_needed")
    ask_next(preparing)


def test_each_of_the_family_has_a_say_before_the_others_are_asked(preparing):
    father = preparing.add("own", "Mikko", "Saarela")
    people.give_seat_in_matter(father, by=preparing.coordinator, at=preparing.at())
    propose(preparing, 7, family_first=True)
    answer(preparing, preparing.mother)
    assert timing_of(preparing).for_others == []

    answer(preparing, father, "cannot", by=preparing.coordinator)

    assert timing_of(preparing).for_others == [option_in(preparing, 7)]


@pytest.mark.complaint(13)
def test_the_question_waits_for_the_family_then_for_the_coordinator_then_for_the_others(preparing):
    propose(preparing, 7, family_first=True)
    told = [waits_for(preparing)]
    answer(preparing, preparing.mother)
    told.append(waits_for(preparing))
    ask_next(preparing)
    told.append(waits_for(preparing))
    answer(preparing, preparing.professional)
    told.append(waits_for(preparing))

    assert told == ["people", "coordinator", "people", "coordinator"]


@pytest.mark.complaint(13, 18)
def test_days_for_an_answer_are_those_of_the_region(preparing):
    type(preparing.region).objects.filter(pk=preparing.region.pk).update(times_days=11)

    propose(preparing, 7)

    assert preparing.fresh().due_on == timezone.localdate() + timedelta(days=11)


def test_the_page_says_which_round_it_is_and_has_one_button_for_the_next(preparing):
    propose(preparing, 7, family_first=True)
    path = f"/meetings/{preparing.meeting.pk}/answers/"
    first = page(preparing, preparing.coordinator, path)
    answer(preparing, preparing.mother)
    between = page(preparing, preparing.coordinator, path)
    client = factories.sit(preparing.coordinator)
    client.post(f"/meetings/{preparing.meeting.pk}/asking/", secure=True)
    second = client.get(path, secure=True)

    assert "Ensimmäinen kierros: kysytään perheeltä." in main(first)
    assert [one.text.count("/asking/") for one in (first, between, second)] == [0, 1, 0]
    assert "Perhe on kertonut, mitkä ajat käyvät" in main(between)
    assert "Toinen kierros" in main(second)


def test_a_worker_is_told_that_the_family_is_asked_first(preparing):
    propose(preparing, 7, family_first=True)

    told = page(preparing, preparing.invited, f"/meetings/{preparing.meeting.pk}/answer/")

    assert "Sinulta kysytään aikoja myöhemmin" in main(told)
    assert 'type="radio"' not in told.text


def test_all_may_be_asked_at_once(preparing):
    client = factories.sit(preparing.coordinator)
    day = timezone.localdate() + timedelta(days=9)
    typed = {"day1": day.isoformat(), "clock1": "14:00", "minutes": "150", "place": "Kirjasto"}

    client.post(f"/matters/{preparing.matter.pk}/times/", typed | {"first": "everybody"}, secure=True)

    assert len(sent("time-question")) == 2
    assert Meeting.objects.get().asks_others


def test_the_form_offers_the_family_first_and_the_length_of_the_region(preparing):
    type(preparing.region).objects.filter(pk=preparing.region.pk).update(meeting_minutes=165)

    shown = page(preparing, preparing.coordinator, f"/matters/{preparing.matter.pk}/times/")

    assert (shown.context["form"].initial["first"], shown.context["form"].initial["minutes"]) == ("family", 165)
    assert "Tällä alueella tavallinen kesto on 165 minuuttia." in main(shown)


# ---------------------------------------------------------------- somebody who comes later


@pytest.mark.complaint(14)
def test_somebody_permitted_later_is_asked_by_one_press_and_nobody_else_again(timing):
    father = timing.add("own", "Mikko", "Saarela", address="mikko@example.org")
    assert [member.name for member in timing_of(timing).untold] == ["Mikko"]

    ask_next(timing)

    father.refresh_from_db()
    assert sent("time-question")[2:] == [("time-question", father.seat_id)]
    with pytest.raises(Refused):
        ask_next(timing)


# ---------------------------------------------------------------- more times


@pytest.mark.complaint(17)
def test_new_times_keep_the_answers_and_only_who_has_answered_is_told(timing):
    answer_all(timing, timing.mother)

    propose(timing, 20)

    assert sent("time-news") == [("time-news", timing.mother.seat_id)]
    assert len(sent("time-question")) == 2
    assert TimeOption.objects.count() == 3
    assert list(Answer.objects.values_list("member", "value")) == [(timing.mother.pk, "well")] * 2


def test_news_is_not_sent_upon_news_that_nobody_has_looked_at(timing):
    answer_all(timing, timing.mother)
    propose(timing, 20)

    propose(timing, 21)
    assert len(sent("time-news")) == 1

    answer_all(timing, timing.mother)
    propose(timing, 22)
    assert len(sent("time-news")) == 2


def test_news_for_the_family_is_no_news_for_the_others(timing):
    answer_all(timing, timing.mother)
    answer_all(timing, timing.professional)

    propose(timing, 20, family_first=True)

    assert sent("time-news") == [("time-news", timing.mother.seat_id)]


def test_the_others_are_told_of_new_times_that_suit_the_family_and_the_family_is_not(timing):
    answer_all(timing, timing.mother)
    answer_all(timing, timing.professional)
    propose(timing, 20, family_first=True)
    answer_all(timing, timing.mother)

    ask_next(timing)

    assert sent("time-news") == [("time-news", timing.mother.seat_id), ("time-news", timing.invited.pk)]


def test_new_times_are_waited_for(timing):
    answer_all(timing, timing.mother)
    answer_all(timing, timing.professional)
    assert waits_for(timing) == "coordinator"

    propose(timing, 20)

    assert waits_for(timing) == "people"


def test_another_length_is_news(timing):
    answer_all(timing, timing.mother)

    propose(timing, minutes=180)

    assert sent("time-news") == [("time-news", timing.mother.seat_id)]


# ---------------------------------------------------------------- days


def same_hours(cast, day, **typed):
    path = f"/meetings/{cast.meeting.pk}/times/"
    return factories.sit(cast.coordinator).post(path, {"day": day.isoformat()} | typed, secure=True)


@pytest.mark.complaint(22)
def test_the_hours_of_a_day_are_asked_about_on_another_day_too(preparing):
    monday = timezone.localdate() + timedelta(days=10)
    starts = [aware(monday, time(hour)) for hour in (9, 14)]
    preparing.meeting = times.propose_times(
        preparing.fresh(), idempotency_key=preparing.matter.pk, by=preparing.coordinator, at=preparing.at(),
        values=TimesAsked(starts, 120, "Kirjasto", place_shown=True),
    )  # fmt: skip

    answered = same_hours(preparing, monday + timedelta(days=2), source=monday.isoformat())

    told = [timezone.localtime(one.starts_at) for one in preparing.options()]
    assert answered.status_code == 302
    assert [(one.date() - monday, one.hour) for one in told] == [
        (timedelta(0), 9), (timedelta(0), 14), (timedelta(2), 9), (timedelta(2), 14),
    ]  # fmt: skip
    assert preparing.the_meeting().minutes == 120


@pytest.mark.complaint(22)
def test_the_table_groups_the_times_by_day_and_tells_the_week(preparing):
    with time_machine.travel(datetime(2027, 3, 1, 8, 0, tzinfo=UTC), tick=False):
        propose(preparing, 7, 8)
        propose(preparing, 7.125)
        shown = page(preparing, preparing.coordinator, f"/meetings/{preparing.meeting.pk}/answers/")

    assert [(one["day"], len(one["options"])) for one in shown.context["days"]] == [
        (date(2027, 3, 8), 2), (date(2027, 3, 9), 1),
    ]  # fmt: skip
    assert "Maanantai 8. maaliskuuta viikko 10" in main(shown)
    assert "klo 10.00–12.30" in main(shown)
    assert "klo 13.00–15.30" in main(shown)


def test_the_same_day_is_no_other_day(timing):
    day = timezone.localdate(timing.options()[0].starts_at)

    answered = same_hours(timing, day, source=day.isoformat())

    assert (answered.status_code, TimeOption.objects.count()) == (422, 2)
    assert "Tämä aika on jo luettelossa." in main(answered)


def test_an_hour_that_is_skipped_on_the_other_day_is_said(preparing):
    with time_machine.travel(datetime(2027, 3, 1, 8, 0, tzinfo=UTC), tick=False):
        before = date(2027, 3, 27)
        preparing.meeting = times.propose_times(
            preparing.fresh(), idempotency_key=preparing.matter.pk, by=preparing.coordinator, at=preparing.at(),
            values=TimesAsked([aware(before, time(3))], 120, "Kirjasto", place_shown=True),
        )  # fmt: skip

        answered = same_hours(preparing, date(2027, 3, 28), source=before.isoformat())

    assert (answered.status_code, TimeOption.objects.count()) == (422, 1)
    assert "Tuota tuntia ei ole" in main(answered)


# ---------------------------------------------------------------- times that go


def withdraw(cast, option=0):
    times.withdraw_time(cast.options()[option], by=cast.coordinator, at=cast.at())


def test_a_withdrawn_time_is_asked_about_no_more_and_the_other_answers_stay(timing):
    answer_all(timing, timing.mother)
    kept = Answer.objects.get(option=timing.options()[1])

    withdraw(timing)
    withdraw(timing)

    assert timing_of(timing).asked_of(timing.mother) == [timing.options()[1]]
    assert Answer.objects.get(pk=kept.pk).value == "well"
    assert len(sent("time-news")) == 0


def test_a_withdrawn_time_can_be_asked_about_again(timing):
    answer_all(timing, timing.mother)
    start = timing.options()[0].starts_at
    withdraw(timing)

    times.propose_times(
        timing.fresh(), idempotency_key=timing.meeting.pk, by=timing.coordinator, at=timing.at(),
        values=TimesAsked([start], 150, "Kirjaston ryhmähuone", place_shown=False),
    )  # fmt: skip

    assert [one.withdrawn_at for one in timing.options()] == [None, None]
    assert Answer.objects.count() == 2


def test_no_time_is_withdrawn_after_the_choice(cast):
    cast.to("inviting")

    with pytest.raises(Refused):
        withdraw(cast)


def test_withdrawing_the_only_unanswered_time_gives_the_matter_to_the_coordinator(timing):
    answer(timing, timing.mother, option=1)
    answer(timing, timing.professional, option=1)
    assert waits_for(timing) == "people"

    withdraw(timing, option=0)

    assert waits_for(timing) == "coordinator"


def test_a_time_that_has_passed_drops_off_the_questions_by_itself(timing):
    first, second = timing.options()
    paths = {
        timing.mother.seat: "/own/time/",
        timing.invited: f"/meetings/{timing.meeting.pk}/answer/",
        timing.coordinator: f"/meetings/{timing.meeting.pk}/answers/",
    }

    with time_machine.travel(first.starts_at + timedelta(minutes=1)):
        shown = {seat: page(timing, seat, path).text for seat, path in paths.items()}

    for text in shown.values():
        assert str(second.pk) in text
        assert str(first.pk) not in text
