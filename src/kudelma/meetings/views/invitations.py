"""Inviting: what leaves, seen before it leaves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.http import Request, either
from kudelma.matters.views.finding import find_of_matter
from kudelma.meetings.actions import invitations as actions
from kudelma.meetings.actions.times import asked
from kudelma.meetings.models import Meeting


@either
def invite(request: Request, pk: UUID) -> HttpResponse:
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    if request.method == "POST":
        actions.invite(meeting, by=request.actor, at=timezone.now())
        messages.success(request, _("Everybody is invited."))
        return redirect(meeting.matter)
    return render(
        request,
        "meetings/invite.html",
        {"meeting": meeting, "matter": meeting.matter, "members": asked(meeting.matter)},
    )
