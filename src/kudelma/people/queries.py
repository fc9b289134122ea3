"""Which accounts, seats and links: who may see them, which are current."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

from kudelma.core.sealed import look_up


class AccountQuerySet(models.QuerySet):
    def of_address(self, address: str) -> "AccountQuerySet":
        return self.filter(address_lookup=look_up("address", address))

    def visible_to(self, actor: Any) -> "AccountQuerySet":
        """Accounts that hold a seat in the actor's region, for those who keep seats or find people for meetings."""
        if actor.role not in {"administrator", "coordinator"}:
            return self.filter(pk=actor.account_id)
        return self.filter(seats__region=actor.region_id).distinct()


AccountManager = BaseUserManager.from_queryset(AccountQuerySet)


class SeatQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "SeatQuerySet":
        """Working seats of one's region, for administrator and coordinator; one's own for the rest."""
        if actor.role in {"administrator", "coordinator"}:
            # Never a participant's seat: whoever gives seats must not learn that somebody has a matter.
            return self.staff().filter(region=actor.region_id)
        return self.filter(pk=actor.pk)

    def staff(self) -> "SeatQuerySet":
        return self.filter(account__isnull=False)

    def current(self, on: date) -> "SeatQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), ended_at=None, starts_on__lte=on)

    def door(self, region: Any, role: str) -> Any:
        """The region's door seat: the public page or the clock."""
        return self.get(region=region, role=role)

    def for_list(self) -> "SeatQuerySet":
        """What a list of seats prints, in 1 query."""
        return self.select_related("account", "unit", "unit__sector")


class LinkQuerySet(models.QuerySet):
    def open(self) -> "LinkQuerySet":
        return self.filter(revoked_at=None)

    def of_token(self, token: str) -> "LinkQuerySet":
        """The link with this secret: 256 random bits, so a plain hash finds it and tells nothing."""
        return self.filter(digest=hashlib.sha256(token.encode()).hexdigest())

    def live(self, on: date) -> "LinkQuerySet":
        return self.open().filter(
            Q(seat__ends_on=None) | Q(seat__ends_on__gte=on), seat__ended_at=None, seat__starts_on__lte=on
        )


class AdmissionQuerySet(models.QuerySet):
    def holding(self, at: datetime) -> "AdmissionQuerySet":
        """Used, not ended, and within the sitting."""
        return self.filter(used_at__isnull=False, ended_at=None, ends_at__gt=at)


class MessageQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MessageQuerySet":
        """How messages got on is seen by the coordinator of the region; by others, of their own only.

        Who has only opened a link is nobody yet.
        """
        if actor.role == "coordinator":
            return self.filter(seat__region=actor.region_id)
        if not actor.works and actor.level < 1:
            return self.none()
        return self.filter(seat=actor.pk)

    def undelivered(self) -> "MessageQuerySet":
        """Refused, and nobody has seen to it yet."""
        return self.filter(refused_at__isnull=False, seen_to_at=None)

    def waiting(self) -> "MessageQuerySet":
        """On their way: neither left nor refused."""
        return self.filter(sent_at=None, refused_at=None)
