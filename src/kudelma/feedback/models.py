"""Answers that belong to nobody: a random key, a month, a region, a method and a side. No more."""

import secrets

from django.db import models

from kudelma.feedback.queries import ResponseQuerySet
from kudelma.methods.models import FeedbackQuestion, Method, Side
from kudelma.regions.models import Region


class Said(models.TextChoices):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


def in_no_order() -> int:
    """A key that does not tell who answered first, not even in the order in which a file keeps rows."""
    return secrets.randbelow(2**63 - 1) + 1


class Response(models.Model):
    """One person's feedback. It names no day, person, matter or meeting, and nothing of it is recorded."""

    id = models.BigAutoField(primary_key=True, default=in_no_order, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    method = models.ForeignKey(Method, models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)
    month = models.DateField(editable=False)

    objects = ResponseQuerySet.as_manager()

    class Privacy:
        plain = {"id", "region", "method", "side", "month"}

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Held by the database too: a day that slipped in here would lead back to a meeting.
            models.CheckConstraint(name="a_month_is_its_first_day", condition=models.Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"


class Point(models.Model):
    """What one response says to one question; a question left open has none."""

    # As random as that of its response: keys that count up would tell here in which order people answered.
    id = models.BigAutoField(primary_key=True, default=in_no_order, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="points")
    question = models.ForeignKey(FeedbackQuestion, models.PROTECT, related_name="+")
    said = models.CharField(max_length=6, choices=Said)

    class Privacy:
        plain = {"id", "response", "question", "said"}

    class Meta:
        ordering = ["response", "question"]
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_point_a_question")]

    def __str__(self) -> str:
        return f"point {self.pk}"
