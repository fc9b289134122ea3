"""Which sectors, units and controllers: those of one's own region."""

from typing import Any

from django.db import models


class InRegionQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "InRegionQuerySet":
        """Those of the region in which `actor` sits. Names of units and sectors are no secret there."""
        return self.filter(region_id=actor.region_id)
