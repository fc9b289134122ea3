"""What waits for an answer, for one seat. Reads all rooms above; a list shows no family's words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.desk.next import is_long, next_step, waited
from kudelma.matters.models import Matter, Pairing, Step, WaitsFor
from kudelma.meetings.models import Answer, Meeting
from kudelma.people.models import Role, Seat
from kudelma.plans.models import Plan


@dataclass(frozen=True)
class Waiting:
    """One line of the list."""

    number: str
    text: str
    detail: str
    station: int
    url: str
    verb: str
    since: str
    is_long: bool


def waiting_for(actor: Seat) -> dict[str, list[Waiting]]:
    """{"new": …, "now": …, "long": …}: what waits for this seat, in the groups of the desk."""
    if actor.role == Role.COORDINATOR:
        return _grouped(_of_coordinator(actor))
    if actor.role == Role.CONSULTANT:
        return {"now": _of_consultant(actor)}
    if actor.role == Role.WORKER:
        return {"now": _of_worker(actor)}
    return {}


def _of_coordinator(actor: Seat) -> list[tuple[Matter, Waiting]]:
    matters = list(
        Matter.objects.visible_to(actor).open().filter(waits_for=WaitsFor.COORDINATOR).for_list()
        .order_by("waits_since", "running")
    )  # fmt: skip
    meetings = _newest_meetings(matters)
    return [(matter, line(matter, actor, meetings.get(matter.pk))) for matter in matters]


def _grouped(found: list[tuple[Matter, Waiting]]) -> dict[str, list[Waiting]]:
    groups: dict[str, list[Waiting]] = {"new": [], "now": [], "long": []}
    for matter, told in found:
        fresh = matter.step in {Step.ORDERED, Step.CONSULTING}
        groups["long" if told.is_long else "new" if fresh else "now"].append(told)
    return groups


def _of_consultant(actor: Seat) -> list[Waiting]:
    today = timezone.localdate()
    offers = (
        Pairing.objects.visible_to(actor).offered().select_related("matter__order__unit", "matter__region")
        .order_by("offered_at")
    )  # fmt: skip
    told = [
        Waiting(
            number=pairing.matter.number,
            text=_("You are asked to lead a conversation") if pairing.part == "lead" else _("You are asked to write"),
            detail=pairing.matter.order.unit.name if pairing.matter.order.unit else "",
            station=pairing.matter.station,
            url=reverse("matters:offer", args=[pairing.pk]),
            verb=_("Read and answer"),
            since=_since(timezone.localdate(pairing.offered_at), today),
            is_long=False,
        )
        for pairing in offers
    ]
    matters = list(
        Matter.objects.visible_to(actor).open()
        .filter(step__in=[Step.PREPARING, Step.INVITED, Step.MEETING, Step.PLANNING]).for_list()
    )  # fmt: skip
    meetings = _newest_meetings(matters)
    plans = {plan.matter_id: plan for plan in Plan.objects.filter(matter__in=matters)}
    return told + [line(matter, actor, meetings.get(matter.pk), plans.get(matter.pk)) for matter in matters]


def _of_worker(actor: Seat) -> list[Waiting]:
    """Times to answer, and one's own orders that are under way."""
    asking = list(
        Matter.objects.visible_to(actor).open().filter(step=Step.TIMING, members__seat=actor).for_list().distinct()
    )
    meetings = _newest_meetings(asking)
    answered = set(
        Answer.objects.filter(member__seat=actor, meeting__in=meetings.values()).values_list(
            "meeting__matter", flat=True
        )
    )
    return [line(matter, actor, meetings.get(matter.pk)) for matter in asking if matter.pk not in answered]


def line(matter: Matter, actor: Any, meeting: Any, plan: Any = None) -> Waiting:
    """One matter as a list shows it: number, where it came from, where it is, the next step."""
    step = next_step(matter, actor, meeting, plan)
    return Waiting(
        number=matter.number,
        text=step.title,
        detail=_origin(matter),
        station=matter.station,
        url=step.url or matter.get_absolute_url(),
        verb=step.verb or _("Open"),
        since=waited(matter) if matter.waits_for != WaitsFor.NOBODY else "",
        is_long=is_long(matter),
    )


def _origin(matter: Matter) -> str:
    return matter.order.unit.name if matter.order.unit else ""


def _since(day: date, today: date) -> str:
    return "" if day == today else _("since {day}").format(day=f"{day.day}.{day.month}.")


def _newest_meetings(matters: list[Matter]) -> dict[Any, Meeting]:
    """{matter id: its newest meeting}, in one query."""
    return {meeting.matter_id: meeting for meeting in Meeting.objects.filter(matter__in=matters).order_by("pk")}
