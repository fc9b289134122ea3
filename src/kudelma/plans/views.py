"""The plan while it is made, as a page for those who were there, and as a sheet of paper."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.http import Request, create_once, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import may
from kudelma.matters.views.finding import find_of_matter
from kudelma.meetings.models import Meeting
from kudelma.members.models import Member
from kudelma.people.doors import for_everyone_in, for_participant
from kudelma.plans import actions
from kudelma.plans.forms import ChangeRowForm, OnwardsForm, RowForm, initial_of
from kudelma.plans.models import Plan, PlanRow
from kudelma.plans.sheet import sheet


@require_POST
def begin(request: Request, pk: UUID) -> HttpResponse:
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "plans.write")
    return redirect(actions.begin_plan(meeting, by=request.actor, at=timezone.now()))


@require_GET
def show(request: Request, pk: UUID) -> HttpResponse:
    plan = _find(request, pk)
    return render(
        request,
        "plans/show.html",
        {
            "plan": plan,
            "matter": plan.matter,
            "meeting": plan.meeting,
            "people": people_of(plan),
            "may_write": may(request.actor, "plans.write", plan.matter) and plan.meeting.held_at is None,
        },
    )


@get_or_post
def row(request: Request, pk: UUID, member: UUID) -> HttpResponse:
    """One more row of one person. Whoever writes asks the person, and writes what they say."""
    plan = _find(request, pk, "plans.write")
    # On GET only: what was typed while the meeting ended comes back with the sentence that says so.
    if request.method == "GET" and plan.meeting.held_at:
        return redirect(plan)
    person = get_object_or_404(Member.objects.visible_to(request.actor), pk=member, matter=plan.matter)
    form = RowForm(request.POST or None)
    make = partial(actions.add_row, plan, person, by=request.actor, at=timezone.now())
    if form.is_valid() and create_once(form, make):
        messages.success(request, SAVED)
        return redirect(plan)
    return _render_row(request, plan, person, form)


@get_or_post
def change_row(request: Request, pk: UUID, row: UUID) -> HttpResponse:
    plan = _find(request, pk, "plans.write")
    if request.method == "GET" and plan.meeting.held_at:
        return redirect(plan)
    existing = get_object_or_404(_rows(plan), pk=row)
    form = ChangeRowForm(request.POST or None, initial=initial_of(existing, ["what", "with_whom", "by_when", "read"]))
    if form.is_valid() and saved_or_both(form, saving(actions.change_row, existing, by=request.actor)):
        messages.success(request, SAVED)
        return redirect(plan)
    return _render_row(request, plan, existing.member, form)


def _render_row(request: Request, plan: Plan, member: Member, form: Any) -> HttpResponse:
    return render_form(request, "plans/row.html", {"plan": plan, "matter": plan.matter, "member": member}, form=form)


@require_POST
def take_back(request: Request, pk: UUID, row: UUID) -> HttpResponse:
    """The second of two presses finds no row any more, and comes back to the same plan."""
    plan = _find(request, pk, "plans.write")
    existing = _rows(plan).filter(pk=row).first()
    if existing is not None:
        actions.take_back(existing, by=request.actor, at=timezone.now())
    return redirect(plan)


@get_or_post
def onwards(request: Request, pk: UUID) -> HttpResponse:
    plan = _find(request, pk, "plans.write")
    if request.method == "GET" and plan.meeting.held_at:
        return redirect(plan)
    form = OnwardsForm(request.POST or None, initial=initial_of(plan, ["responsible", "follow_up"]))
    save = saving(actions.agree_onwards, plan, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect(plan)
    return render_form(request, "plans/onwards.html", {"plan": plan, "matter": plan.matter}, form=form)


@for_everyone_in(level=2)
@require_GET
def paper(request: Request, pk: UUID) -> HttpResponse:
    """The plan sheet as PDF. Its file name tells nothing."""
    plan = _find(request, pk)
    # What was judged to be closed to this reader is closed to them on paper too.
    own = Member.objects.filter(matter=plan.matter, seat=request.actor).first()
    shows_theme = own is None or own.sees("theme")
    pdf = sheet(plan, people_of(plan), shows_theme=shows_theme)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="suunnitelma.pdf"'
    return response


@for_participant(level=2)
@require_GET
def own(request: Request) -> HttpResponse:
    """A participant's plan: their own rows first, then everybody's."""
    newest = Plan.objects.visible_to(request.actor).newest()
    if newest is None:
        raise Http404
    # Found a second time, since only there the reading is recorded: before that no word opens.
    plan = _find(request, newest.pk)
    people = people_of(plan)
    mine = next((person for person in people if person["member"].seat_id == request.actor.pk), None)
    return render(
        request,
        "plans/own.html",
        {
            "plan": plan,
            "matter": plan.matter,
            "mine": mine,
            "people": [person for person in people if person is not mine],
        },
    )


def people_of(plan: Plan) -> list[dict[str, Any]]:
    """Everybody who was there, each with their rows, which may be none: people first, as on the board."""
    voices = plan.meeting.board.voices.select_related("member").order_by("position")
    rows = list(plan.rows.all())  # type: ignore[attr-defined]
    return [
        {"member": voice.member, "rows": [row for row in rows if row.member_id == voice.member_id]} for voice in voices
    ]


def _rows(plan: Plan) -> Any:
    """The rows of a plan that was found, each of which knows its plan."""
    return PlanRow.objects.filter(plan=plan).select_related("plan__matter", "member")


def _find(request: Request, pk: UUID, rule: str | None = None) -> Plan:
    sitting = "plans:show" if rule else ""
    return find_of_matter(request, Plan.objects.visible_to(request.actor).for_sheet(), pk, rule, sitting=sitting)
