"""Matters as a list shows them: number, next step, origin, thread of time. No family's words on a desk."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.record import record_reading
from kudelma.core.times import when
from kudelma.matters.models import Matter, WaitsFor
from kudelma.matters.page import NextStep, Shown, next_step
from kudelma.matters.panels import is_along
from kudelma.matters.waiting import ORIGIN, is_long, waited
from kudelma.meetings.models import Meeting
from kudelma.meetings.steps import meeting_of
from kudelma.people.models import Role, Seat
from kudelma.people.today import Waiting


def lines(matters: list[Matter], actor: Seat, door: str, *, tells_time: bool = False) -> list[Waiting]:
    """Matters as a list shows them. Those who are along see what a matter is called; that is recorded.

    matters: of those that the actor may see. tells_time: whether the time of a meeting that is still to come stands
    there too.
    """
    shown = Shown(matters, actor)
    steps = [next_step(matter, shown) for matter in matters]
    # The desk shows no family's words.
    named = {matter.pk for matter in matters if actor.role != Role.COORDINATOR and is_along(matter, shown)}
    # Before a line is made: what a matter is called opens only after the reading has been recorded.
    if named:
        record_reading(door, named, by=actor, at=timezone.now())
    today = timezone.localdate()
    return [
        _line(
            matter, step, called=matter.called if matter.pk in named else "",
            time=_time(meeting_of(matter, shown)) if tells_time else "",
            today=today,
        )
        for matter, step in zip(matters, steps, strict=True)
    ]  # fmt: skip


def _line(matter: Matter, step: NextStep, *, called: str, time: str, today: date) -> Waiting:
    is_waiting = matter.waits_for != WaitsFor.NOBODY
    return Waiting(
        number=matter.number,
        text=step.title,
        detail=" · ".join(part for part in (ORIGIN.only(matter), time) if part),
        station=matter.station,
        url=step.url or matter.get_absolute_url(),
        verb=step.verb or _("Open"),
        since=waited(matter, today) if is_waiting else "",
        is_long=is_waiting and is_long(matter, today),
        called=called,
    )


def _time(meeting: Meeting | None) -> str:
    if meeting is None or meeting.starts_at is None or meeting.held_at is not None:
        return ""
    return when(meeting.starts_at, meeting.minutes)
