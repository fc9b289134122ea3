"""Which lines of the access record."""

from typing import Any
from uuid import UUID

from django.db import models


class EntryQuerySet(models.QuerySet):
    def of_matter(self, matter: UUID) -> "EntryQuerySet":
        return self.filter(matter=matter)

    def visible_to(self, actor: Any) -> "EntryQuerySet":
        """A participant who is known for sure sees who opened their matter; nobody else sees the record yet."""
        if actor.role == "participant" and actor.level >= 2:
            return self.filter(matter=actor.matter)
        return self.none()

    def openings_by_professionals(self) -> "EntryQuerySet":
        return self.filter(what="read", role__in=["worker", "consultant", "coordinator"])
