"""Regions and what stands in them: sectors, units, and the controllers whose registers matters belong to."""

from uuid import uuid4

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language

from kudelma.core.db import both_or_neither
from kudelma.regions.queries import InRegionQuerySet


class Named(models.Model):
    """Has a name in Finnish, and in Swedish and English where it is known."""

    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """In the language being spoken, otherwise in Finnish."""
        return getattr(self, f"name_{(get_language() or 'fi')[:2]}", "") or self.name_fi


class Region(Named):
    """A wellbeing services county, Helsinki or Åland: the widest whole that a seat belongs to."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=4, unique=True)
    is_demo = models.BooleanField(default=False, editable=False)
    help_phone = models.CharField(max_length=20, blank=True)
    meeting_minutes = models.PositiveSmallIntegerField(default=150)
    answer_days = models.PositiveSmallIntegerField(default=3)
    offer_days = models.PositiveSmallIntegerField(default=3)
    preparing_days = models.PositiveSmallIntegerField(default=21)
    times_days = models.PositiveSmallIntegerField(default=7)
    space_months = models.PositiveSmallIntegerField(default=12)
    face_to_face_at = models.DateTimeField(null=True, editable=False)
    face_to_face_by = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Privacy:
        link = {"face_to_face_by": "seat of the administrator who recorded the controller's acceptance"}
        plain = {
            "id", "code", "name_fi", "name_sv", "name_en", "is_demo", "help_phone", "meeting_minutes",
            "answer_days", "offer_days", "preparing_days", "times_days", "space_months", "face_to_face_at", "version",
        }  # fmt: skip

    class Meta:
        ordering = ["code"]
        constraints = [both_or_neither("face_to_face_at", "face_to_face_by")]

    def __str__(self) -> str:
        return f"region {self.code}"

    @property
    def admits_face_to_face(self) -> bool:
        return self.face_to_face_at is not None


class Sector(Named):
    """A field of work, such as basic education or family services."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="sectors")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InRegionQuerySet.as_manager()

    class Privacy:
        plain = {"id", "region", "name_fi", "name_sv", "name_en", "version"}

    class Meta:
        ordering = ["name_fi", "id"]
        constraints = [models.UniqueConstraint("region", Lower("name_fi"), name="one_sector_of_a_name")]

    def __str__(self) -> str:
        return f"sector {self.pk}"


class Unit(Named):
    """A place of work: a school, a family centre, a team."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="units")
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="units")
    municipality = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InRegionQuerySet.as_manager()

    class Privacy:
        plain = {"id", "region", "sector", "municipality", "name_fi", "name_sv", "name_en", "version"}

    class Meta:
        ordering = ["name_fi", "id"]
        constraints = [models.UniqueConstraint("region", Lower("name_fi"), name="one_unit_of_a_name")]

    def __str__(self) -> str:
        return f"unit {self.pk}"


class Controller(Named):
    """Whose register a matter belongs to (rekisterinpitäjä)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="controllers")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InRegionQuerySet.as_manager()

    class Privacy:
        plain = {"id", "region", "name_fi", "name_sv", "name_en", "version"}

    class Meta:
        ordering = ["name_fi", "id"]
        constraints = [models.UniqueConstraint("region", Lower("name_fi"), name="one_controller_of_a_name")]

    def __str__(self) -> str:
        return f"controller {self.pk}"
