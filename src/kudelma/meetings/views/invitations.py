"""Inviting: what leaves, seen before it leaves; and afterwards who was told, how, and what did not arrive."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.core.errors import Refused
from kudelma.core.http import Request, get_or_post
from kudelma.matters.models import Step
from kudelma.matters.views.finding import find_of_matter
from kudelma.meetings import preview
from kudelma.meetings.actions import invitations as actions
from kudelma.meetings.forms import PlaceForm, ToldForm
from kudelma.meetings.models import Meeting
from kudelma.meetings.views.finding import find_invitation


@get_or_post
def invite(request: Request, pk: UUID) -> HttpResponse:
    """Before: each message as it will leave. After: who was told, how; a late addition has a button."""
    meeting = _meeting(request, pk)
    is_before = meeting.matter.step == Step.INVITING
    changes = preview.changes_of(meeting)
    rows = preview.invitation_rows(meeting, changes, shows_text=is_before)
    mark = preview.mark_of(rows)
    if request.method == "POST":
        if not request.POST.get("seen"):
            raise Refused(_("Look at the messages first. Nothing was sent."))
        # Afterwards the page is another one: the second of two presses is answered by the action itself.
        if is_before and request.POST["seen"] != mark:
            raise Refused(actions.CHANGED)
        actions.invite(meeting, seen=(meeting.place_shown, meeting.sequence), by=request.actor, at=timezone.now())
        messages.success(request, _("Everybody is invited."))
        return redirect("meetings:invite", pk=pk)
    context: dict[str, Any] = {"meeting": meeting, "matter": meeting.matter, "rows": rows}
    if is_before:
        form = PlaceForm(initial={"told": "shown" if meeting.place_shown else "phone"})
        return render(request, "meetings/invite.html", context | {"form": form, "mark": mark})
    context |= {
        "last": changes[-1] if changes else None,
        "is_invited": meeting.matter.step == Step.INVITED,
        "off_calls": preview.off_calls(rows),
    }
    return render(request, "meetings/invited.html", context)


@require_POST
def tell_place(request: Request, pk: UUID) -> HttpResponse:
    meeting = _meeting(request, pk)
    form = PlaceForm(request.POST)
    if form.is_valid():
        actions.tell_place(
            meeting, shown=form.cleaned_data["told"] == "shown", by=request.actor, at=timezone.now()
        )  # fmt: skip
    else:
        messages.error(request, _("Choose one of the two. Nothing was saved."))
    return redirect("meetings:invite", pk=pk)


@require_POST
def invite_one(request: Request, pk: UUID, who: UUID) -> HttpResponse:
    """Somebody who has come along later: one of the circle, or of the two who lead."""
    meeting = _meeting(request, pk)
    person = next((candidate for candidate in actions.expected(meeting.matter) if candidate.pk == who), None)
    if person is None:
        raise Http404
    actions.invite_one(meeting, person, by=request.actor, at=timezone.now())
    messages.success(request, _("The invitation is on its way."))
    return redirect("meetings:invite", pk=pk)


@require_POST
def send_again(request: Request, pk: UUID) -> HttpResponse:
    invitation = find_invitation(request, pk)
    actions.send_again(invitation, by=request.actor, at=timezone.now())
    messages.success(request, _("The invitation is on its way."))
    return redirect("meetings:invite", pk=invitation.meeting_id)


@require_POST
def tell(request: Request, pk: UUID) -> HttpResponse:
    """Somebody has told this person the time by telephone or face to face."""
    invitation = find_invitation(request, pk)
    form = ToldForm(request.POST)
    if form.is_valid():
        actions.tell_by_hand(invitation, how=form.cleaned_data["how"], by=request.actor, at=timezone.now())
        messages.success(request, _("Written down."))
    else:
        messages.error(request, _("Choose how they were told. Nothing was saved."))
    return redirect("meetings:invite", pk=invitation.meeting_id)


def _meeting(request: Request, pk: UUID) -> Meeting:
    meeting: Meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    return meeting
