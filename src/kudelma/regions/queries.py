"""Which regions have a page, and which sectors, units, controllers and contact persons: those of one's own region."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models

from kudelma.core.handed import HandedUp

RECEIVING: HandedUp[Callable[[date], models.QuerySet]] = HandedUp()
"""By `people`, which knows who sits where: the ids of those regions in which a coordinator sits that day."""


class RegionQuerySet(models.QuerySet):
    def with_page(self, on: date) -> "RegionQuerySet":
        """Those where somebody receives what comes in: with a coordinator who sits there that day."""
        return self.filter(pk__in=RECEIVING.only(on))


class InRegionQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "InRegionQuerySet":
        """Those of the region in which `actor` sits. Names of units and sectors are no secret there."""
        return self.filter(region_id=actor.region_id)


class ContactPersonQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "ContactPersonQuerySet":
        """Those of the region in which `actor` sits, for the ones who keep them."""
        return self.filter(region_id=actor.region_id)

    def of_page(self, region: Any) -> "ContactPersonQuerySet":
        """What the public page of `region` chooses from, whoever reads it."""
        return self.filter(region=region).select_related("unit")
