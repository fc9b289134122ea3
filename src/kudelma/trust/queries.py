"""Which lines of the access record."""

from typing import Any

from django.db import models
from django.db.models import Case, Max, Q, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone


class PinQuerySet(models.QuerySet):
    def held(self) -> "PinQuerySet":
        """Met, and neither confirmed nor turned away: somebody waits for an answer."""
        return self.filter(pinned_at=None, turned_away_at=None)


class EntryQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "EntryQuerySet":
        """A participant who is known for sure sees who opened their space; nobody else sees the record yet."""
        if actor.role == "participant" and actor.level >= 2:
            return self.filter(space=actor.space)
        return self.none()

    def openings_by_professionals(self) -> Any:
        """Which seat opened the space on which day, or let somebody in face to face: newest first.

        Rows {"seat", "day", "admission_door"}; the door is empty for reading, so that a day of reading is one row.
        """
        return (
            self.filter(Q(what="read") | Q(what="did", door="people.admit"))
            # Not the clock: it opens a space to write a message, and nobody reads it.
            .filter(role__in=["worker", "consultant", "coordinator"])
            .annotate(
                day=TruncDate("at", tzinfo=timezone.get_current_timezone()),
                admission_door=Case(When(what="did", then="door"), default=Value("")),
            )
            .values("seat", "day", "admission_door")
            .annotate(newest=Max("at"))
            .order_by("-newest")
        )
