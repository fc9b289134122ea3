"""Feedback that belongs to nobody: once each, from the next day, unrecorded, shown to nobody."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

import factories
from kudelma.core.errors import Refused
from kudelma.feedback.actions import give_feedback
from kudelma.feedback.models import Point, Response
from kudelma.meetings.models import Attendance
from kudelma.methods.models import FeedbackQuestion
from kudelma.trust.models import Entry

ANSWERS = {"kuunneltiin": "yes", "turvallista": "partly", "suunnitelma": ""}


@pytest.fixture
def held(cast):
    return cast.to("following")


def tomorrow():
    return time_machine.travel(timezone.now() + timedelta(days=1, minutes=1))


def give(cast, seat, level=2):
    client = factories.sit(seat, level)
    return client.post(f"/meetings/{cast.meeting.pk}/feedback/", ANSWERS, secure=True)


def test_it_opens_the_next_day_and_not_before(held):
    assert give(held, held.invited).status_code == 409
    with tomorrow():
        assert give(held, held.invited).status_code == 200

    assert Response.objects.count() == 1


def test_a_response_names_no_person_day_matter_or_meeting(held):
    with tomorrow():
        give(held, held.mother.seat)
        today = timezone.localdate()

    told = Response.objects.get()
    assert (told.region, told.side, told.month) == (held.region, "own", today.replace(day=1))
    assert {f.name for f in Response._meta.fields} == {"id", "region", "method", "side", "month"}
    assert sorted(Point.objects.values_list("question__slug", "said")) == [
        ("kuunneltiin", "yes"),
        ("turvallista", "partly"),
    ]


def test_giving_it_leaves_no_line_in_the_record(held):
    with tomorrow():
        give(held, held.invited)

    assert not Entry.objects.filter(door__startswith="feedback").exists()


def test_each_one_gives_it_once(held):
    with tomorrow():
        give(held, held.invited)
        again = give(held, held.invited)

    assert again.status_code == 200
    assert Response.objects.count() == 1
    attendance = Attendance.objects.get(member=held.professional)
    with pytest.raises(Refused):
        give_feedback(attendance, method=held.fresh().method, said={}, month=date(2026, 11, 1))


def test_a_participant_at_level_one_may_give_it(held):
    with tomorrow():
        assert give(held, held.mother.seat, level=1).status_code == 200


def test_only_those_who_were_there_may(held):
    with tomorrow():
        for seat in (held.orderer, held.lead, held.coordinator, held.outsider, held.close_one.seat):
            assert give(held, seat).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "steering", "administrator", "lead"])
def test_it_is_shown_to_nobody_yet(held, who):
    with tomorrow():
        give(held, held.invited)

    assert list(Response.objects.visible_to(getattr(held, who))) == []


def test_three_questions_are_asked_of_each_method_in_every_language(held):
    questions = list(FeedbackQuestion.objects.all())

    assert Counter(q.method.slug for q in questions) == {"ennakointidialogi": 3, "verkostokokous": 3}
    assert all(q.text_fi and q.text_selko and q.text_sv and q.text_en for q in questions)


def test_a_press_without_any_answer_uses_nothing_up(held):
    with tomorrow():
        client, address = factories.sit(held.invited), f"/meetings/{held.meeting.pk}/feedback/"
        empty = client.post(address, {"kuunneltiin": ""}, secure=True)
        assert (empty.status_code, Response.objects.count()) == (422, 0)
        assert "Vastaa ainakin yhteen" in empty.text

        assert client.post(address, {"kuunneltiin": "yes"}, secure=True).status_code == 200

    assert Response.objects.count() == 1
