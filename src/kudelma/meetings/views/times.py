"""Proposing times, answering, choosing; for the coordinator, for workers and for participants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.http import Request, either, made_once, page
from kudelma.core.phrases import SAVED
from kudelma.matters.models import Member
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.meetings.actions import times as actions
from kudelma.meetings.forms import SHORT_MINUTES, AnswerForm, TimesForm
from kudelma.meetings.models import OF_A_TIME, OF_COMING, Answer, Meeting, Value
from kudelma.people.doors import for_participant


@either
def propose(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "meetings.arrange")
    meeting = Meeting.objects.filter(matter=matter, chosen_at=None).first()
    initial: dict[str, Any] = {"minutes": meeting.minutes if meeting else matter.region.meeting_minutes}
    if meeting:
        initial |= {"place": meeting.place, "place_shown": meeting.place_shown}
    form = TimesForm(request.POST or None, initial=initial)

    def ask(*, key: UUID, values: dict[str, Any]) -> Meeting:
        told = {name: values[name] for name in ("minutes", "place", "place_shown")}
        return actions.propose_times(
            matter, key=key, starts=values["starts"], values=told, by=request.actor, at=timezone.now()
        )

    made = made_once(form, ask) if form.is_valid() else None
    if made:
        messages.success(request, _("Everybody who may be invited is asked."))
        if made.minutes < SHORT_MINUTES:
            messages.warning(request, _("The time is short: see that everybody can be heard."))
        return redirect("meetings:answers", pk=made.pk)
    return page(request, "meetings/propose.html", {"matter": matter, "meeting": meeting}, form=form)


@require_GET
def answers(request: Request, pk: UUID) -> HttpResponse:
    """Who can, who cannot, who has not answered; a button for each time."""
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    return render(request, "meetings/answers.html", {"meeting": meeting, "matter": meeting.matter, **table(meeting)})


def table(meeting: Meeting) -> dict[str, Any]:
    """Rows of people, columns of times, and whether each time can be chosen now."""
    options = list(meeting.options.all())  # type: ignore[attr-defined]
    members = actions.asked(meeting.matter)
    told = {(found.member_id, found.option_id): found for found in Answer.objects.filter(meeting=meeting)}
    rows = [
        {
            "member": member,
            "coming": told.get((member.pk, None)),
            "cells": [{"option": option, "answer": told.get((member.pk, option.pk))} for option in options],
        }
        for member in members
    ]
    return {"options": options, "rows": rows}


@require_POST
def choose(request: Request, pk: UUID) -> HttpResponse:
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    option = get_object_or_404(meeting.options.select_related("meeting__matter__region"), pk=_uuid(request))
    actions.choose_time(option, by=request.actor, at=timezone.now())
    messages.success(request, _("The time is chosen. Next, invite everybody."))
    return redirect("meetings:invite", pk=meeting.pk)


@either
def answer_by_phone(request: Request, pk: UUID, member: UUID) -> HttpResponse:
    """Write down what somebody said on the telephone."""
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    person = get_object_or_404(Member.objects.visible_to(request.actor), pk=member, matter=meeting.matter)
    return _answer(request, meeting, person, "meetings/by_phone.html", to=redirect("meetings:answers", pk=pk))


@either
def answer(request: Request, pk: UUID) -> HttpResponse:
    """A worker's own answer."""
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk)
    person = get_object_or_404(Member.objects.visible_to(request.actor), seat=request.actor, matter=meeting.matter)
    return _answer(request, meeting, person, "meetings/answer.html", to=redirect("meetings:answer", pk=pk))


@for_participant(level=1)
@either
def own_answer(request: Request) -> HttpResponse:
    """A participant's own answer: the one thing to do on the first page."""
    matter = find_matter(request, request.actor.matter)  # type: ignore[arg-type]
    meeting = Meeting.objects.visible_to(request.actor).filter(matter=matter).first()
    person = get_object_or_404(Member.objects.visible_to(request.actor), seat=request.actor)
    if meeting is None:
        raise Http404
    return _answer(request, meeting, person, "meetings/own_answer.html", to=redirect("meetings:own-answer"))


def _answer(request: Request, meeting: Meeting, person: Member, template: str, *, to: HttpResponse) -> HttpResponse:
    options = list(meeting.options.all())  # type: ignore[attr-defined]
    form = AnswerForm(request.POST or None, options=options)
    if form.is_valid():
        actions.answer(meeting, person, **form.given(), by=request.actor, at=timezone.now())
        messages.success(request, SAVED)
        return to
    told = {found.option_id: found.value for found in Answer.objects.filter(meeting=meeting, member=person)}
    context = {
        "meeting": meeting,
        "matter": meeting.matter,
        "member": person,
        "times": [
            {
                "option": option,
                "now": told.get(option.pk),
                "buttons": [(f"{option.pk}:{value}", Value(value).label, value) for value in OF_A_TIME],
            }
            for option in options
        ],
        "coming": [(value.value, value.label) for value in OF_COMING],
        "coming_now": told.get(None),
        "all_answered": bool(told.get(None)) or all(option.pk in told for option in options),
    }
    return page(request, template, context, form=form)


def _uuid(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("option", ""))
    except ValueError:
        raise Http404 from None
