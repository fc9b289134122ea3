"""Keeping feedback so that nobody is in it: no record, no time, no order in which it came."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.feedback.models import Point, Response
from kudelma.meetings.models import Attendance
from kudelma.methods.models import FeedbackQuestion, Method


@transaction.atomic
def give_feedback(attendance: Attendance, *, method: Method, said: dict[FeedbackQuestion, str], month: date) -> None:
    """Keep one response. That somebody gave it is a tick on their attendance; what it was stands apart.

    Not written into the access record, on purpose: time and order there would lead back to the person.
    month: its first day. Raises Refused for the second time.
    """
    # Set by whoever presses first: of two presses at one moment one counts, and no answer has to name its giver.
    if not Attendance.objects.filter(pk=attendance.pk, gave_feedback=False).update(gave_feedback=True):
        raise Refused(_("You have already given feedback. Thank you."))
    response = Response.objects.create(
        region_id=attendance.region_id, method=method, side=attendance.member.side, month=month
    )
    for question, value in said.items():
        Point.objects.create(response=response, question=question, said=value)


def is_open(meeting: Any, today: date, *, at_once: bool) -> bool:
    """From the day after the meeting, never under anyone's eyes; at once in the demo."""
    if meeting.held_at is None or not meeting.matter.is_open:
        return False
    return at_once or timezone.localdate(meeting.held_at) < today
