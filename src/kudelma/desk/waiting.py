"""What waits for an answer, for one seat. Reads all rooms above; the desk shows no family's words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.record import opened
from kudelma.desk.calls import calls
from kudelma.desk.next import is_long, next_step, waited
from kudelma.feedback.actions import is_open as feedback_is_open
from kudelma.matters.models import Matter, Pairing, Step, WaitsFor
from kudelma.meetings.models import Answer, Attendance, Meeting
from kudelma.people.models import Role, Seat
from kudelma.plans.models import Plan


@dataclass(frozen=True)
class Waiting:
    """One line of a list. called: what its people call the matter; empty on the coordinator's desk."""

    number: str
    text: str
    detail: str
    station: int
    url: str
    verb: str
    since: str
    is_long: bool
    called: str = ""


def waiting_for(actor: Seat) -> dict[str, list[Waiting]]:
    """{"new": …, "now": …, "long": …}: what waits for this seat, in the groups of the desk."""
    if actor.role == Role.COORDINATOR:
        return _of_coordinator(actor)
    if actor.role == Role.CONSULTANT:
        return {"now": _of_consultant(actor)}
    if actor.role == Role.WORKER:
        return {"now": _of_worker(actor)}
    return {}


def lines(matters: list[Matter], actor: Seat, door: str) -> list[Waiting]:
    """Matters as a list shows them. Those who are along see what a matter is called; that is recorded."""
    found = Meeting.objects.visible_to(actor).filter(matter__in=matters).select_related("matter").order_by("pk")
    meetings = {meeting.matter_id: meeting for meeting in found}
    plans = {plan.matter_id: plan for plan in Plan.objects.visible_to(actor).filter(matter__in=matters)}
    after = asked_for_feedback(actor, list(meetings.values()))
    named = _named(matters, actor)
    if named:
        opened(door, [matter.pk for matter in matters], by=actor, at=timezone.now())
    return [
        _line(matter, actor, meetings.get(matter.pk), plans.get(matter.pk), names=matter.pk in named, after=after)
        for matter in matters
    ]


def _named(matters: list[Matter], actor: Seat) -> set[UUID]:
    """Of which matters the actor sees what their people call them. The desk shows no family's words."""
    if actor.role not in {Role.WORKER, Role.CONSULTANT}:
        return set()
    shared = Matter.objects.shared_with(actor).filter(pk__in=[matter.pk for matter in matters])
    return set(shared.values_list("pk", flat=True))


def asked_for_feedback(actor: Seat, meetings: list[Meeting]) -> set[UUID]:
    """The ids of those meetings where the actor was, about which feedback may be given now and has not been."""
    today = timezone.localdate()
    open_now = [meeting for meeting in meetings if feedback_is_open(meeting, today, at_once=settings.DEMO)]
    if not open_now:
        return set()
    there = Attendance.objects.filter(meeting__in=open_now, member__seat=actor.pk, gave_feedback=False)
    return set(there.values_list("meeting", flat=True))


def _line(matter: Matter, actor: Any, meeting: Any, plan: Any, *, names: bool, after: set[UUID]) -> Waiting:
    step = next_step(matter, actor, meeting, plan, gives_feedback=meeting is not None and meeting.pk in after)
    is_waiting = matter.waits_for != WaitsFor.NOBODY
    return Waiting(
        number=matter.number,
        text=step.title,
        detail=_origin(matter),
        station=matter.station,
        url=step.url or matter.get_absolute_url(),
        verb=step.verb or _("Open"),
        since=waited(matter) if is_waiting else "",
        is_long=is_waiting and is_long(matter),
        called=matter.called if names else "",
    )


def _of_coordinator(actor: Seat) -> dict[str, list[Waiting]]:
    """The desk: long waited first, then new orders, then what is under way. A held meeting rests until it is due."""
    found = list(
        Matter.objects.visible_to(actor)
        .open()
        .filter(waits_for=WaitsFor.COORDINATOR)
        .exclude(step=Step.FOLLOWING, due_on__gte=timezone.localdate())
        .for_list()
        .order_by("waits_since", "running")
    )
    groups: dict[str, list[Waiting]] = {"long": [], "new": [], "now": _calls(actor)}
    for matter, told in zip(found, lines(found, actor, "desk:today"), strict=True):
        is_new = matter.step in {Step.ORDERED, Step.CONSULTING}
        groups["long" if told.is_long else "new" if is_new else "now"].append(told)
    return groups


def _calls(actor: Seat) -> list[Waiting]:
    """What waits for a call, whatever step the matter is at."""
    return [
        Waiting(
            number=matter.number,
            detail=_origin(matter),
            station=matter.station,
            since="",
            is_long=False,
            **told,
        )
        for matter, told in calls(actor)
    ]


def _of_consultant(actor: Seat) -> list[Waiting]:
    """Offers to answer, then meetings to prepare or to lead."""
    offers = Pairing.objects.visible_to(actor).offered().for_offers()
    asked = [
        Waiting(
            number=pairing.matter.number,
            text=_("You are asked to lead a conversation") if pairing.part == "lead" else _("You are asked to write"),
            detail=_origin(pairing.matter),
            station=pairing.matter.station,
            url=reverse("matters:offer", args=[pairing.pk]),
            verb=_("Read and answer"),
            since=waited(pairing.matter),
            is_long=is_long(pairing.matter),
        )
        for pairing in offers
    ]
    steps = [Step.PREPARING, Step.INVITED, Step.MEETING, Step.PLANNING]
    matters = list(Matter.objects.visible_to(actor).open().filter(step__in=steps).for_list())
    return asked + lines(matters, actor, "desk:today")


def _of_worker(actor: Seat) -> list[Waiting]:
    """Times to answer."""
    answered = Answer.objects.filter(member__seat=actor).values("meeting__matter")
    asking = (
        Matter.objects.visible_to(actor).open().filter(step=Step.TIMING, members__seat=actor).exclude(pk__in=answered)
    )
    return lines(list(asking.for_list()), actor, "desk:today")


def _origin(matter: Matter) -> str:
    return matter.order.unit.name if matter.order.unit else ""
