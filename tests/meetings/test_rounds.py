"""A matter may meet again: each meeting is a round, the last one is present, and the former ones stay."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

import factories
from kudelma.board.models import Board
from kudelma.board.weave import weave
from kudelma.meetings.access import meeting_ahead
from kudelma.meetings.actions.times import propose_times
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Attendance, Change, Invitation, Meeting, Postponement
from kudelma.methods.models import Method
from kudelma.plans.models import Plan
from rules.states import at


@pytest.fixture
def again(cast):
    """Held once, and about to look for another time."""
    cast.to("following")
    return cast


def next_round(cast, number=2, **values):
    method = cast.matter.method
    meeting = Meeting(matter=cast.matter, round=number, method=method, minutes=90, **values)
    meeting.save(force_insert=True)
    return meeting


def settled(cast, number=2):
    start = cast.at() + timedelta(days=30)
    return next_round(cast, number, starts_at=start, chosen_at=cast.at(), chosen_by=cast.coordinator)


@pytest.mark.both
def test_the_last_round_is_present_whatever_is_known_of_its_time(again):
    first = again.the_meeting()
    assert list(Meeting.objects.present()) == [first]

    second = next_round(again)
    assert list(Meeting.objects.present()) == [second]

    third = settled(again, 3)
    assert list(Meeting.objects.present()) == [third]
    assert [meeting.round for meeting in Meeting.objects.filter(matter=again.matter)] == [1, 2, 3]


def test_the_rounds_of_another_matter_are_no_later_ones(again):
    other = factories.Cast(again.region).to("timing")
    next_round(again)

    assert set(Meeting.objects.present().values_list("matter", "round")) == {(again.matter.pk, 2), (other.matter.pk, 1)}


@pytest.mark.both
def test_no_round_stands_twice(again):
    with pytest.raises(IntegrityError), transaction.atomic():
        next_round(again, 1)


def test_times_are_asked_for_the_round_that_has_none(cast):
    cast.to("timing")
    first = cast.the_meeting()
    values = TimesAsked(
        [cast.at() + timedelta(days=9)], 90, "Kirjasto", place_shown=False, family_first=True
    )  # fmt: skip
    asked = propose_times(cast.fresh(), idempotency_key=uuid4(), values=values, by=cast.coordinator, at=cast.at())

    assert (asked, asked.round, asked.method) == (first, 1, cast.matter.method)


def test_a_former_round_waits_for_nobody(again):
    assert meeting_ahead(again.matter) is None

    second = settled(again)
    assert meeting_ahead(again.matter) == second

    next_round(again, 3)
    assert meeting_ahead(again.matter) is None


def test_a_board_asks_in_the_version_in_which_its_meeting_meets(again):
    meeting = again.the_meeting()
    newer = Method.objects.get(pk=meeting.method_id)
    newer.pk, newer.version = uuid4(), newer.version + 1
    newer.save(force_insert=True)
    type(again.matter).objects.filter(pk=again.matter.pk).update(method=newer)
    shown = weave(Board.objects.for_weave().get(meeting=meeting), again.lead)

    assert {question.phase.method_id for question in shown.questions} == {meeting.method_id}


def test_what_was_said_and_agreed_in_a_former_round_stays_where_its_people_find_it(again):
    own, lead = factories.sit(again.mother.seat), factories.sit(again.lead)
    page = again.matter.get_absolute_url()
    next_round(again)

    assert "/own/plan/" in own.get("/own/", secure=True).text
    assert "Soitan kouluun." in own.get("/own/plan/", secure=True).text
    assert again.the_plan.get_absolute_url() in lead.get(page, secure=True).text


def test_before_anybody_has_met_there_is_no_plan_to_find(cast):
    cast.to("invited")

    assert "/own/plan/" not in factories.sit(cast.mother.seat).get("/own/", secure=True).text


def test_whoever_was_there_once_does_not_see_what_was_said_another_time(again):
    """Who was there is asked of each round: the new partner of one does not read on in the other's."""
    second = settled(again)
    other_board = Board(matter=again.matter, meeting=second)
    other_board.save(force_insert=True)
    other_plan = Plan.objects.create(
        matter=again.matter, region=again.region, meeting=second, made_at=again.at()
    )  # fmt: skip
    mother = at(again.mother.seat)

    assert list(Board.objects.visible_to(mother)) == [again.board]
    assert list(Plan.objects.visible_to(mother)) == [again.the_plan]

    Attendance(matter=again.matter, meeting=second, member=again.mother).save(force_insert=True)
    assert set(Board.objects.visible_to(mother)) == {again.board, other_board}
    assert set(Plan.objects.visible_to(mother)) == {again.the_plan, other_plan}


def test_that_another_round_was_moved_leaves_nobody_of_this_one_untold(cast):
    cast.to("invited")
    assert not Invitation.objects.untold().exists()
    later = cast.at() + timedelta(hours=1)
    moved = {"what": Change.MOVED, "by": cast.coordinator, "at": later}

    Postponement(matter=cast.matter, meeting=next_round(cast), **moved).save(force_insert=True)
    assert not Invitation.objects.untold().exists()

    Postponement(matter=cast.matter, meeting=cast.the_meeting(), **moved).save(force_insert=True)
    assert Invitation.objects.untold().exists()
