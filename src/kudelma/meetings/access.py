"""Who was there when people met, and which hours a matter asks for: handed up to the rooms above."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from kudelma.matters.access import HELD, WAS_THERE
from kudelma.matters.models import Matter
from kudelma.meetings.models import Attendance, Meeting
from kudelma.members.queries import ATTENDED
from kudelma.pairing.ahead import HOURS_AHEAD, MEETING_AHEAD


@WAS_THERE
def was_there(actor: Any) -> QuerySet:
    return Attendance.objects.filter(member__seat=actor.pk).values("matter")


@HELD
def is_held(matter: Matter) -> bool:
    return Meeting.objects.filter(matter=matter, held_at__isnull=False).exists()


@ATTENDED
def attended() -> QuerySet:
    return Attendance.objects.filter(meeting__in=Meeting.objects.present())


@MEETING_AHEAD
def meeting_ahead(matter: Matter) -> Meeting | None:
    return Meeting.objects.present().filter(matter=matter, chosen_at__isnull=False, held_at=None).first()


@HOURS_AHEAD
def hours_ahead(matter: Matter) -> Iterator[tuple[datetime, datetime]]:
    meetings = Meeting.objects.filter(matter=matter, held_at=None)
    for chosen, minutes, asked in meetings.values_list("starts_at", "minutes", "options__starts_at"):
        starts = chosen or asked
        if starts:
            yield starts, starts + timedelta(minutes=minutes)
