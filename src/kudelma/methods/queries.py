"""Which methods: those that everybody shares and those of one's own region."""

from typing import Any

from django.db import models
from django.db.models import Q


class MethodQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MethodQuerySet":
        return self.filter(Q(region=None) | Q(region=actor.region_id))


class QuestionQuerySet(models.QuerySet):
    def of_method(self, method: Any) -> "QuestionQuerySet":
        """The questions in the order in which they are asked, with their wordings, in 2 queries."""
        return self.filter(phase__method=method).order_by("phase__position", "position").prefetch_related("wordings")
