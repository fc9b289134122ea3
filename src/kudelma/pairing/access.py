"""Who leads a matter, and who has been asked to: handed up to the spine."""

from typing import Any

from django.db.models import QuerySet

from kudelma.matters.access import LEADERS, LEADS
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat


@LEADS
def led(actor: Any) -> QuerySet:
    return LeadAssignment.objects.still_leading(actor).values("matter")


@LEADERS
def leaders(matter: Any) -> QuerySet:
    standing = LeadAssignment.objects.standing().filter(matter=matter.pk)
    return Seat.objects.filter(pk__in=standing.values("seat"))
