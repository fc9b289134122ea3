"""One reminder, pressed and signed by a human, only to those who are missing."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError

import factories
from again import main
from kudelma.meetings.actions import asking
from kudelma.meetings.models import Reminder
from kudelma.people.models import Message, PersonalLink, Seat
from meetings.asking import answer, answer_all, page, propose, sent, timing_of


@pytest.fixture
def timing(cast):
    return cast.to("timing")


def remind(cast, *members):
    return asking.remind(cast.the_meeting(), list(members), by=cast.coordinator, at=cast.at())


def reminded():
    return {seat for _kind, seat in sent("time-reminder")}


@pytest.mark.complaint(15, 18)
def test_only_those_who_have_not_answered_are_reminded(timing):
    answer_all(timing, timing.mother)

    remind(timing, timing.mother, timing.professional, timing.close_one, timing.child)

    assert reminded() == {timing.invited.pk}


def test_a_half_answer_still_misses_something(timing):
    answer(timing, timing.mother, option=0)

    assert timing_of(timing).to_remind == [timing.mother, timing.professional]


def test_who_asked_for_a_call_is_not_reminded(timing):
    answer(timing, timing.mother, "call")
    answer(timing, timing.professional, "unsure")

    assert remind(timing, timing.mother, timing.professional) == 0
    assert reminded() == set()


@pytest.mark.complaint(18)
def test_nobody_is_reminded_twice_of_the_same_question(timing):
    assert [remind(timing, timing.mother), remind(timing, timing.mother)] == [1, 0]

    assert len(sent("time-reminder")) == 1


def test_the_database_refuses_a_second_reminder_of_the_same_question(timing):
    remind(timing, timing.mother)
    first = Reminder.objects.get()

    with pytest.raises(IntegrityError):
        Reminder(
            matter=timing.matter, meeting=timing.the_meeting(), option=first.option, member=first.member,
            by=timing.coordinator, at=timing.at(),
        ).save(force_insert=True)  # fmt: skip


def test_to_be_reminded_are_those_who_were_asked_and_not_reminded_of_the_newest_question(timing):
    timing.add("own", "Mikko", "Saarela", address="mikko@example.org")
    assert [member.name for member in timing_of(timing).untold] == ["Mikko"]

    remind(timing, timing.mother)

    assert timing_of(timing).to_remind == [timing.professional]


def test_whoever_was_asked_about_another_meeting_has_not_been_asked_about_this_one(timing):
    assert timing_of(timing).untold == []

    Message.objects.filter(about=timing.meeting.pk, seat=timing.invited).update(about=uuid4())

    assert timing_of(timing).untold == [timing.professional]


def test_new_times_are_another_question(timing):
    remind(timing, timing.mother)

    propose(timing, 20)

    assert remind(timing, timing.mother) == 1


@pytest.mark.complaint(27)
def test_the_coordinator_chooses_whom_to_remind_and_all_are_ticked_at_first(timing):
    client, path = factories.sit(timing.coordinator), f"/meetings/{timing.meeting.pk}/reminders/"
    assert client.get(path, secure=True).context["form"].initial == {}
    ticked = client.get(path, secure=True).context["form"]["members"].value()
    assert ticked == [str(timing.mother.pk), str(timing.professional.pk)]

    client.post(path, {"members": [str(timing.professional.pk)]}, secure=True)

    assert reminded() == {timing.invited.pk}


def test_somebody_who_is_not_missing_cannot_be_chosen(timing):
    answered = factories.sit(timing.coordinator).post(
        f"/meetings/{timing.meeting.pk}/reminders/", {"members": [str(timing.child.pk)]}, secure=True
    )

    assert (answered.status_code, reminded()) == (422, set())


@pytest.mark.complaint(15)
def test_each_gets_a_link_of_their_own_and_answers_as_themselves(timing):
    """Nobody has to type a name again, and nobody stands in the list twice."""
    father = timing.add("own", "Mikko", "Saarela", address="mikko@example.org")
    asking.ask_next(timing.the_meeting(), by=timing.coordinator, at=timing.at())
    call_command("work", once=True)
    mail.outbox.clear()
    father.refresh_from_db()

    remind(timing, timing.mother, father)
    call_command("work", once=True)

    tokens = {letter.to[0]: re.search(r"/i/([\w-]+)/", letter.body).group(1) for letter in mail.outbox}
    seats = {address: PersonalLink.objects.of_token(token).get().seat for address, token in tokens.items()}
    assert seats == {"aino@example.org": timing.mother.seat, "mikko@example.org": Seat.objects.get(pk=father.seat_id)}
    assert timing.matter.members.count() == 5


def test_the_reminder_is_signed_by_the_one_who_pressed_and_tells_nothing_else(timing):
    call_command("work", once=True)
    mail.outbox.clear()

    remind(timing, timing.mother, timing.professional)
    call_command("work", once=True)

    letters = {letter.to[0]: letter for letter in mail.outbox}
    name, title = timing.coordinator.account.first_name, timing.coordinator.title
    assert f"\n\n{name}, koordinaattori\n" in letters["aino@example.org"].body
    assert f"\n\n{name}, {title}\n" in letters[timing.invited.account.address].body
    for letter in letters.values():
        for word in ("Aino", "Elias", "Ritva", "Aamut", "huoli", "Yksikkö", "Kirjaston", timing.matter.number):
            assert word not in letter.subject + letter.body
        assert letter.alternatives == []


def test_a_reminder_of_a_time_that_is_gone_before_it_leaves_says_nothing(timing):
    remind(timing, timing.mother)
    Reminder.objects.get().option.delete()
    mail.outbox.clear()

    call_command("work", once=True)

    assert [letter.body for letter in mail.outbox if "koordinaattori" in letter.body] == []


def test_the_page_shows_quietly_when_a_reminder_went_and_the_matter_waits_as_before(timing):
    before = timing.fresh()
    remind(timing, timing.mother)

    told = main(page(timing, timing.coordinator, f"/meetings/{timing.meeting.pk}/answers/"))

    after = timing.fresh()
    assert told.count("Muistutettu") == 1
    assert (after.waits_for, after.waits_since, after.due_on) == (before.waits_for, before.waits_since, before.due_on)


def test_nobody_is_left_to_remind_when_all_have_answered(timing):
    answer_all(timing, timing.mother)
    answer_all(timing, timing.professional)

    shown = page(timing, timing.coordinator, f"/meetings/{timing.meeting.pk}/reminders/")

    assert "Juuri nyt ei ole ketään muistutettavaa." in main(shown)
    answers = page(timing, timing.coordinator, f"/meetings/{timing.meeting.pk}/answers/")
    assert "/reminders/" not in answers.text
