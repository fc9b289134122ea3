"""Which matters, orders, members and pairings a seat may see. Every read of this room starts here."""

from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

PAIR_STAYS_DAYS = 14
"""How long the pair still sees a matter after its last meeting."""


class MatterQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MatterQuerySet":
        """Those that the actor takes part in.

        The coordinator: all of the region. Whoever leads (the pair, or a chair and a secretary): from accepting
        until the pairing ends, or the matter or a meeting without an agreed follow-up has been over for fourteen
        days. A worker: the ones ordered by that seat or where it was invited, too. A participant: their own, once
        level 1. Steering, administrator and the consultant who has only been asked: none.
        """
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        if actor.role == "consultant":
            return self.filter(led_by(actor, "pk"))
        if actor.role == "worker":
            return self.filter(Q(order__by=actor.pk) | Exists(_invited(actor)) | led_by(actor, "pk"))
        if actor.role == "participant" and actor.level >= 1:
            return self.filter(Exists(_invited(actor)), pk=actor.matter)
        return self.none()

    def shared_with(self, actor: Any) -> "MatterQuerySet":
        """Of those visible: where the people's own words are for the actor. An orderer is along once invited."""
        found = self.visible_to(actor)
        return found.filter(Exists(_invited(actor)) | led_by(actor, "pk")) if actor.role == "worker" else found

    def open(self) -> "MatterQuerySet":
        return self.filter(closed_at=None)

    def waiting(self) -> "MatterQuerySet":
        return self.open().exclude(waits_for="nobody")

    def longest_first(self, on: date) -> "MatterQuerySet":
        """What has waited beyond its limit, then the rest, each from the oldest wait."""
        beyond = Case(When(due_on__lt=on, then=0), default=1)
        return self.order_by(beyond, "waits_since", "year", "running", "pk")

    def declined_until(self, at: datetime) -> "MatterQuerySet":
        """Those whose order was declined at that moment or before."""
        declined = _model("Reply").objects.filter(matter=OuterRef("pk"), kind="declined")
        return self.filter(Exists(declined), closed_at__lte=at)

    def asked_or_answered(self, actor: Any, *, since: datetime) -> "MatterQuerySet":
        """Ordered by the actor: the coordinator has asked something, or has answered otherwise than by a yes."""
        answers = _model("Reply").objects.filter(matter=OuterRef("pk"), kind__in=["other_way", "declined"])
        told = Q(Exists(answers), closed_at__gt=since)
        return self.filter(told | Q(closed_at=None, waits_for="orderer"), order__by=actor.pk)

    def for_page(self) -> "MatterQuerySet":
        """A matter with its region, method, and its order with who ordered, in 1 query."""
        return self.select_related("region", "method", "order__by__account", "order__unit")

    def for_list(self) -> "MatterQuerySet":
        """What a list of matters prints, in 1 query."""
        return self.select_related("order__unit")


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


class ReplyQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "ReplyQuerySet":
        """Whoever sees the order sees how it was answered: the orderer and the coordinator."""
        return self.filter(matter__order__in=_model("Order").objects.visible_to(actor))

    def for_list(self) -> "ReplyQuerySet":
        """What a list of answers prints, in 1 query."""
        return self.select_related("by__account")


class DraftQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "DraftQuerySet":
        """One's own. Nobody else sees an order before it is sent, the coordinator neither."""
        return self.filter(seat=actor.pk)

    def begun(self) -> "DraftQuerySet":
        """Those in which something has been saved."""
        return self.exclude(values=b"")

    def past(self, today: date) -> "DraftQuerySet":
        """Those that have lain for as long as they are kept."""
        return self.filter(ends_on__lt=today)


class MemberQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MemberQuerySet":
        """Who comes: for the coordinator and whoever leads everybody, for others those agreed to be invited.

        The orderer sees them like any invited worker, that is, once invited. A participant at level 1
        sees nobody but themselves.
        """
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role == "participant" and actor.level < 2:
            return self.filter(seat=actor.pk)
        invited = _model("Member").objects.filter(matter=OuterRef("matter"), seat=actor.pk).with_permission()
        along = Q(Exists(invited)) & Q(Exists(_permissions()))
        return self.filter(along | led_by(actor)) if actor.role == "worker" else self.filter(along)

    def named_to(self, actor: Any) -> "MemberQuerySet":
        """The people of matters where the actor has been asked, has not answered, and has opened the names."""
        asked = _model("Pairing").objects.filter(
            matter=OuterRef("matter"), seat=actor.pk, names_opened_at__isnull=False
        )
        return self.filter(Exists(asked.offered()))

    def with_permission(self) -> "MemberQuerySet":
        return self.filter(Exists(_permissions()))

    def for_circle(self) -> "MemberQuerySet":
        """Members with their seats and permissions, in 2 queries."""
        return self.select_related("seat__account", "seat__unit").prefetch_related("permissions")


class PairingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "PairingQuerySet":
        """The coordinator sees all of the region; everybody else what they were asked themselves."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        return self.filter(seat=actor.pk)

    def standing(self) -> "PairingQuerySet":
        """Neither withdrawn nor ended."""
        return self.filter(withdrew_at=None, ended_at=None)

    def accepted(self) -> "PairingQuerySet":
        return self.standing().filter(undertaking__isnull=False)

    def still_leading(self, actor: Any) -> "PairingQuerySet":
        """The actor's own: accepted, not ended, and neither the matter nor its last meeting over for too long."""
        recent = timezone.now() - timedelta(days=PAIR_STAYS_DAYS)
        met = apps.get_model("meetings", "Meeting").objects.filter(matter=OuterRef("matter"), held_at__lte=recent)
        over = met.filter(Q(plan=None) | Q(plan__follow_up=b""))
        return (
            self.accepted()
            .filter(Q(matter__closed_at=None) | Q(matter__closed_at__gt=recent), seat=actor.pk)
            .exclude(Exists(over))
        )

    def for_page(self) -> "PairingQuerySet":
        """Who was asked, whether they promised, and what an offer tells of the matter, in 1 query."""
        return self.select_related(
            "matter__region", "matter__order__unit__sector", "matter__order__by", "matter__method", "seat__account",
            "seat__unit", "undertaking",
        )  # fmt: skip

    def for_offers(self) -> "PairingQuerySet":
        """What a list of offers prints, in 1 query."""
        return self.select_related("matter__order__unit", "matter__region").order_by("offered_at")

    def offered(self) -> "PairingQuerySet":
        """Asked and not yet answered, in a matter that is still open."""
        return self.standing().filter(undertaking=None, matter__closed_at=None)


class ToTellQuerySet(OfMatterQuerySet):
    def open(self) -> "ToTellQuerySet":
        """Those of whom the people have not been told, while the new one still leads."""
        return self.filter(told_at=None, pairing__withdrew_at=None, pairing__ended_at=None, matter__closed_at=None)

    def for_page(self) -> "ToTellQuerySet":
        return self.select_related("matter__region", "pairing__seat__account", "instead_of__seat__account")


class SpotQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "SpotQuerySet":
        """The circle is for the coordinator and whoever leads; a participant at level 2 sees it as it was agreed.

        Agreed are the things of everyday life, and of the people those who may be invited. Nobody else has it.
        """
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role == "worker":
            return self.filter(led_by(actor))
        if actor.role != "participant" or actor.level < 2:
            return self.none()
        shown = _model("Member").objects.visible_to(actor)
        return super().visible_to(actor).filter(Q(member=None) | Q(member__in=shown))

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


def _permissions() -> models.QuerySet:
    return _model("Permission").objects.filter(member=OuterRef("pk"), withdrawn_at=None)


def led_by(actor: Any, matter: str = "matter") -> Exists:
    """Whether the actor leads the matter of a row. matter: the row's way to it."""
    return Exists(_model("Pairing").objects.filter(matter=OuterRef(matter)).still_leading(actor))


def meeting_ahead(matter: Any) -> Any:
    """The meeting whose time is chosen and which has not been held yet, or None."""
    meetings = apps.get_model("meetings", "Meeting").objects
    return meetings.filter(matter=matter.pk, chosen_at__isnull=False, held_at=None).order_by("-starts_at").first()


def _model(name: str) -> Any:
    return apps.get_model("matters", name)
