"""Who sits where: handed up to the regions."""

from datetime import date

from django.db.models import QuerySet

from kudelma.people.models import Role, Seat
from kudelma.regions.queries import RECEIVING


@RECEIVING
def receiving(on: date) -> QuerySet:
    return Seat.objects.current(on).filter(role=Role.COORDINATOR).values("region")
