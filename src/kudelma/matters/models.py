"""The matter itself, its numbering, and what everything that belongs to a matter shares."""

from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.urls import reverse

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.queries import MatterQuerySet, OfMatterQuerySet
from kudelma.methods.models import Leading, Method
from kudelma.people.models import LANGUAGES, Seat
from kudelma.regions.models import Controller, Region


class Kind(models.TextChoices):
    CLIENT = "client"
    WORKERS = "workers"
    CONSULTATION = "consultation"


class Step(models.TextChoices):
    """How far the matter is. Five stations are shown; see `station`."""

    CONSULTING = "consulting"
    ORDERED = "ordered"
    PAIRING = "pairing"
    PREPARING = "preparing"
    TIMING = "timing"
    INVITING = "inviting"
    INVITED = "invited"
    MEETING = "meeting"
    PLANNING = "planning"
    FOLLOWING = "following"
    CLOSED = "closed"


ORDER_OF_STEPS = [step for step in Step if step is not Step.CONSULTING]
"""The steps as they follow each other from an order to the end; a consultation is answered at its one step."""

STATION = {
    Step.CONSULTING: 1,
    Step.ORDERED: 1,
    Step.PAIRING: 1,
    Step.PREPARING: 1,
    Step.TIMING: 2,
    Step.INVITING: 2,
    Step.INVITED: 3,
    Step.MEETING: 3,
    Step.PLANNING: 4,
    Step.FOLLOWING: 5,
    Step.CLOSED: 6,
}


class WaitsFor(models.TextChoices):
    NOBODY = "nobody"
    COORDINATOR = "coordinator"
    ORDERER = "orderer"
    CONSULTANTS = "consultants"
    PEOPLE = "people"
    PAIR = "pair"


class Matter(models.Model):
    """What people gather around. Open until `closed_at`, read-only ever after."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="matters")
    year = models.PositiveSmallIntegerField(editable=False)
    running = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    topic = SealedText("matters.matter.topic", max_length=500)
    called = SealedText("matters.matter.called", max_length=80)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)
    method = models.ForeignKey(Method, models.PROTECT, null=True, related_name="+")
    controller = models.ForeignKey(Controller, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    # Plain from here: what waits is listed, sorted and counted without anybody's words being opened.
    step = models.CharField(max_length=12, choices=Step, db_index=True, editable=False)
    waits_for = models.CharField(max_length=12, choices=WaitsFor, db_index=True, editable=False)
    waits_since = models.DateField(editable=False)
    due_on = models.DateField(null=True, db_index=True, editable=False)
    leads_until = models.DateTimeField(null=True, db_index=True, editable=False)
    """Until when those who lead, or were named to prepare, see it. Empty while nothing of it is over."""
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MatterQuerySet.as_manager()

    class Privacy:
        sealed = {"topic": "what it is about", "called": "may name a person"}
        link = {"closed_by": "who closed it"}
        plain = {
            "id", "region", "year", "running", "kind", "method", "controller", "opened_at", "closed_at",
            "step", "waits_for", "waits_since", "due_on", "leads_until", "version", "written_in",
        }  # fmt: skip

    class Meta:
        ordering = ["-year", "-running", "pk"]
        constraints = [
            both_or_neither("closed_at", "closed_by"),
            models.UniqueConstraint(fields=["region", "year", "running"], name="one_number_a_matter"),
        ]
        indexes = [
            # Most matters of a region are closed: the list of what waits must not walk over them.
            models.Index(fields=["region", "closed_at", "waits_for", "due_on"], name="matters_that_wait"),
        ]

    def __str__(self) -> str:
        return f"matter {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("desk:matter", args=[self.pk])

    @property
    def space_id(self) -> UUID:
        return self.pk

    @property
    def number(self) -> str:
        return f"{self.year}-{self.running:04}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_chaired(self) -> bool:
        """Whether a chair and a secretary lead instead of two from outside. Reads the method."""
        return self.method is not None and self.method.leading == Leading.CHAIR

    @property
    def is_before_meeting(self) -> bool:
        """Whether the meeting is still being prepared with the people."""
        return self.step in {Step.PREPARING, Step.TIMING, Step.INVITING, Step.INVITED}

    @property
    def station(self) -> int:
        """Which of the five stations everybody sees: 1 to 5, and 6 when it is closed."""
        return STATION[Step(self.step)]


class Numbering(models.Model):
    """The last number given in a region in a year."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Privacy:
        plain = {"id", "region", "year", "last"}

    class Meta:
        ordering = ["region", "year"]
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="one_numbering_a_year")]

    def __str__(self) -> str:
        return f"numbering {self.pk}"


class OfMatter(models.Model):
    """Anything that belongs to a matter: sealed in the key of its space, in the same region as it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, editable=False)
    # On every row and not by its matter alone, so that a large database can be spread by region.
    region = models.ForeignKey(Region, models.PROTECT, editable=False, related_name="+")

    objects = OfMatterQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        matter = kwargs.get("matter")
        if matter is not None:
            kwargs.setdefault("region_id", matter.region_id)
        super().__init__(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def space_id(self) -> UUID:
        return self.matter_id


OF_MATTER = {"id", "matter", "region"}
"""The plain columns that every `OfMatter` has."""
