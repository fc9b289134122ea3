"""Which matters, orders, members and pairings a seat may see. Every read of this room starts here."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

PAIR_STAYS_DAYS = 14
"""How long the pair still sees a matter after its last meeting."""


class MatterQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MatterQuerySet":
        """Those that the actor takes part in.

        The coordinator: all of the region. The pair: from accepting until the pairing ends, or
        the matter or a meeting without an agreed follow-up has been over for fourteen days. A worker: the
        ones ordered by that seat or where it was invited. A participant: their own, once level 1. Steering,
        administrator and the consultant who has only been asked: none.
        """
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        if actor.role == "consultant":
            return self.filter(Exists(_pairings_of(actor)))
        if actor.role == "worker":
            return self.filter(Q(order__by=actor.pk) | Exists(_invited(actor)))
        if actor.role == "participant" and actor.level >= 1:
            return self.filter(Exists(_invited(actor)), pk=actor.matter)
        return self.none()

    def shared_with(self, actor: Any) -> "MatterQuerySet":
        """Of those visible: where the people's own words are for the actor. An orderer is along once invited."""
        found = self.visible_to(actor)
        return found.filter(Exists(_invited(actor))) if actor.role == "worker" else found

    def open(self) -> "MatterQuerySet":
        return self.filter(closed_at=None)

    def waiting(self) -> "MatterQuerySet":
        return self.open().exclude(waits_for="nobody")

    def for_page(self) -> "MatterQuerySet":
        """A matter with its region, and its order with who ordered, in 1 query."""
        return self.select_related("region", "order__by__account", "order__unit")

    def for_list(self) -> "MatterQuerySet":
        """What a list of matters prints, in 1 query."""
        return self.select_related("order__unit", "order__by__unit", "method")


class OfMatterQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> Any:
        """Rows of matters the actor may see. Rooms narrow it where a row has fewer readers than its matter."""
        return self.filter(matter__in=_model("Matter").objects.visible_to(actor))


class OrderQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "OrderQuerySet":
        """The orderer and the coordinator. Never an invited worker, never the pair."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        return self.filter(by=actor.pk)


class MemberQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MemberQuerySet":
        """Who comes: for the coordinator and the pair everybody, for others those agreed to be invited.

        The orderer sees them like any invited worker, that is, once invited. A participant at level 1
        sees nobody but themselves.
        """
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role == "participant" and actor.level < 2:
            return self.filter(seat=actor.pk)
        invited = _model("Member").objects.filter(matter=OuterRef("matter"), seat=actor.pk).with_permission()
        return self.filter(Exists(invited)).with_permission()

    def with_permission(self) -> "MemberQuerySet":
        return self.filter(Exists(_model("Permission").objects.filter(member=OuterRef("pk"), withdrawn_at=None)))

    def for_circle(self) -> "MemberQuerySet":
        """Members with their seats and permissions, in 2 queries."""
        return self.select_related("seat__account", "seat__unit").prefetch_related("permissions")


class PairingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "PairingQuerySet":
        """The coordinator sees all of the region; a consultant what they were asked themselves."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        return self.filter(seat=actor.pk)

    def standing(self) -> "PairingQuerySet":
        """Neither withdrawn nor ended."""
        return self.filter(withdrew_at=None, ended_at=None)

    def accepted(self) -> "PairingQuerySet":
        return self.standing().filter(undertaking__isnull=False)

    def for_offers(self) -> "PairingQuerySet":
        """What a list of offers prints, in 1 query."""
        return self.select_related("matter__order__unit", "matter__region").order_by("offered_at")

    def offered(self) -> "PairingQuerySet":
        """Asked and not yet answered, in a matter that is still open."""
        return self.standing().filter(undertaking=None, matter__closed_at=None)


class SpotQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "SpotQuerySet":
        """The circle is for the coordinator and the pair; a participant at level 2 sees it as it was agreed.

        Agreed are the things of everyday life that are there, and of the people those who may be invited. Nobody
        else has it.
        """
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role != "participant" or actor.level < 2:
            return self.none()
        shown = _model("Member").objects.visible_to(actor)
        return super().visible_to(actor).present().filter(Q(member=None) | Q(member__in=shown))

    def present(self) -> "SpotQuerySet":
        return self.filter(removed_at=None)


class TieQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "TieQuerySet":
        """Threads between two spots that are there and that the actor sees."""
        seen = _model("Spot").objects.visible_to(actor).present()
        return self.filter(one__in=seen, other__in=seen)


class MoveQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MoveQuerySet":
        """One's own moves: nobody takes back what another has drawn."""
        return super().visible_to(actor).filter(by=actor.pk)

    def last_standing(self) -> Any:
        """The one that undoing takes back."""
        return self.filter(undone_at=None).order_by("-number").first()

    def first_undone(self, last: Any) -> Any:
        """The one that doing again does: the earliest that was taken back since `last`, the last that stands."""
        return self.filter(undone_at__isnull=False, number__gt=last.number if last else 0).order_by("number").first()


def _invited(actor: Any) -> models.QuerySet:
    return _model("Member").objects.filter(matter=OuterRef("pk"), seat=actor.pk).with_permission()


def _pairings_of(actor: Any) -> models.QuerySet:
    recent = timezone.now() - timedelta(days=PAIR_STAYS_DAYS)
    met = apps.get_model("meetings", "Meeting").objects.filter(matter=OuterRef("matter"), held_at__lte=recent)
    over = met.filter(Q(plan=None) | Q(plan__follow_up=b""))
    return (
        _model("Pairing")
        .objects.filter(matter=OuterRef("pk"), seat=actor.pk)
        .accepted()
        .filter(Q(matter__closed_at=None) | Q(matter__closed_at__gt=recent))
        .exclude(Exists(over))
    )


def _model(name: str) -> Any:
    return apps.get_model("matters", name)
