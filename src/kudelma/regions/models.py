"""Regions and what stands in them: sectors, units, controllers, and the people whom anybody may call."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import StaffText
from kudelma.regions.queries import ContactPersonQuerySet, InRegionQuerySet, RegionQuerySet

SHOWN_UNREVIEWED = 90
"""Days after its day of review from which a contact person stands on no public page: they may have left."""


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
        # Two letters, so that easy Finnish (fi-x-selko) finds the Finnish name.
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
    # Off until the controller has accepted it: whether a face is proof enough is an open question of the law.
    face_to_face_at = models.DateTimeField(null=True, editable=False)
    # Its id and no foreign key: seats are made by a room further down, which this one must not know.
    face_to_face_by = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RegionQuerySet.as_manager()

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
        # One school as two units would let its own people lead as outsiders: matching compares keys, not names.
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


class ContactPerson(models.Model):
    """Somebody whom anybody may call: how they are reached at work, until a day when it is looked at again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="contacts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="contacts")
    name = StaffText("regions.contact_person.name", max_length=120)
    title = StaffText("regions.contact_person.title", max_length=80)
    phone = StaffText("regions.contact_person.phone", max_length=20)
    address = StaffText("regions.contact_person.address", max_length=254)
    about_fi = StaffText("regions.contact_person.about_fi", max_length=300)
    about_sv = StaffText("regions.contact_person.about_sv", max_length=300)
    about_en = StaffText("regions.contact_person.about_en", max_length=300)
    position = models.PositiveSmallIntegerField(default=1)
    checked_on = models.DateField(editable=False)
    review_on = models.DateField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ContactPersonQuerySet.as_manager()

    class Privacy:
        staff = {
            "name": "a person's name",
            "title": "with the unit it may tell who it is",
            "phone": "a person's number at work",
            "address": "a person's address at work",
            "about_fi": "written by colleagues, who may name each other in it",
            "about_sv": "the same in Swedish",
            "about_en": "the same in English",
        }
        plain = {"id", "region", "unit", "position", "checked_on", "review_on", "version"}

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="contact_is_reviewed_after_it_was_checked", condition=Q(review_on__gt=F("checked_on"))
            )
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def about_language(self) -> str:
        """Code of the language in which `about` is told: the one being spoken, otherwise Finnish."""
        spoken = (get_language() or "fi")[:2]
        return spoken if getattr(self, f"about_{spoken}", "") else "fi"

    @property
    def about(self) -> str:
        text: str = getattr(self, f"about_{self.about_language}")
        return text

    def waits_for_review(self, on: date) -> bool:
        return self.review_on < on

    def is_shown(self, on: date) -> bool:
        """Whether the public page still names them on that day."""
        return self.review_on > on - timedelta(days=SHOWN_UNREVIEWED)
