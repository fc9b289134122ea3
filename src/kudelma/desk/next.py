"""The one next step of a matter for one seat: told in a verb, or in whose hands it is now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kudelma.desk.wishes import Wish
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.people.models import Role


@dataclass(frozen=True)
class NextStep:
    """url and verb are empty when it is not this seat's turn."""

    title: str
    text: str = ""
    url: str = ""
    verb: str = ""


AT_THE_TABLE = {Step.INVITED, Step.MEETING, Step.PLANNING}
"""When whoever leads is next, in whatever role."""


def next_step(
    matter: Matter,
    actor: Any,
    meeting: Any,
    plan: Any,
    *,
    gives_feedback: bool = False,
    wish: str = "",
    leads: bool = False,
) -> NextStep:
    """What `actor` can do next in this matter.

    meeting, plan: None when there is none yet, or none that the actor may see. wish: what a person of the
    matter waits for (see `wishes`); it comes before the step. leads: the actor chairs it, or is its secretary,
    without being a consultant.
    """
    if actor.role == Role.COORDINATOR and wish:
        return _for_a_person(matter, meeting, wish)
    if actor.role == Role.CONSULTANT or (leads and matter.step in AT_THE_TABLE):
        return _for_pair(matter, meeting, plan)
    if actor.role == Role.COORDINATOR:
        return _for_coordinator(matter, meeting)
    if leads and (matter.step == Step.PREPARING or (matter.step == Step.FOLLOWING and not gives_feedback)):
        return _for_pair(matter, meeting, plan)
    if matter.step == Step.PREPARING and _is_named(matter, actor):
        return _preparing(matter)
    return _for_worker(matter, actor, meeting, gives_feedback)


def _for_a_person(matter: Matter, meeting: Any, wish: str) -> NextStep:
    if wish == Wish.CALL:
        return NextStep(
            _("Somebody wishes a call"),
            _("Call, then write down what they answered."),
            reverse("meetings:answers", args=[meeting.pk]),
            _("Call and write it down"),
        )
    return NextStep(
        _("Somebody has identified, and it must be confirmed who it is"),
        _("A call to the person tells."),
        reverse("members:people", args=[matter.pk]),
        _("To the people"),
    )


def _preparing(matter: Matter) -> NextStep:
    """For whoever prepares with the people."""
    return NextStep(
        _("The meeting is being prepared"),
        _("Together with the people: why, whom to invite, and what helps them to take part."),
        reverse("preparation:show", args=[matter.pk]),
        _("To the preparation"),
    )


def _prepared_by_another() -> NextStep:
    return NextStep(_("The meeting is being prepared"), _("Somebody else prepares it with the people."))


def _is_named(matter: Matter, actor: Any) -> bool:
    """Whether the orderer was named to prepare, with the family's yes. Reads the loaded preparation."""
    preparation = getattr(matter, "preparation", None)
    return preparation is not None and preparation.family_agreed and preparation.by_id == actor.pk


