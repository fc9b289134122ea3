"""What waits for an answer, for one seat. Reads all rooms above; how a line looks stands in `lines`."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.desk.coordinators import desk_of
from kudelma.desk.lines import Waiting, lines, origin
from kudelma.desk.next import is_long, waited
from kudelma.matters.models import Matter, Member, Pairing, Step
from kudelma.meetings.models import Answer, TimeOption
from kudelma.people.models import Role, Seat

ANSWER_STAYS_DAYS = 14
"""How long an answer stands on the orderer's first page."""


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
    """What the coordinator asks about an order or has answered to it, then times to answer."""
    recent = timezone.now() - timedelta(days=ANSWER_STAYS_DAYS)
    ordered = list(Matter.objects.asked_or_answered(actor, since=recent).for_list())
    about_coming = Answer.objects.filter(meeting=OuterRef("meeting"), member__seat=actor.pk, option=None)
    answered = Answer.objects.filter(option=OuterRef("pk"), member__seat=actor.pk)
    own = Member.objects.filter(seat=actor.pk, answers_times=True)
    unanswered = TimeOption.objects.open(timezone.now()).filter(
        ~Exists(answered), ~Exists(about_coming), matter__members__in=own, matter__step=Step.TIMING, for_everybody=True
    )
    asking = Matter.objects.visible_to(actor).open().filter(pk__in=unanswered.values("matter"))
    told = [_answered(matter) for matter in ordered if not matter.is_open]
    return told + lines([*(one for one in ordered if one.is_open), *asking.for_list()], actor, "desk:today")


def _answered(matter: Matter) -> Waiting:
    """An order that was answered otherwise than by a yes: the answer is read on the matter's page."""
    return Waiting(
        number=matter.number,
        text=_("Your order has been answered"),
        detail=origin(matter),
        station=1,
        url=matter.get_absolute_url(),
        verb=_("Read the answer"),
        since="",
        is_long=False,
    )
