"""What waits for an answer, for one seat. Reads all rooms above; how a line looks stands in `lines`."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.desk.coordinators import desk_of
from kudelma.desk.lines import Waiting, lines, origin
from kudelma.desk.next import is_long, waited
from kudelma.matters.models import Matter, Member, Pairing, Step, WaitsFor
from kudelma.meetings.models import Answer
from kudelma.people.models import Role, Seat


def waiting_for(actor: Seat) -> dict[str, Any]:
    """{"groups": {"new": …, "now": …, "long": …}, "n_waiting": …}: what waits for this seat, as on its first page."""
    if actor.role == Role.COORDINATOR:
        return desk_of(actor)
    found = _of_consultant(actor) if actor.role == Role.CONSULTANT else _of_worker(actor)
    return {"groups": {"now": found}, "n_waiting": len(found)}


def _of_consultant(actor: Seat) -> list[Waiting]:
    """Offers to answer, then meetings to prepare or to lead."""
    offers = Pairing.objects.visible_to(actor).offered().for_offers()
    asked = [
        Waiting(
            number=pairing.matter.number,
            text=_("You are asked to lead a conversation") if pairing.part == "lead" else _("You are asked to write"),
            detail=origin(pairing.matter),
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
    """Times to answer, and one's own orders about which the coordinator has asked."""
    answered = Answer.objects.filter(member__seat=actor.pk).values("meeting__matter")
    along = Member.objects.filter(matter=OuterRef("pk"), seat=actor.pk)
    asked = Q(Exists(along), step=Step.TIMING) & ~Q(pk__in=answered)
    about_order = Q(waits_for=WaitsFor.ORDERER, order__by=actor.pk)
    found = Matter.objects.visible_to(actor).open().filter(asked | about_order)
    return lines(list(found.for_list()), actor, "desk:today")
