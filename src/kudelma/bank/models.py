"""Consultants of a region's bank, beside their own work."""

from datetime import date

from django.db import models

from kudelma.bank.queries import ConsultantQuerySet
from kudelma.people.models import Seat


class Consultant(models.Model):
    """What a consultant's seat brings: training and languages. Their own unit is where they work otherwise."""

    seat = models.OneToOneField(Seat, models.CASCADE, primary_key=True, related_name="consultant")
    trained_on: date | None = models.DateField(null=True, blank=True)  # type: ignore[assignment]
    speaks_fi = models.BooleanField(default=True)
    speaks_sv = models.BooleanField(default=False)
    speaks_en = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ConsultantQuerySet.as_manager()

    class Privacy:
        link = {"seat": "whose competence"}
        plain = {"trained_on", "speaks_fi", "speaks_sv", "speaks_en", "version"}

    class Meta:
        ordering = ["seat"]

    def __str__(self) -> str:
        return f"consultant {self.pk}"

    @property
    def languages(self) -> str:
        """«suomi, svenska»: each in itself."""
        spoken = [("suomi", self.speaks_fi), ("svenska", self.speaks_sv), ("English", self.speaks_en)]
        return ", ".join(name for name, speaks in spoken if speaks)
