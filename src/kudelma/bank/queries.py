"""Which consultants: those of the region, those outside a matter."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


class ConsultantQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "ConsultantQuerySet":
        """The coordinator sees the bank of the region; a consultant sees their own line."""
        if actor.role == "coordinator":
            return self.filter(seat__region=actor.region_id)
        return self.filter(seat=actor.pk)

    def current(self, on: date) -> "ConsultantQuerySet":
        return self.filter(
            Q(seat__ends_on=None) | Q(seat__ends_on__gte=on), seat__ended_at=None, seat__starts_on__lte=on
        )

    def for_list(self) -> "ConsultantQuerySet":
        """What the bank prints, in 1 query."""
        return self.select_related("seat__account", "seat__unit__sector").order_by("seat__unit__name_fi", "seat")

    def outside(self, units: Iterable[Any], accounts: Iterable[Any]) -> "ConsultantQuerySet":
        """Those none of whose seats is in an involved unit, and who are not themselves involved."""
        return self.exclude(seat__account__seats__unit__in=list(units)).exclude(seat__account__in=list(accounts))
