"""Which people of a matter a seat may see, and what is agreed and judged about each."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from kudelma.core.handed import HandedUp
from kudelma.matters.access import led_by, prepared_by
from kudelma.matters.queries import ForPreparersQuerySet, OfMatterQuerySet

ATTENDED: HandedUp[Callable[[], models.QuerySet]] = HandedUp()
"""By `meetings`: one row for each member who was there when the people of a matter last met."""
ENDS_SOON_DAYS = 14
"""How long before its end the end of a consent is told: none ends in silence."""


class MemberQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MemberQuerySet":
        """Who comes: for the coordinator, whoever leads and whoever was named to prepare everybody, for others
        those agreed to be invited.

        The orderer sees them like any invited worker, that is, once invited. A participant at level 1, or
        one to whom it was judged not to tell who comes, sees nobody but themselves.
        """
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role == "participant":
            own = Q(seat=actor.pk)
            shown = own if actor.level < 2 else own | Exists(own_memberships(actor).open_to("people"))
            return super().visible_to(actor).filter(shown).with_permission()
        return self.filter(
            prepared_by(actor) | led_by(actor) | Q(Exists(own_memberships(actor)), Exists(_permissions()))
        )

    def judged(self) -> "MemberQuerySet":
        """Those who may have a way in: their right is not limited, or it has been judged what they see."""
        return self.filter(Q(is_limited=False) | Exists(_standing_judgement()))

    def open_to(self, part: str) -> "MemberQuerySet":
        """Those to whom this part ("time", "theme", "people", "plan") is not closed by a limited right."""
        judgement = _standing_judgement().filter(**{f"opens_{part}": True})
        return self.filter(Q(is_limited=False) | Exists(judgement))

    def in_order_of_speaking(self) -> "MemberQuerySet":
        """As was agreed who speaks first, then those of whom nothing was agreed, then those who only listen."""
        listens = Case(When(speaks=0, then=1), default=0)
        return self.order_by(listens, F("speaks").asc(nulls_last=True), "position", "pk")

    def with_permission(self) -> "MemberQuerySet":
        return self.filter(Exists(_permissions()))

    def with_attendance(self) -> "MemberQuerySet":
        """Each with `was_there`: whether they were when people last met."""
        return self.annotate(was_there=Exists(ATTENDED.only().filter(member=OuterRef("pk"))))

    def for_circle(self) -> "MemberQuerySet":
        """Members with their seats and permissions, in 2 queries. Judgements are read of few, when they are needed."""
        return self.select_related("seat__account", "seat__unit").prefetch_related("permissions")


class OfMemberQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> Any:
        """Rows about one person, such as that they were there: for whoever sees that person."""
        return self.filter(member__in=_model("Member").objects.visible_to(actor))


class SafetyQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "SafetyQuerySet":
        """The person, known for sure, and the coordinator. Never the pair, the orderer or anybody else."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        if actor.role == "participant" and actor.level >= 2:
            return super().visible_to(actor).filter(member__seat=actor.pk)
        return self.none()


class ConsentQuerySet(ForPreparersQuerySet):
    """Seen by those who prepare."""

    def standing(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)

    def ending(self, on: date) -> "ConsentQuerySet":
        """Those that end within a fortnight of `on`, or have ended, and have not been given again for longer."""
        longer = (
            _model("Consent")
            .objects.standing()
            .filter(Q(until=None) | Q(until__gt=OuterRef("until")), member=OuterRef("member"), kind=OuterRef("kind"))
        )
        return self.standing().filter(until__lte=on + timedelta(days=ENDS_SOON_DAYS)).exclude(Exists(longer))


class JudgementQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "JudgementQuerySet":
        """The coordinator alone: who judged and why tells of the family. Others see its effect."""
        return self.filter(region=actor.region_id) if actor.role == "coordinator" else self.none()

    def standing(self) -> "JudgementQuerySet":
        return self.filter(replaced_at=None)


def own_memberships(actor: Any) -> Any:
    """The actor's memberships, with a permission to invite, in the matter of the row that asks."""
    return _model("Member").objects.filter(matter=OuterRef("matter"), seat=actor.pk).with_permission()


def _permissions() -> models.QuerySet:
    return _model("Permission").objects.filter(member=OuterRef("pk"), withdrawn_at=None)


def _standing_judgement() -> Any:
    return _model("Judgement").objects.standing().filter(member=OuterRef("pk"))


def _model(name: str) -> Any:
    # By name: the models import this file.
    return apps.get_model("members", name)
