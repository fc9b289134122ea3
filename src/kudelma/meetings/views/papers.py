"""What is printed before the meeting, and a participant's own calendar."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.http import Request, get_or_post, render_form
from kudelma.core.phrases import SAVED
from kudelma.matters.views.finding import find_of_matter
from kudelma.meetings import papers
from kudelma.meetings.actions import invitations as actions
from kudelma.meetings.calendar import PUBLISH
from kudelma.meetings.forms import CalendarForm
from kudelma.meetings.models import Invitation, Meeting
from kudelma.meetings.views.finding import find_invitation
from kudelma.meetings.writers import request as entry_of
from kudelma.members.models import Member
from kudelma.pairing.leading import leading
from kudelma.people.doors import for_participant
from kudelma.preparation.models import Preparation


@require_POST
def letter(request: Request, pk: UUID) -> HttpResponse:
    """A letter to send by post, with its code. Printing again kills the code of the one before."""
    invitation = find_invitation(request, pk)
    code = actions.print_letter(invitation, by=request.actor, at=timezone.now())
    member = invitation.member
    if member is None:
        raise Http404
    with translation.override(member.language):
        document = papers.letter(invitation.meeting, member, code)
    return _pdf(document, "kirje.pdf")


@require_GET
def agreed(request: Request, pk: UUID, member: UUID) -> HttpResponse:
    """What was agreed with this person, to be handed over face to face by whoever prepares."""
    rows = Meeting.objects.visible_to(request.actor)
    meeting = find_of_matter(request, rows, pk, "matters.prepare")
    permitted = Member.objects.visible_to(request.actor).filter(matter=meeting.matter).with_permission()
    people = {who.pk: who for who in permitted.for_circle()}
    if member not in people:
        raise Http404
    person = people[member]
    preparation = (
        Preparation.objects.visible_to(request.actor).filter(matter=meeting.matter).select_related("matter").first()
    )
    with translation.override(person.language):
        document = papers.agreed(meeting, person, list(people.values()), leading(meeting.matter), preparation)
    return _pdf(document, "sovittu.pdf")


@for_participant(level=1)
@get_or_post
def own_calendar(request: Request) -> HttpResponse:
    """A tick of one's own: the meeting in one's own calendar. Asked only of those who are invited."""
    invitation = _own_invitation(request)
    person = invitation.member
    form = CalendarForm(request.POST or None, initial={"wants": person.wants_calendar})  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        actions.wish_calendar(
            person, wants=form.cleaned_data["wants"], by=request.actor, at=timezone.now()  # type: ignore[arg-type]
        )  # fmt: skip
        messages.success(request, SAVED)
        return redirect("meetings:own-calendar")
    context = {"matter": invitation.matter, "meeting": invitation.meeting, "wants": person.wants_calendar}  # type: ignore[union-attr]
    return render_form(request, "meetings/own_calendar.html", context, form=form)


@for_participant(level=1)
@require_GET
def own_entry(request: Request) -> HttpResponse:
    """The calendar file itself, for those who ticked. Without attendees, without anybody's address."""
    invitation = _own_invitation(request)
    # A file stays among the downloads of a shared phone: only for whoever has ticked.
    if not invitation.member or not invitation.member.wants_calendar:
        raise Http404
    entry = entry_of(request.actor, invitation, method=PUBLISH)
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = 'attachment; filename="kalenteri.ics"'
    return response


def _own_invitation(request: Request) -> Invitation:
    rows = Invitation.objects.visible_to(request.actor).standing().filter(member__isnull=False)
    settled = rows.filter(meeting__chosen_at__isnull=False, meeting__held_at=None).select_related("meeting", "member")
    invitation: Invitation = find_of_matter(request, settled, meeting__isnull=False)
    return invitation


def _pdf(document: bytes, name: str) -> HttpResponse:
    """Shown as a file whose name tells nothing."""
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
