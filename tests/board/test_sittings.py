"""A meeting of several days: one board, one plan, and nothing written in between."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import factories
from kudelma.board import actions as boards
from kudelma.board.models import Board, Line, Turn, Voice
from kudelma.core.errors import Refused
from kudelma.matters.models import Matter
from kudelma.meetings.access import meeting_ahead
from kudelma.meetings.models import Attendance, Meeting, Sitting
from kudelma.people.models import Admission
from kudelma.plans.models import PlanRow


@pytest.fixture
def meeting(cast):
    return cast.to("meeting")


@pytest.fixture
def adjourned(meeting):
    meeting.first = meeting.the_meeting()
    adjourn(meeting)
    return meeting


def adjourn(cast, days=3, minutes=90):
    cast.goes_on_at = cast.at() + timedelta(days=days)
    boards.adjourn(cast.the_meeting(), starts_at=cast.goes_on_at, minutes=minutes, by=cast.lead, at=cast.at())


def resume(cast, *others):
    here = [cast.mother, *others]
    return boards.resume(cast.the_meeting(), here, by=cast.writer, at=cast.at())


def follows_from_sittings(meeting):
    """Whether what the meeting says of its days is what its sittings say."""
    sittings = list(Sitting.objects.filter(meeting=meeting))
    last = sittings[-1]
    is_over = meeting.held_at is not None
    assert [sitting.number for sitting in sittings] == list(range(1, len(sittings) + 1))
    assert (meeting.opened_at, meeting.opened_by) == (sittings[0].began_at, sittings[0].began_by)
    assert (meeting.starts_at, meeting.minutes) == (last.starts_at, last.minutes)
    assert all(sitting.ended_at for sitting in sittings[:-1])
    assert not is_over or last.ended_at
    return True


@pytest.mark.both
def test_what_the_meeting_says_of_its_days_follows_from_its_sittings(meeting):
    assert follows_from_sittings(meeting.the_meeting())
    adjourn(meeting)
    assert follows_from_sittings(meeting.the_meeting())
    resume(meeting)
    assert follows_from_sittings(meeting.the_meeting())
    meeting.end()
    assert follows_from_sittings(meeting.the_meeting())

    Meeting.objects.filter(pk=meeting.meeting.pk).update(minutes=1)
    with pytest.raises(AssertionError):
        follows_from_sittings(meeting.the_meeting())


def test_the_board_and_whom_it_has_asked_come_along_to_the_next_day(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    voice, question = meeting.voices[meeting.mother.pk], meeting.questions[0]
    Turn.objects.create(
        matter=meeting.matter, region=meeting.region, board=meeting.board, voice=voice, question=question
    )  # fmt: skip
    Board.objects.update(asked=question, voice=voice)
    adjourn(meeting)
    between = Board.objects.get()
    board = resume(meeting)

    assert (between.asked, between.voice) == (None, None)
    assert board == meeting.board
    assert list(Line.objects.all()) == [line]
    assert Turn.objects.count() == 1
    meeting.say(meeting.mother, "Illatkin.")


def test_between_the_days_nothing_is_written(cast):
    cast.to("planning")
    adjourn(cast)
    for act in (
        lambda: cast.say(cast.mother, "Aamut sujuvat."),
        lambda: cast.row(cast.mother, "Olen kotona."),
    ):
        with pytest.raises(Refused):
            act()
    assert cast.row(cast.mother, "Soitan kouluun.", idempotency_key=cast.the_row.pk) == cast.the_row
    resume(cast)
    cast.say(cast.mother, "Aamut sujuvat.")
    cast.row(cast.mother, "Olen kotona.")

    assert (Line.objects.count(), PlanRow.objects.count()) == (1, 2)


def test_somebody_may_come_on_the_second_day_alone(adjourned):
    board = resume(adjourned, adjourned.close_one)
    names = [voice.member.name for voice in Voice.objects.filter(board=board).select_related("member")]

    assert names[-1] == "Ritva"
    assert len(names) == len(set(names)) == 4
    assert Attendance.objects.filter(member=adjourned.mother).count() == 1
    assert Attendance.objects.filter(member=adjourned.close_one).count() == 1


def test_a_day_ends_once_and_begins_once(adjourned):
    with pytest.raises(Refused):
        adjourn(adjourned)
    resume(adjourned)
    with pytest.raises(Refused):
        resume(adjourned)

    assert Sitting.objects.count() == 2
    adjourn(adjourned)
    assert Sitting.objects.count() == 3


def test_nothing_goes_on_that_was_not_adjourned_or_has_ended(cast):
    cast.to("invited")
    with pytest.raises(Refused):
        adjourn(cast)
    cast.meet()
    with pytest.raises(Refused):
        resume(cast)
    cast.plan()
    cast.end()
    for act in (adjourn, resume):
        with pytest.raises(Refused):
            act(cast)


def test_it_goes_on_in_time_to_come_and_with_somebody(meeting):
    with pytest.raises(Refused):
        adjourn(meeting, days=-1)
    assert Sitting.objects.going_on().exists()
    adjourn(meeting)
    with pytest.raises(Refused):
        boards.resume(meeting.the_meeting(), [], by=meeting.lead, at=meeting.at())
    assert Sitting.objects.to_come().exists()


def test_nobody_leads_another_conversation_at_the_hour_at_which_it_goes_on(meeting):
    other = factories.Cast(meeting.region)
    other.lead, other.writer = meeting.lead, meeting.writer
    other.to("inviting")
    taken = other.the_meeting().starts_at
    with pytest.raises(Refused):
        boards.adjourn(meeting.the_meeting(), starts_at=taken, minutes=90, by=meeting.lead, at=meeting.at())

    later = taken + timedelta(days=1)
    boards.adjourn(meeting.the_meeting(), starts_at=later, minutes=90, by=meeting.lead, at=meeting.at())
    assert Sitting.objects.to_come().get().starts_at == later


@pytest.mark.parametrize("leave", [lambda cast: adjourn(cast), lambda cast: cast.end()], ids=["adjourned", "ended"])
def test_whoever_was_admitted_was_so_for_that_day(meeting, leave):
    client = factories.sit(meeting.mother.seat, 2)
    page = "/own/plan/"
    meeting.plan()
    assert client.get(page, secure=True).status_code == 200
    other = factories.Cast(meeting.region).to("planning")
    elsewhere = factories.sit(other.mother.seat, 2)
    leave(meeting)

    assert not Admission.objects.filter(seat=meeting.mother.seat, ended_at=None).exists()
    assert client.get(page, secure=True).status_code != 200
    assert elsewhere.get(page, secure=True).status_code == 200


def test_those_who_lead_see_it_until_it_has_ended_and_the_matter_is_not_forgotten(adjourned):
    matter = Matter.objects.get(pk=adjourned.matter.pk)

    assert matter.leads_until is None
    assert (matter.step, matter.waits_for) == ("meeting", "pair")
    assert matter.due_on == timezone.localdate(adjourned.goes_on_at)
    assert meeting_ahead(matter).starts_at == adjourned.goes_on_at
    resume(adjourned)
    adjourned.end()
    assert Matter.objects.get(pk=adjourned.matter.pk).leads_until is not None


def test_a_meeting_that_does_not_go_on_after_all_was_held_on_the_days_it_was(adjourned):
    adjourned.end()

    ended = adjourned.the_meeting()
    assert follows_from_sittings(ended)
    assert (ended.starts_at, ended.minutes) == (adjourned.first.starts_at, adjourned.first.minutes)
    assert Sitting.objects.count() == 1


def test_a_page_from_before_another_day_was_agreed_on_does_not_end_the_meeting(meeting):
    client, address = factories.sit(meeting.lead), f"/meetings/{meeting.the_meeting().pk}/ending/"
    before = client.get(address, secure=True).context["seen"]
    adjourn(meeting)

    refused = client.post(address, {"seen": before}, secure=True)
    assert (refused.status_code, meeting.the_meeting().held_at) == (409, None)

    client.post(address, {"seen": client.get(address, secure=True).context["seen"]}, secure=True)
    assert meeting.the_meeting().held_at is not None


@pytest.mark.both
@pytest.mark.parametrize("number", [1, 2])
def test_no_two_sittings_have_a_number_or_go_on_at_once(meeting, number):
    sitting = Sitting(
        matter=meeting.matter, meeting=meeting.the_meeting(), number=number, starts_at=meeting.at(), minutes=90
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        sitting.save(force_insert=True)


def test_the_screens_are_told_that_people_go_home_come_back_and_have_met(meeting):
    told = [number_of(meeting)]
    adjourn(meeting)
    told.append(number_of(meeting))
    resume(meeting)
    told.append(number_of(meeting))
    boards.end_meeting(meeting.the_meeting(), by=meeting.lead, at=meeting.at())
    told.append(number_of(meeting))

    assert told == [0, 1, 2, 3]


def number_of(cast):
    return Board.objects.with_number().get(meeting=cast.the_meeting()).number
