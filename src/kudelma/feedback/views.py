"""Feedback by whoever was there: a worker signed in, a participant who has come in by link and code."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kudelma.core.http import Request, get_or_post, render_form
from kudelma.feedback.actions import give_feedback, is_open
from kudelma.feedback.forms import FeedbackForm
from kudelma.meetings.models import Attendance
from kudelma.methods.models import FeedbackQuestion
from kudelma.people.doors import for_everyone_in


# The page shows nothing of the matter, and a low threshold is worth more here than certainty.
@for_everyone_in(level=1)
@get_or_post
def give(request: Request, pk: UUID) -> HttpResponse:
    attendance = get_object_or_404(
        Attendance.objects.visible_to(request.actor).select_related("meeting__matter", "meeting__method", "member"),
        meeting=pk,
        member__seat=request.actor,
    )
    meeting = attendance.meeting
    context = {"at_once": settings.DEMO, "matter": meeting.matter}
    if attendance.gave_feedback:
        return render(request, "feedback/thanks.html", context)
    if not is_open(meeting, timezone.localdate(), at_once=settings.DEMO):
        if meeting.held_at is None or not meeting.matter.is_open:
            raise Http404
        return render(request, "feedback/tomorrow.html", context, status=409)
    method = meeting.method
    form = FeedbackForm(request.POST or None, questions=list(FeedbackQuestion.objects.filter(method=method)))
    if request.method == "POST" and form.is_valid():
        give_feedback(attendance, method=method, said=form.said(), month=timezone.localdate().replace(day=1))
        return render(request, "feedback/thanks.html", context)
    return render_form(request, "feedback/give.html", context, form=form)