def _for_coordinator(matter: Matter, meeting: Any) -> NextStep:
    pk = matter.pk
    asked = matter.waits_for
    # Each made only when it is asked for: some of them read the meeting, which the first steps do not have.
    steps = {
        Step.CONSULTING: lambda: NextStep(
            _("A consultation is asked for"),
            _("Call, then write down what was agreed."),
            reverse("orders:answer-consultation", args=[pk]),
            _("Read and answer"),
        ),
        Step.ORDERED: lambda: _order_to_answer(matter),
        Step.PAIRING: lambda: NextStep(
            _("Looking for two to lead the conversation"),
            _("Those asked have not answered yet.") if asked == WaitsFor.CONSULTANTS else "",
            reverse("pairing:pair", args=[pk]),
            _("Choose the two"),
        ),
        Step.PREPARING: lambda: _preparing(matter),
        Step.TIMING: lambda: NextStep(
            _("The meeting was postponed") if meeting.was_put_off else _("A time is being looked for"),
            _about_answers(meeting, asked),
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


def _about_answers(meeting: Any, asked: str) -> str:
    is_first_round = not meeting.asks_others
    if asked != WaitsFor.COORDINATOR:
        return _("The family is asked first.") if is_first_round else _("Some have not answered yet.")
    if is_first_round:
        return _("The family has answered.")
    return _("Everybody has answered.")


def _order_to_answer(matter: Matter) -> NextStep:
    url = reverse("orders:accept", args=[matter.pk])
    if matter.order.waits_for_call:
        return NextStep(
            _("A family has asked for a call"), _("Call at the hour that was given."), url, _("Read and call")
        )
    if matter.waits_for == WaitsFor.ORDERER:
        return NextStep(_("The orderer has been asked"), _("Their answer has not come yet."), url, _("Read the order"))
    return NextStep(_("A new order"), _("Agreed on with the people."), url, _("Read and answer"))


def _for_pair(matter: Matter, meeting: Any, plan: Any) -> NextStep:
    if matter.step == Step.INVITED:
        return NextStep(
            _("You lead this meeting"),
            _("When people have come, begin with who is here."),
            reverse("board:begin", args=[meeting.pk]),
            _("Begin the meeting"),
        )
    if matter.step == Step.MEETING:
        return NextStep(_("The meeting is going on"), "", reverse("board:show", args=[meeting.pk]), _("To the board"))
    if matter.step == Step.PLANNING:
        return NextStep(_("The plan is being made"), "", reverse("plans:show", args=[plan.pk]), _("To the plan"))
    if matter.step == Step.PREPARING:
        preparation = getattr(matter, "preparation", None)
        return _preparing(matter) if preparation is None or preparation.is_by_pair else _prepared_by_another()
    if matter.step in {Step.TIMING, Step.INVITING}:
        return NextStep(_("A time is being looked for"), _("The coordinator asks everybody."))
    if matter.step == Step.FOLLOWING and plan is not None:
        return NextStep(_("The meeting has been held"), "", reverse("plans:show", args=[plan.pk]), _("To the plan"))
    if matter.step == Step.FOLLOWING:
        return NextStep(_("The meeting has been held"))  # a meeting without a plan is a complete meeting
    return NextStep(_("The matter is closed") if matter.step == Step.CLOSED else _("Looking for the other one of you"))


def _for_worker(matter: Matter, actor: Any, meeting: Any, gives_feedback: bool) -> NextStep:
    if matter.step == Step.TIMING and meeting is not None and not meeting.asks_others:
        return NextStep(_("A time is being looked for"), _("The family is asked first."))
    if matter.step == Step.TIMING and meeting is not None:
        return NextStep(
            _("A time is being looked for"),
            "",
            reverse("meetings:answer", args=[meeting.pk]),
            _("Say which time suits you"),
        )
    if matter.step == Step.FOLLOWING and gives_feedback:
        return _after(meeting)
    if matter.waits_for == WaitsFor.ORDERER and matter.order.by_id == actor.pk:
        return NextStep(
            _("The coordinator asks you something"),
            _("Your order waits for your answer."),
            reverse("orders:reply", args=[matter.pk]),
            _("Read and answer"),
        )
    sentences = {
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
    return NextStep(sentences[Step(matter.step)])


def _after(meeting: Any) -> NextStep:
    return NextStep(
        _("The meeting has been held"),
        _("How was it? Three questions, without your name."),
        reverse("feedback:give", args=[meeting.pk]),
        _("Give feedback"),
    )


def waited(matter: Matter, today: date | None = None) -> str:
    """«odottanut 9 päivää», or empty for today."""
    return waited_since(matter.waits_since, today)


def waited_since(since: date, today: date | None = None) -> str:
    days = ((today or timezone.localdate()) - since).days
    if days < 1:
        return ""
    return ngettext("has waited {days} day", "has waited {days} days", days).format(days=days)


def is_long(matter: Matter, today: date | None = None) -> bool:
    return matter.due_on is not None and (today or timezone.localdate()) > matter.due_on
