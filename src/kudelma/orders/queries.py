"""Which orders, answers and drafts a seat may see."""

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from kudelma.matters.queries import OfMatterQuerySet


class OrderQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "OrderQuerySet":
        """The orderer and the coordinator. Never an invited worker, never the pair."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        return self.filter(by=actor.pk)

    def asked_or_answered(self, actor: Any, *, since: datetime) -> "OrderQuerySet":
        """The actor's own: the coordinator has asked something, or has answered otherwise than by a yes."""
        answers = _model("OrderReply").objects.filter(matter=OuterRef("matter"), kind__in=["other_way", "declined"])
        answered = Q(Exists(answers), matter__closed_at__gt=since)
        waits = Q(matter__closed_at=None, matter__waits_for="orderer")
        return self.filter(answered | waits, by=actor.pk)


class OrderReplyQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "OrderReplyQuerySet":
        """Whoever sees the order sees how it was answered: the orderer and the coordinator."""
        return self.filter(matter__order__in=_model("Order").objects.visible_to(actor))

    def declined_until(self, at: datetime) -> "OrderReplyQuerySet":
        """The no to orders that was told at that moment or before, and ended their matters."""
        return self.filter(kind="declined", matter__closed_at__lte=at)

    def for_list(self) -> "OrderReplyQuerySet":
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


def _model(name: str) -> Any:
    # By name: the models import this file.
    return apps.get_model("orders", name)
