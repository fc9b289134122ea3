"""Answering about times: by oneself, as a participant or a worker, or told by telephone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.core.http import Request, get_or_post, render_form
from kudelma.core.phrases import SAVED
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.meetings.actions import times as actions
from kudelma.meetings.forms import AnswerForm, AnswersForm
from kudelma.meetings.models import Meeting
from kudelma.meetings.question import question
from kudelma.members.models import Member
from kudelma.people.doors import for_participant


@get_or_post
def answer_by_phone(request: Request, pk: UUID, member: UUID) -> HttpResponse:
    """Write down what somebody said on the telephone."""
    meeting, person = _find_person(request, pk, member)
    return _answer_all(request, meeting, person, "meetings/by_phone.html", to=redirect("meetings:answers", pk=pk))


@require_POST
def call(request: Request, pk: UUID, member: UUID) -> HttpResponse:
    """They were called, and have not said yet which time suits."""
    meeting, person = _find_person(request, pk, member)
    actions.record_call(meeting, person, by=request.actor, at=timezone.now())
    messages.success(request, _("The call is written down."))
    return redirect("meetings:answers", pk=pk)


@get_or_post
def answer(request: Request, pk: UUID) -> HttpResponse:
    """A worker's own answer."""
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk)
    person = get_object_or_404(Member.objects.visible_to(request.actor), seat=request.actor, matter=meeting.matter)
    return _answer_all(request, meeting, person, "meetings/answer.html", to=redirect("meetings:answer", pk=pk))


@for_participant(level=1)
@get_or_post
def own_answer(request: Request) -> HttpResponse:
    """A participant's own answer, one press each. It leads back to the first page, which tells what was saved."""
    matter = find_matter(request, request.actor.space)  # type: ignore[arg-type]
    meeting = Meeting.objects.visible_to(request.actor).present().filter(matter=matter).first()
    person = get_object_or_404(Member.objects.visible_to(request.actor), seat=request.actor)
    if meeting is None:
        raise Http404
    meeting.matter = matter
    asked = question(meeting, person, timezone.now())
    form = AnswerForm(request.POST or None, options=asked.options)
    if form.is_valid():
        given = form.value()
        actions.answer(meeting, person, options=given.options, coming=given.coming, by=request.actor, at=timezone.now())
        messages.success(request, SAVED)
        return redirect("desk:own")
    context = {"meeting": meeting, "matter": matter, "member": person, "question": asked}
    return render_form(request, "meetings/own_answer.html", context, form=form)


def _answer_all(request: Request, meeting: Meeting, person: Member, template: str, *, to: HttpResponse) -> HttpResponse:
    """All times in one go, or one button: a time alone, or about coming at all."""
    asked = question(meeting, person, timezone.now(), all_open=person.seat_id != request.actor.pk)
    is_button = "answer" in request.POST
    # One button judges itself only: the other form would complain of times that nobody touched.
    all_at_once = AnswersForm(
        None if is_button else request.POST or None, options=asked.options, now=asked.now, minutes=meeting.minutes
    )
    button = AnswerForm(request.POST if is_button else None, options=asked.options)
    form: AnswerForm | AnswersForm = button if is_button else all_at_once
    if form.is_valid():
        given = form.value()
        actions.answer(meeting, person, options=given.options, coming=given.coming, by=request.actor, at=timezone.now())
        messages.success(request, SAVED)
        return to
    context = {"meeting": meeting, "matter": meeting.matter, "member": person, "question": asked}
    return render_form(request, template, context | {"form": all_at_once, "button": button}, form=form)


def _find_person(request: Request, pk: UUID, member: UUID) -> tuple[Meeting, Member]:
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    return meeting, get_object_or_404(Member.objects.visible_to(request.actor), pk=member, matter=meeting.matter)
