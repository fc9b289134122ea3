"""The one next step of a matter for one seat: told in a verb, or in whose hands it is now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.people.models import Role


@dataclass(frozen=True)
class NextStep:
    """url and verb are empty when it is not this seat's turn."""

    title: str
    text: str = ""
    url: str = ""
    verb: str = ""


def next_step(matter: Matter, actor: Any, meeting: Any, plan: Any, *, gives_feedback: bool = False) -> NextStep:
    """What `actor` can do next in this matter.

    meeting, plan: None when there is none yet, or none that the actor may see.
    """
    if actor.role == Role.COORDINATOR:
        return _for_coordinator(matter, meeting)
    if actor.role == Role.CONSULTANT:
        return _for_pair(matter, meeting, plan)
    return _for_worker(matter, meeting, gives_feedback)


def _for_coordinator(matter: Matter, meeting: Any) -> NextStep:
    pk = matter.pk
    asked = matter.waits_for
    steps = {
        Step.CONSULTING: lambda: NextStep(
            _("A consultation is asked for"),
            _("Call, then write down what was agreed."),
            reverse("matters:answer-consultation", args=[pk]),
            _("Read and answer"),
        ),
        Step.ORDERED: lambda: NextStep(
            _("A new order"),
            _("Agreed on with the people."),
            reverse("matters:accept", args=[pk]),
            _("Read and answer"),
        ),
        Step.PAIRING: lambda: NextStep(
            _("Looking for two to lead the conversation"),
            _("Those asked have not answered yet.") if asked == WaitsFor.CONSULTANTS else "",
            reverse("matters:pair", args=[pk]),
            _("Choose the two"),
        ),
        Step.PREPARING: lambda: NextStep(
            _("Whom to invite, and a time"),
            _("Agree with the people whom to invite, then ask about times."),
            reverse("matters:people", args=[pk]),
            _("To the people"),
        ),
        Step.TIMING: lambda: NextStep(
            _("The meeting was postponed") if meeting.was_put_off else _("A time is being looked for"),
            _("Everybody has answered, or somebody wishes a call.")
            if asked == WaitsFor.COORDINATOR and not meeting.was_put_off
            else _("A new time is looked for.")
            if asked == WaitsFor.COORDINATOR
            else _("Some have not answered yet."),
            reverse("meetings:answers", args=[meeting.pk]),
            _("See the answers"),
        ),
        Step.INVITING: lambda: NextStep(
            _("The time is chosen"),
            "",
            reverse("meetings:invite", args=[meeting.pk]),
            _("Invite everybody"),
        ),
        Step.INVITED: lambda: NextStep(_("Everybody is invited"), _("The next step is the meeting itself.")),
        Step.MEETING: lambda: NextStep(_("The meeting is going on")),
        Step.PLANNING: lambda: NextStep(_("The plan is being made")),
        Step.FOLLOWING: lambda: NextStep(
            _("The meeting has been held"),
            _("When nothing is open any more, the matter can be closed."),
            reverse("matters:closing", args=[pk]),
            _("Close the matter"),
        ),
        Step.CLOSED: lambda: NextStep(_("The matter is closed")),
    }
    return steps[Step(matter.step)]()


def _for_pair(matter: Matter, meeting: Any, plan: Any) -> NextStep:
    if matter.step == Step.INVITED:
        return NextStep(
            _("You lead this meeting"),
            _("When people have come, begin with who is here."),
            reverse("meetings:begin", args=[meeting.pk]),
            _("Begin the meeting"),
        )
    if matter.step == Step.MEETING:
        return NextStep(
            _("The meeting is going on"), "", reverse("meetings:board", args=[meeting.pk]), _("To the board")
        )
    if matter.step == Step.PLANNING:
        return NextStep(_("The plan is being made"), "", reverse("plans:show", args=[plan.pk]), _("To the plan"))
    if matter.step == Step.PREPARING:
        return NextStep(
            _("The meeting is being prepared"),
            _("Agree with the people whom to invite."),
            reverse("matters:people", args=[matter.pk]),
            _("To the people"),
        )
    if matter.step in {Step.TIMING, Step.INVITING}:
        return NextStep(_("A time is being looked for"), _("The coordinator asks everybody."))
    if matter.step == Step.FOLLOWING and plan is not None:
        return NextStep(_("The meeting has been held"), "", reverse("plans:show", args=[plan.pk]), _("To the plan"))
    if matter.step == Step.FOLLOWING:
        return NextStep(_("The meeting has been held"))  # a meeting without a plan is a complete meeting
    return NextStep(_("The matter is closed") if matter.step == Step.CLOSED else _("Looking for the other one of you"))


def _for_worker(matter: Matter, meeting: Any, gives_feedback: bool) -> NextStep:
    if matter.step == Step.TIMING and meeting is not None:
        return NextStep(
            _("A time is being looked for"),
            "",
            reverse("meetings:answer", args=[meeting.pk]),
            _("Say which time suits you"),
        )
    if matter.step == Step.FOLLOWING and gives_feedback:
        return _after(meeting)
    told = {
        Step.CONSULTING: _("The coordinator calls you"),
        Step.ORDERED: _("The coordinator answers your order"),
        Step.PAIRING: _("Two people are being found to lead the conversation"),
        Step.PREPARING: _("The meeting is being prepared with the people"),
        Step.TIMING: _("A time is being looked for"),
        Step.INVITING: _("A time is being looked for"),
        Step.INVITED: _("You are invited"),
        Step.MEETING: _("The meeting is going on"),
        Step.PLANNING: _("The plan is being made"),
        Step.FOLLOWING: _("The meeting has been held"),
        Step.CLOSED: _("The matter is closed"),
    }
    return NextStep(told[Step(matter.step)])


def _after(meeting: Any) -> NextStep:
    return NextStep(
        _("The meeting has been held"),
        _("How was it? Three questions, without your name."),
        reverse("feedback:give", args=[meeting.pk]),
        _("Give feedback"),
    )


def waited(matter: Matter, today: date | None = None) -> str:
    """«odottanut 9 päivää», or empty for today."""
    days = ((today or timezone.localdate()) - matter.waits_since).days
    if days < 1:
        return ""
    return ngettext("has waited {days} day", "has waited {days} days", days).format(days=days)


def is_long(matter: Matter, today: date | None = None) -> bool:
    return matter.due_on is not None and (today or timezone.localdate()) > matter.due_on
