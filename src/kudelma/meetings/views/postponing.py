"""A time that does not hold: postponing, moving, cancelling, stopping; and a participant's wish to stop."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.core.errors import Refused
from kudelma.core.http import Request, get_or_post, render_form
from kudelma.matters.models import Matter
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.meetings import preview
from kudelma.meetings.actions import postponing as actions
from kudelma.meetings.forms import RescheduleForm, StopForm, WhyForm
from kudelma.meetings.inputs import NewTime
from kudelma.meetings.models import Meeting, WishToStop
from kudelma.members.models import Member
from kudelma.people.doors import for_participant


@get_or_post
def postpone(request: Request, pk: UUID) -> HttpResponse:
    """Ask anew, or tell another time or place that is agreed on."""
    meeting = _meeting(request, pk)
    if request.method == "GET":
        actions.must_be_settled(meeting)
    initial = {"seen": meeting.sequence, "place": meeting.place, "place_shown": meeting.place_shown, "what": "ask"}
    form = RescheduleForm(request.POST or None, initial=initial, meeting=meeting)
    if form.is_valid():
        gone = form.value()
        if isinstance(gone, NewTime):
            actions.move_to(
                meeting,
                starts_at=gone.starts_at,
                place=gone.place,
                place_shown=gone.place_shown,
                seen=gone.seen,
                why=gone.why,
                by=request.actor,
                at=timezone.now(),
            )
        else:
            actions.put_off(meeting, seen=gone.seen, why=gone.why, by=request.actor, at=timezone.now())
        messages.success(request, _("Those who had been told are told of the change."))
        return redirect("meetings:invite", pk=pk)
    return _change_page(request, "meetings/postpone.html", meeting, form)


@get_or_post
def call_off(request: Request, pk: UUID) -> HttpResponse:
    meeting = _meeting(request, pk)
    if request.method == "GET":
        actions.must_be_settled(meeting)
    form = WhyForm(request.POST or None, initial={"seen": meeting.sequence})
    if form.is_valid():
        gone = form.value()
        actions.call_off(meeting, seen=gone.seen, why=gone.why, by=request.actor, at=timezone.now())
        messages.success(request, _("The meeting is cancelled, and those who had been told are told of it."))
        return redirect("meetings:invite", pk=pk)
    return _change_page(request, "meetings/call_off.html", meeting, form)


@get_or_post
def stop(request: Request, pk: UUID) -> HttpResponse:
    """Somebody stops everything. Those who wish it are listed; the coordinator calls first."""
    matter = find_matter(request, pk, "meetings.arrange")
    members = _who_may_stop(request, matter)
    form = StopForm(request.POST or None, members=members, initial={"after": "wait", "seen": matter.step})
    if form.is_valid():
        stopped = form.value()
        actions.stop(
            matter,
            seen=stopped.seen,
            leaving=[member for member in members if str(member.pk) in stopped.leaving],
            closes=stopped.closes,
            why=stopped.why,
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("It is stopped, and those who had been told are told of it."))
        return redirect(matter)
    meeting = Meeting.objects.present().filter(matter=matter, opened_at=None, chosen_at__isnull=False).first()
    if meeting:
        meeting.matter = matter
    context = {
        "matter": matter,
        "wishing": [member for member in members if member.wish],
        # Whoever has said it by telephone or to a worker has pressed nothing: they are to be called as well.
        "others": [member for member in members if not member.wish],
        "calls": _to_call(meeting) if meeting else [],
    }
    return render_form(request, "meetings/stop.html", context, form=form)


def _who_may_stop(request: Request, matter: Matter) -> list[Any]:
    """The participants who have a way in, each with `wish` and `wished_at` of an open wish to stop, in 1 query."""
    wishes = WishToStop.objects.visible_to(request.actor).open().filter(member=OuterRef("pk"))
    members = Member.objects.visible_to(request.actor).filter(matter=matter).select_related("matter", "seat")
    members = members.annotate(wish=Subquery(wishes.values("pk")[:1]), wished_at=Subquery(wishes.values("at")[:1]))
    return [member for member in members if member.seat is not None and not member.signs_in]


@require_POST
def call(request: Request, pk: UUID) -> HttpResponse:
    """The coordinator has called somebody who wished to stop, and it goes on."""
    rows = WishToStop.objects.visible_to(request.actor)
    wish = find_of_matter(request, rows, pk, "meetings.arrange")
    actions.has_called(wish, by=request.actor, at=timezone.now())
    messages.success(request, _("Written down."))
    return redirect(wish.matter)


@for_participant(level=1)
@get_or_post
def own_stop(request: Request) -> HttpResponse:
    """«I want to stop»: reaches the coordinator as a wish for a call."""
    rows = Member.objects.visible_to(request.actor)
    person = find_of_matter(request, rows, seat=request.actor)
    if request.method == "POST":
        actions.wish_to_stop(person, by=request.actor, at=timezone.now())
        return redirect("meetings:own-stop")
    if not person.matter.is_before_meeting:
        raise Refused(actions.TOO_LATE)
    has_wished = WishToStop.objects.visible_to(request.actor).open().filter(member=person).exists()
    return render_form(request, "meetings/own_stop.html", {"matter": person.matter, "has_wished": has_wished})


def _change_page(request: Request, template: str, meeting: Meeting, form: object) -> HttpResponse:
    context = {"meeting": meeting, "matter": meeting.matter, "calls": _to_call(meeting)}
    return render_form(request, template, context, form=form)


def _to_call(meeting: Meeting) -> list[preview.InvitationRow]:
    """Those who are invited and get no message: a person calls them."""
    rows = preview.invitation_rows(meeting, preview.changes_of(meeting), shows_text=False)
    return [row for row in rows if row.invitation and not row.invitation.withdrawn_at and row.is_by_hand]


def _meeting(request: Request, pk: UUID) -> Meeting:
    meeting: Meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    return meeting
