"""Proposing who chairs a meeting and who is its secretary: of those who come, a coordinator, or from the bank."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.matters.models import Matter
from kudelma.members.models import Member
from kudelma.methods.models import Side
from kudelma.pairing.actions.offers import ask
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Role, Seat


def professionals(matter: Matter) -> list[Member]:
    """Those of the matter who work here and whom the people want along."""
    working = Member.objects.filter(matter=matter, side=Side.PROFESSIONAL, seat__account__isnull=False)
    today = timezone.localdate()
    return [
        member for member in working.with_permission().for_circle() if member.seat and member.seat.is_current(today)
    ]


def coordinators(matter: Matter) -> list[Seat]:
    seats = Seat.objects.current(timezone.localdate()).filter(region=matter.region_id, role=Role.COORDINATOR)
    return list(seats.for_list())


@transaction.atomic
def propose(matter: Matter, seat: Seat, *, part: str, by: Seat, at: datetime) -> LeadAssignment:
    """Ask somebody to chair, or to be the secretary; they answer themselves. Pressing twice asks once.

    Raises Refused for anybody else than a professional of the matter or a coordinator, and when the part is
    taken. A consultant from outside is asked by `pairing.offer`.
    """
    # Asked here too and not by the page alone: to chair is no way in past the people's permission.
    may_be_asked = {member.seat_id for member in professionals(matter)} | {
        coordinator.pk for coordinator in coordinators(matter)
    }
    if seat.pk not in may_be_asked:
        raise Refused(_("Only somebody whom the people want along, or a coordinator, can be asked here."))
    existing = LeadAssignment.objects.filter(matter=matter, seat=seat).standing().first()
    # The same question by another seat is no second press: that one is told that somebody has asked.
    if existing and (existing.part, existing.offered_by_id) == (part, by.pk):
        return existing
    if existing:
        raise Refused(_("They have already been asked. One person takes one part."))
    return ask(matter, seat, part=part, by=by, at=at)
