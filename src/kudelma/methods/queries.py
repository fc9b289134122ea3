"""Which methods: those that everybody shares and those of one's own region."""

from typing import Any

from django.db import models
from django.db.models import Q


class MethodQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MethodQuerySet":
        return self.filter(Q(region=None) | Q(region=actor.region_id))

    def for_board(self) -> "MethodQuerySet":
        """A method with its phases, questions and wordings, in 4 queries."""
        return self.prefetch_related("phases__questions__wordings")
