"""Consultants of a region's bank, beside their own work, and the hours they have told to be free."""

from datetime import date
from uuid import uuid4

from django.db import models

from kudelma.bank.queries import AvailabilityQuerySet, ConsultantQuerySet
from kudelma.people.models import Seat


class Consultant(models.Model):
    """What a consultant's seat brings: training and languages. Their own unit is where they work otherwise.

    most_at_once: how many matters at a time suit them. rests_until: the last day on which nothing is asked of them.
    """

    seat = models.OneToOneField(Seat, models.CASCADE, primary_key=True, related_name="consultant")
    trained_on: date | None = models.DateField(null=True, blank=True)  # type: ignore[assignment]
    speaks_fi = models.BooleanField(default=True)
    speaks_sv = models.BooleanField(default=False)
    speaks_en = models.BooleanField(default=False)
    most_at_once = models.PositiveSmallIntegerField(default=3)
    rests_until: date | None = models.DateField(null=True, blank=True)  # type: ignore[assignment]
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ConsultantQuerySet.as_manager()

    class Privacy:
        link = {"seat": "whose competence"}
        plain = {"trained_on", "speaks_fi", "speaks_sv", "speaks_en", "most_at_once", "rests_until", "version"}

    class Meta:
        ordering = ["seat"]

    def __str__(self) -> str:
        return f"consultant {self.pk}"

    def rests(self, on: date) -> bool:
        return self.rests_until is not None and on <= self.rests_until

    @property
    def languages(self) -> str:
        """«suomi, svenska»: each in itself."""
        spoken = [("suomi", self.speaks_fi), ("svenska", self.speaks_sv), ("English", self.speaks_en)]
        return ", ".join(name for name, speaks in spoken if speaks)


class Availability(models.Model):
    """Hours in which a consultant could lead a conversation, told by themselves. Two never overlap: see the action."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seat = models.ForeignKey(Seat, models.CASCADE, editable=False, related_name="availabilities")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = AvailabilityQuerySet.as_manager()

    class Privacy:
        link = {"seat": "who is free"}
        plain = {"id", "starts_at", "ends_at"}

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="availability_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
            # As much as both databases can promise; that two overlap in part, SQLite cannot see.
            models.UniqueConstraint(fields=["seat", "starts_at"], name="free_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"availability {self.pk}"
