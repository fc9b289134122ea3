"""What waits for an answer, for one seat. Reads all rooms above; how a line looks stands in `lines`."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.desk.coordinators import desk_of
from kudelma.desk.lines import Waiting, lines, origin
from kudelma.desk.next import is_long, waited
from kudelma.matters.models import Matter, Member, Pairing, Step, WaitsFor
from kudelma.meetings.models import Answer, TimeOption
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
    about_coming = Answer.objects.filter(meeting=OuterRef("meeting"), member__seat=actor.pk, option=None)
    answered = Answer.objects.filter(option=OuterRef("pk"), member__seat=actor.pk)
    own = Member.objects.filter(seat=actor.pk, answers_times=True)
    unanswered = TimeOption.objects.open(timezone.now()).filter(
        ~Exists(answered), ~Exists(about_coming), matter__members__in=own, matter__step=Step.TIMING, for_everybody=True
    )
    asked = Q(pk__in=unanswered.values("matter"))
    about_order = Q(waits_for=WaitsFor.ORDERER, order__by=actor.pk)
    found = Matter.objects.visible_to(actor).open().filter(asked | about_order)
    return lines(list(found.for_list()), actor, "desk:today")
