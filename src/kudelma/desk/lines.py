"""Matters as a list shows them: number, next step, origin, thread of time. No family's words on a desk."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.record import record_reading
from kudelma.core.times import when
from kudelma.desk.next import is_long, next_step, waited
from kudelma.desk.wishes import wishes_in
from kudelma.feedback.actions import is_open as feedback_is_open
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.meetings.models import Attendance, Meeting
from kudelma.pairing.models import LeadAssignment
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


def lines(
    matters: list[Matter], actor: Seat, door: str, *, led: set[UUID] | None = None, tells_time: bool = False
) -> list[Waiting]:
    """Matters as a list shows them. Those who are along see what a matter is called; that is recorded.

    matters: of those that the actor may see. led: what `led_by` found, for whoever has asked already.
    tells_time: whether the time of a meeting that is still to come stands there too.
    """
    meetings = _meetings(matters, actor)
    led = led_by(actor) if led is None else led
    named = _named(matters, actor)
    # A coordinator's list has no use for plans unless she leads somewhere, and is spared the question.
    plans = _plans(matters, actor) if actor.role != Role.COORDINATOR or led else {}
    after = asked_for_feedback(actor, list(meetings.values()))
    wishes = wishes_in(matters, actor)
    # Before a line is made: what a matter is called opens only after the reading has been recorded.
    if named:
        record_reading(door, [matter.pk for matter in matters], by=actor, at=timezone.now())
    waiting = []
    for matter in matters:
        meeting = meetings.get(matter.pk)
        gives_feedback = meeting is not None and meeting.pk in after
        plan, wish = plans.get(matter.pk), wishes.get(matter.pk, "")
        step = next_step(matter, actor, meeting, plan, gives_feedback=gives_feedback, wish=wish, leads=matter.pk in led)
        waiting.append(_line(matter, step, names=matter.pk in named, time=_time(meeting) if tells_time else ""))
    return waiting


def _meetings(matters: list[Matter], actor: Seat) -> dict[UUID, Meeting]:
    """{matter: its present meeting}, each of which knows its matter."""
    meetings = {meeting.matter_id: meeting for meeting in Meeting.objects.visible_in(matters, actor).for_list()}
    for matter in matters:
        if matter.pk in meetings:
            meetings[matter.pk].matter = matter
    return meetings


def _plans(matters: list[Matter], actor: Seat) -> dict[UUID, Plan]:
    """The plans of those that may have one: it is begun at the end of the meeting."""
    may_have_plan = [matter for matter in matters if matter.step in {Step.PLANNING, Step.FOLLOWING, Step.CLOSED}]
    plans = Plan.objects.visible_in(may_have_plan, actor).only("matter") if may_have_plan else []
    return {plan.matter_id: plan for plan in plans}


def led_by(actor: Seat) -> set[UUID]:
    """The matters that the actor chairs, or is secretary of; a consultant leads all that they see."""
    if actor.role not in {Role.WORKER, Role.COORDINATOR}:
        return set()
    if actor.role == Role.COORDINATOR and not LeadAssignment.objects.accepted().filter(seat=actor.pk).exists():
        return set()  # nearly always; a shorter question than the one below
    return set(LeadAssignment.objects.still_leading(actor).values_list("matter", flat=True))


def _named(matters: list[Matter], actor: Seat) -> set[UUID]:
    """Of which matters the actor sees what their people call them. The desk shows no family's words."""
    if actor.role == Role.CONSULTANT:
        return {matter.pk for matter in matters}  # leads all that they see
    if actor.role != Role.WORKER:
        return set()
    shared = Matter.objects.shared_with(actor).filter(pk__in=[matter.pk for matter in matters])
    return set(shared.values_list("pk", flat=True))


def asked_for_feedback(actor: Seat, meetings: list[Meeting]) -> set[UUID]:
    """The ids of those meetings where the actor was, about which feedback may be given now and has not been."""
    today = timezone.localdate()
    open_now = [meeting for meeting in meetings if feedback_is_open(meeting, today, at_once=settings.DEMO)]
    if not open_now:
        return set()
    attendances = Attendance.objects.filter(meeting__in=open_now, member__seat=actor.pk, gave_feedback=False)
    return set(attendances.values_list("meeting", flat=True))


def _line(matter: Matter, step: Any, *, names: bool, time: str) -> Waiting:
    is_waiting = matter.waits_for != WaitsFor.NOBODY
    return Waiting(
        number=matter.number,
        text=step.title,
        detail=" · ".join(part for part in (origin(matter), time) if part),
        station=matter.station,
        url=step.url or matter.get_absolute_url(),
        verb=step.verb or _("Open"),
        since=waited(matter) if is_waiting else "",
        is_long=is_waiting and is_long(matter),
        called=matter.called if names else "",
    )


def _time(meeting: Meeting | None) -> str:
    if meeting is None or meeting.starts_at is None or meeting.held_at is not None:
        return ""
    return when(meeting.starts_at, meeting.minutes)


def origin(matter: Matter) -> str:
    """The unit that ordered: what a list tells of where a matter comes from."""
    return matter.order.unit.name if matter.order.unit else ""
