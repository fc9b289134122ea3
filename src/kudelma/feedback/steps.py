"""That somebody who was there may tell how it was, once, from the day after on."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.feedback.actions import is_open
from kudelma.matters.models import Matter, Step
from kudelma.matters.page import NextStep, Rank, Shown, next_step_of
from kudelma.meetings.models import Attendance
from kudelma.meetings.steps import meeting_of, present_meetings
from kudelma.people.models import Role


def asked(shown: Shown) -> set[UUID]:
    """The ids of those matters at whose meeting the actor was, and may give feedback now and has not."""
    today = timezone.localdate()
    meetings = shown.read(present_meetings).values()
    open_now = [meeting for meeting in meetings if is_open(meeting, today, at_once=settings.DEMO)]
    if not open_now:
        return set()
    attendances = Attendance.objects.filter(meeting__in=open_now, member__seat=shown.actor.pk, gave_feedback=False)
    return set(attendances.values_list("matter", flat=True))


@next_step_of(Rank.OWN, Step.FOLLOWING)
def give(matter: Matter, shown: Shown) -> NextStep | None:
    meeting = meeting_of(matter, shown)
    if meeting is None or shown.actor.role != Role.WORKER or matter.pk not in shown.read(asked):
        return None
    return NextStep(
        _("The meeting has been held"),
        _("How was it? Three questions, without your name."),
        reverse("feedback:give", args=[meeting.pk]),
        _("Give feedback"),
    )
