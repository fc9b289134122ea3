"""An order that is not finished yet: what has been typed so far, sealed in the key its matter will have."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from kudelma.core.sealed import SealedText
from kudelma.matters.models import Kind
from kudelma.orders.queries import DraftQuerySet
from kudelma.people.models import Seat
from kudelma.regions.models import Region

DRAFT_DAYS = 30
"""How long an unfinished order is kept after it was last saved."""


class Ordering(models.TextChoices):
    """Which pages an order is written on: a worker's, a superior's for a team, or what somebody told."""

    MEETING = "meeting"
    TEAM = "team"
    TOLD = "told"


class Draft(models.Model):
    """An unfinished order of one seat. Its id is the id of the matter that it becomes when it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, editable=False, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="drafts")
    ordering = models.CharField(max_length=8, choices=Ordering, editable=False)
    values = SealedText("orders.draft.values", max_length=20_000)
    page = models.PositiveSmallIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(editable=False)
    ends_on = models.DateField(editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DraftQuerySet.as_manager()

    class Privacy:
        sealed = {"values": "own words"}
        link = {"seat": "who writes it"}
        plain = {"id", "region", "ordering", "page", "saved_at", "ends_on", "version"}

    class Meta:
        ordering = ["-saved_at", "pk"]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def space_id(self) -> UUID:
        # There is no matter yet: it will be the one with this id.
        return self.pk

    @property
    def said(self) -> dict[str, Any]:
        """{name of a field of `Order`: what was typed}, of all pages."""
        return json.loads(self.values or "{}")  # type: ignore[no-any-return]

    @property
    def kind(self) -> str:
        return Kind.WORKERS if self.ordering == Ordering.TEAM else Kind.CLIENT
