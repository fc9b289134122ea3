"""Letting those who coordinate know that something in a matter waits for them."""

from datetime import datetime

from django.utils import timezone

from kudelma.matters.models import Matter
from kudelma.people.actions.messages import send
from kudelma.people.models import Role, Seat


def tell_coordinators(matter: Matter, *, by: Seat, at: datetime) -> None:
    """Let the region's coordinators know that something waits. The message does not say what."""
    seats = Seat.objects.current(timezone.localdate(at)).filter(region=matter.region_id, role=Role.COORDINATOR)
    for coordinator in seats:
        if coordinator.pk != by.pk:
            send("waits", to=coordinator, by=by, at=at, space=matter.pk)
