"""The coordinator's pages about times: proposing, who can, whom to ask next, reminding, choosing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.errors import Refused
from kudelma.core.http import Request, create_once, get_or_post, making, render_form
from kudelma.core.phrases import SAVED
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.meetings.actions import asking
from kudelma.meetings.actions import times as actions
from kudelma.meetings.forms import SHORT_MINUTES, ChosenForm, RemindForm, SameHoursForm, TimesForm
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Meeting, TimeOption
from kudelma.meetings.table import by_day, hindered, rows
from kudelma.meetings.timing import TimePoll, is_led_elsewhere, is_waited_for
from kudelma.members.models import Member


@get_or_post
def propose(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "meetings.arrange")
    meeting = Meeting.objects.present().filter(matter=matter, chosen_at=None).first()
    usual = matter.region.meeting_minutes
    initial: dict[str, Any] = {"minutes": usual, "first": "family"}
    if meeting:
        initial = {name: getattr(meeting, name) for name in ("minutes", "place", "place_shown")}
        initial["first"] = "family" if meeting.family_first else "everybody"
    form = TimesForm(request.POST or None, initial=initial, usual=usual)
    ask = making(actions.propose_times, matter, by=request.actor)
    created = create_once(form, ask) if form.is_valid() else None
    if created:
        messages.success(request, _("The family is asked.") if created.family_first else _("Everybody is asked."))
        if created.minutes < SHORT_MINUTES:
            messages.warning(request, _("The time is short: see that everybody can be heard."))
        return redirect("meetings:answers", pk=created.pk)
    return render_form(request, "meetings/propose.html", {"matter": matter, "meeting": meeting}, form=form)


@require_GET
def answers(request: Request, pk: UUID) -> HttpResponse:
    """Who can, who cannot, who has not answered or been asked; whom to ask next, and each time to be chosen."""
    meeting = _find(request, pk)
    timing = TimePoll(meeting, timezone.now())
    context = {
        "meeting": meeting,
        "matter": meeting.matter,
        "timing": timing,
        "is_asking": meeting.chosen_at is None and meeting.matter.is_open,
        "days": by_day(timing.open),
        "rows": rows(timing),
        "gone": [option for option in timing.options if option not in timing.open],
    }
    return render(request, "meetings/answers.html", context)


@get_or_post
def same_hours(request: Request, pk: UUID) -> HttpResponse:
    """Ask about the hours of one day on another day too."""
    meeting = _find(request, pk)
    days = by_day(TimePoll(meeting, timezone.now()).open)
    if meeting.chosen_at or not days:
        raise Refused(_("No times are asked about just now."))
    starts = {day["day"]: [option.starts_at for option in day["options"]] for day in days}
    form = SameHoursForm(request.POST or None, days=starts)
    if form.is_valid():
        values = TimesAsked(
            starts=form.cleaned_data["starts"],
            minutes=meeting.minutes,
            place=meeting.place,
            place_shown=meeting.place_shown,
            family_first=meeting.family_first,
        )
        # The meeting's own id as key: when its time has been chosen meanwhile, no second meeting comes of it.
        actions.propose_times(
            meeting.matter, idempotency_key=meeting.pk, values=values, by=request.actor, at=timezone.now()
        )
        messages.success(request, _("These times are asked about too."))
        return redirect("meetings:answers", pk=meeting.pk)
    return render_form(request, "meetings/same_hours.html", {"meeting": meeting, "matter": meeting.matter}, form=form)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """One time is asked about no more."""
    option = _find_option(request, pk)
    actions.withdraw_time(option, by=request.actor, at=timezone.now())
    messages.success(request, _("This time is asked about no more. The answers about the others stay."))
    return redirect("meetings:answers", pk=option.meeting_id)


@require_POST
def ask(request: Request, pk: UUID) -> HttpResponse:
    """The next round: the others, or those to whom no question has gone."""
    meeting = _find(request, pk)
    asking.ask_next(meeting, by=request.actor, at=timezone.now())
    messages.success(request, _("The question is on its way."))
    return redirect("meetings:answers", pk=meeting.pk)


@require_POST
def need(request: Request, pk: UUID, member: UUID) -> HttpResponse:
    """Whether people meet without this one."""
    meeting = _find(request, pk)
    person = get_object_or_404(Member.objects.visible_to(request.actor), pk=member, matter=meeting.matter)
    asking.set_needed(person, is_needed="needed" in request.POST, by=request.actor, at=timezone.now())
    messages.success(request, SAVED)
    return redirect("meetings:answers", pk=meeting.pk)


@get_or_post
def remind(request: Request, pk: UUID) -> HttpResponse:
    """One reminder to those who are missing, chosen and signed by the one who presses."""
    meeting = _find(request, pk)
    timing = TimePoll(meeting, timezone.now())
    missing = timing.to_remind
    if request.method == "POST":  # pressing twice reminds once; who was reminded meanwhile is no wrong choice
        missing = [*missing, *(member for member in timing.missing if timing.is_reminded(member))]
    form = RemindForm(request.POST or None, members=missing)
    if form.is_valid():
        chosen = [member for member in missing if str(member.pk) in form.cleaned_data["members"]]
        reminded = asking.remind(meeting, chosen, by=request.actor, at=timezone.now())
        sentence = ngettext("One reminder is on its way.", "{n} reminders are on their way.", reminded).format(
            n=reminded
        )
        messages.success(request, sentence if reminded else _("They have been reminded already."))
        return redirect("meetings:answers", pk=meeting.pk)
    context = {"meeting": meeting, "matter": meeting.matter, "missing": missing, "by": request.actor}
    return render_form(request, "meetings/remind.html", context, form=form)


@get_or_post
def choose(request: Request, pk: UUID) -> HttpResponse:
    """Whom the time suits and whom not, seen before it is chosen."""
    option = _find_option(request, pk)
    meeting = option.meeting
    timing = TimePoll(meeting, timezone.now())
    hindrances = hindered(timing, option)
    form = ChosenForm(request.POST or None, shown=hindrances.mark)
    if form.is_valid():
        actions.choose_time(option, by=request.actor, at=timezone.now())
        messages.success(request, _("The time is chosen. Next, invite everybody."))
        return redirect("meetings:invite", pk=meeting.pk)
    context = {
        "meeting": meeting,
        "matter": meeting.matter,
        "option": option,
        "hindrances": hindrances,
        "can": [member for member in timing.invited if timing.settled(member, option)],
        "waited_for": [
            member for member in timing.members if is_waited_for(member) and not timing.settled(member, option)
        ],
        "is_led_elsewhere": is_led_elsewhere(meeting, option.starts_at),
        "is_short": meeting.minutes < SHORT_MINUTES,
        "usual": meeting.matter.region.meeting_minutes,
    }
    return render_form(request, "meetings/choose.html", context, form=form)


def _find(request: Request, pk: UUID) -> Meeting:
    meeting: Meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "meetings.arrange")
    return meeting


def _find_option(request: Request, pk: UUID) -> TimeOption:
    options = TimeOption.objects.visible_to(request.actor).for_page()
    option: TimeOption = find_of_matter(request, options, pk, "meetings.arrange")
    return option
