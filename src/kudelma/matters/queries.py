"""Which matters, and which rows of a matter, a seat may see. Every read of a matter starts here."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from kudelma.matters.access import invited, led_by, ordered_by, prepared_by
from kudelma.matters.joined import JOINED

LIST_FIELDS = [
    "region", "year", "running", "kind", "called", "method", "closed_at", "step", "waits_for", "waits_since", "due_on",
]  # fmt: skip
"""What a list reads of a matter; what it reads of rooms below is handed up to `joined`."""


class MatterQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MatterQuerySet":
        """Those that the actor takes part in.

        The coordinator: all of the region. Whoever leads (the pair, or a chair and a secretary): from accepting
        until the pairing ends, or the matter or a meeting without an agreed follow-up has been over for fourteen
        days. A worker: the ones ordered by that seat or where it was invited, too. A participant: their own, once
        level 1, and with a limited right once it has been judged what they see. Steering, administrator and the
        consultant who has only been asked: none.
        """
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        if actor.role == "consultant":
            return self.filter(led_by(actor, "pk"))
        if actor.role == "worker":
            return self.filter(ordered_by(actor, "pk") | invited(actor, "pk") | led_by(actor, "pk"))
        if actor.role == "participant" and actor.level >= 1:
            return self.filter(invited(actor, "pk"), pk=actor.space)
        return self.none()

    def shared_with(self, actor: Any) -> "MatterQuerySet":
        """Of those visible: where the people's own words are for the actor.

        An orderer is along once invited, or named to prepare.
        """
        visible = self.visible_to(actor)
        if actor.role == "worker":
            return visible.filter(invited(actor, "pk") | led_by(actor, "pk") | prepared_by(actor, "pk"))
        return visible

    def open(self) -> "MatterQuerySet":
        return self.filter(closed_at=None)

    def waiting(self) -> "MatterQuerySet":
        return self.open().exclude(waits_for="nobody")

    def longest_first(self, on: date) -> "MatterQuerySet":
        """What has waited beyond its limit, then the rest, each from the oldest wait."""
        beyond = Case(When(due_on__lt=on, then=0), default=1)
        return self.order_by(beyond, "waits_since", "year", "running", "pk")

    def for_page(self) -> "MatterQuerySet":
        """A matter with its region, its method, and what its page shows of rooms below, in 1 query."""
        return self.select_related("region", "method", *(way for joined in JOINED for way in joined.shown))

    def for_list(self) -> "MatterQuerySet":
        """What a list of matters prints, in 1 query. People's words stay where they are."""
        relations = [way for joined in JOINED for way in joined.listed]
        fields = [name for joined in JOINED for name in joined.fields]
        return self.select_related(*relations).only(*LIST_FIELDS, *fields)


class OfMatterQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> Any:
        """Rows of matters the actor may see. Rooms narrow it where a row has fewer readers than its matter."""
        return self.filter(matter__in=_model("Matter").objects.visible_to(actor))

    def still_led(self) -> Any:
        """Rows of matters that those who lead, or prepare, still see."""
        return self.filter(Q(matter__leads_until=None) | Q(matter__leads_until__gt=timezone.now()))

    def visible_in(self, matters: list[Any], actor: Any) -> Any:
        """Of these matters, each of which the actor was found to see: the rows that the actor may see."""
        return self.visible_to(actor).filter(matter__in=matters)


class ForPreparersQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> Any:
        """The coordinator, the pair, and the orderer who was named to prepare."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        return self.filter(prepared_by(actor) | led_by(actor)) if actor.role == "worker" else self.none()

    def visible_in(self, matters: list[Any], actor: Any) -> Any:
        if actor.role in {"coordinator", "consultant"}:
            return self.filter(matter__in=matters)  # who sees the matter sees these: it is not asked for again
        return super().visible_in(matters, actor)


def _model(name: str) -> Any:
    # By name: the models import this file.
    return apps.get_model("matters", name)
