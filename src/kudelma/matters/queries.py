"""Which matters, orders, members and pairings a seat may see. Every read of this room starts here."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

ENDS_SOON_DAYS = 14
"""How long before its end the end of a consent is told: none ends in silence."""
PAIR_STAYS_DAYS = 14
"""How long the pair still sees a matter after its last meeting."""


class MatterQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MatterQuerySet":
        """Those that the actor takes part in.

        The coordinator: all of the region. The pair: from accepting until the pairing ends, or
        the matter or a meeting without an agreed follow-up has been over for fourteen days. A worker: the
        ones ordered by that seat or where it was invited. A participant: their own, once level 1, and with
        a limited right once it has been judged what they see. Steering, administrator and the consultant
        who has only been asked: none.
        """
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        if actor.role == "consultant":
            return self.filter(Exists(_pairings_of(actor)))
        if actor.role == "worker":
            return self.filter(Q(order__by=actor.pk) | Exists(_invited(actor)))
        if actor.role == "participant" and actor.level >= 1:
            return self.filter(Exists(_invited(actor).judged()), pk=actor.matter)
        return self.none()

    def shared_with(self, actor: Any) -> "MatterQuerySet":
        """Of those visible: where the people's own words are for the actor.

        An orderer is along once invited, or named to prepare.
        """
        found = self.visible_to(actor)
        if actor.role == "worker":
            return found.filter(Exists(_invited(actor)) | Exists(_prepared(actor, OuterRef("pk"))))
        return found

    def open(self) -> "MatterQuerySet":
        return self.filter(closed_at=None)

    def waiting(self) -> "MatterQuerySet":
        return self.open().exclude(waits_for="nobody")

    def for_page(self) -> "MatterQuerySet":
        """A matter with its region, its order with who ordered, and who prepares it, in 1 query."""
        return self.select_related("region", "order__by__account", "order__unit", "preparation__by__account")

    def for_list(self) -> "MatterQuerySet":
        """What a list of matters prints, in 1 query."""
        return self.select_related("order__unit", "order__by__unit", "method", "preparation__by")


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
        """Who comes: for the coordinator, the pair and whoever was named to prepare everybody, for others
        those agreed to be invited.

        The orderer sees them like any invited worker, that is, once invited. A participant at level 1, or
        one to whom it was judged not to tell who comes, sees nobody but themselves.
        """
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role == "participant":
            own = self.filter(seat=actor.pk).judged()
            if actor.level < 2:
                return own
            among = along(actor).open_to("people")
            return self.filter(Q(pk__in=own) | Exists(among)).with_permission()
        prepared = Exists(_prepared(actor, OuterRef("matter")))
        return self.filter(prepared | Q(Exists(along(actor)), pk__in=_model("Member").objects.with_permission()))

    def judged(self) -> "MemberQuerySet":
        """Those who may have a way in: their right is not limited, or it has been judged what they see."""
        return self.filter(Q(is_limited=False) | Exists(_standing_judgement()))

    def open_to(self, part: str) -> "MemberQuerySet":
        """Those to whom this part ("time", "theme", "people", "plan") is not closed by a limited right."""
        judgement = _standing_judgement().filter(**{f"opens_{part}": True})
        return self.filter(Q(is_limited=False) | Exists(judgement))

    def in_order_of_speaking(self) -> "MemberQuerySet":
        """As was agreed who speaks first, then those of whom nothing was agreed, then those who only listen."""
        group = Case(When(speaks=0, then=2), When(speaks=None, then=1), default=0)
        return self.order_by(group, "speaks", "position", "pk")

    def with_permission(self) -> "MemberQuerySet":
        return self.filter(Exists(_model("Permission").objects.filter(member=OuterRef("pk"), withdrawn_at=None)))

    def for_circle(self) -> "MemberQuerySet":
        """Members with their seats, permissions and judgements, in 3 queries."""
        return self.select_related("seat__account", "seat__unit").prefetch_related("permissions", "judgements")


class PreparationQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "PreparationQuerySet":
        """The coordinator, the pair, and the orderer who was named to prepare."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        return self.filter(by=actor.pk, family_agreed=True) if actor.role == "worker" else self.none()


class SafetyQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "SafetyQuerySet":
        """The person, known for sure, and the coordinator. Never the pair, the orderer or anybody else."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        if actor.role == "participant" and actor.level >= 2:
            return super().visible_to(actor).filter(member__seat=actor.pk)
        return self.none()


class ChildPageQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "ChildPageQuerySet":
        """The child; those who prepare and lead, if the child lets; those who were there once people have met."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor).exclude(shown_to="me")
        if actor.role not in {"worker", "participant"} or (actor.role == "participant" and actor.level < 2):
            return self.none()
        met = apps.get_model("meetings", "Attendance").objects.filter(matter=OuterRef("matter"), member__seat=actor.pk)
        seen = Q(Exists(met), Exists(along(actor).open_to("plan")), shown_to="everybody")
        own = Q(member__seat=actor.pk, member__in=_model("Member").objects.judged())
        prepared = Q(Exists(_prepared(actor, OuterRef("matter")))) & ~Q(shown_to="me")
        return self.filter(own | seen | prepared)


class IntroductionQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "IntroductionQuerySet":
        """Whoever sees who comes."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role not in {"worker", "participant"} or (actor.role == "participant" and actor.level < 2):
            return self.none()
        prepared = Exists(_prepared(actor, OuterRef("matter")))
        return self.filter(prepared | Exists(along(actor).open_to("people")))

    def of_those_who_come(self) -> "IntroductionQuerySet":
        """Of the members with a permission, and of those who lead."""
        member = _model("Member").objects.filter(matter=OuterRef("matter"), seat=OuterRef("seat")).with_permission()
        pairing = _model("Pairing").objects.filter(matter=OuterRef("matter"), seat=OuterRef("seat")).accepted()
        return self.filter(Exists(member) | Exists(pairing))


class ConsentQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "ConsentQuerySet":
        """Those who prepare: the coordinator, the pair, and the orderer who was named."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role != "worker":
            return self.none()
        return self.filter(Exists(_prepared(actor, OuterRef("matter"))))

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


def _invited(actor: Any) -> Any:
    return _model("Member").objects.filter(matter=OuterRef("pk"), seat=actor.pk).with_permission()


def along(actor: Any) -> Any:
    """The actor's memberships, with a permission to invite, in the matter of the row that asks."""
    return _model("Member").objects.filter(matter=OuterRef("matter"), seat=actor.pk).with_permission()


def _prepared(actor: Any, matter: Any) -> Any:
    """That the actor was named to prepare this matter, as the orderer, with the family's yes."""
    preparations = _model("Preparation").objects
    return preparations.filter(matter=matter, by=actor.pk, family_agreed=True, matter__order__by=actor.pk)


def _standing_judgement() -> Any:
    return _model("Judgement").objects.standing().filter(member=OuterRef("pk"))


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
