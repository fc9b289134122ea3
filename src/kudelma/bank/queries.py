"""Which consultants and which free hours: those of the region, those of oneself."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q


class ConsultantQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "ConsultantQuerySet":
        """The coordinator sees the bank of the region; a consultant sees their own line."""
        if actor.role == "coordinator":
            return self.filter(seat__region=actor.region_id)
        # Nobody else has a line, so every other seat finds nothing here.
        return self.filter(seat=actor.pk)

    def current(self, on: date) -> "ConsultantQuerySet":
        return self.filter(
            Q(seat__ends_on=None) | Q(seat__ends_on__gte=on), seat__ended_at=None, seat__starts_on__lte=on
        )

    def for_list(self) -> "ConsultantQuerySet":
        """What the bank prints, in 1 query."""
        # By unit: the names are sealed, and the database cannot sort by them.
        return self.select_related("seat__account", "seat__unit__sector").order_by("seat__unit__name_fi", "seat")


class AvailabilityQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "AvailabilityQuerySet":
        """The coordinator sees those of the region, a consultant their own."""
        if actor.role == "coordinator":
            return self.filter(seat__region=actor.region_id)
        return self.filter(seat=actor.pk)

    def coming(self, at: datetime) -> "AvailabilityQuerySet":
        """Those that are not over yet."""
        return self.filter(ends_at__gt=at)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "AvailabilityQuerySet":
        # Strictly: one free time may begin at the minute at which another ends.
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
