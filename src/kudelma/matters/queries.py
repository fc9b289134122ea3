"""Which matters, orders, members and pairings a seat may see. Every read of this room starts here."""

from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from kudelma.matters.access import invited, led_by, ordered_by, prepared_by, was_there
from kudelma.matters.page import JOINED

ENDS_SOON_DAYS = 14
"""How long before its end the end of a consent is told: none ends in silence."""
LIST_FIELDS = [
    "region", "year", "running", "kind", "called", "method", "closed_at", "step", "waits_for", "waits_since", "due_on",
]  # fmt: skip
"""What a list reads of a matter; what it reads of rooms below is handed up to `page`."""


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


class OfMemberQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> Any:
        """Rows about one person, such as that they were there: for whoever sees that person."""
        return self.filter(member__in=_model("Member").objects.visible_to(actor))


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

    def named_to(self, actor: Any) -> "MemberQuerySet":
        """The people of matters where the actor has been asked, has not answered, and has opened the names."""
        asked = _model("LeadAssignment").objects.filter(
            matter=OuterRef("matter"), seat=actor.pk, names_opened_at__isnull=False
        )
        return self.filter(Exists(asked.offered()))

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
        return self.filter(Exists(_permissions()))

    def for_circle(self) -> "MemberQuerySet":
        """Members with their seats and permissions, in 2 queries. Judgements are read of few, when they are needed."""
        return self.select_related("seat__account", "seat__unit").prefetch_related("permissions")


class PreparationQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> Any:
        """The coordinator, the pair, and the orderer who was named to prepare."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        return self.filter(prepared_by(actor) | led_by(actor)) if actor.role == "worker" else self.none()


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
        seen = Q(was_there(actor), Exists(own_memberships(actor).open_to("plan")), shown_to="everybody")
        own = Q(member__seat=actor.pk, member__in=_model("Member").objects.judged().with_permission())
        prepared = (prepared_by(actor) | led_by(actor)) & ~Q(shown_to="me")
        return self.filter(own | seen | prepared)


class IntroductionQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "IntroductionQuerySet":
        """Whoever sees who comes."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role not in {"worker", "participant"} or (actor.role == "participant" and actor.level < 2):
            return self.none()
        return self.filter(prepared_by(actor) | led_by(actor) | Q(Exists(own_memberships(actor).open_to("people"))))

    def of_those_who_come(self) -> "IntroductionQuerySet":
        """Of the members with a permission, and of those who lead."""
        member = _model("Member").objects.filter(matter=OuterRef("matter"), seat=OuterRef("seat")).with_permission()
        pairing = _model("LeadAssignment").objects.filter(matter=OuterRef("matter"), seat=OuterRef("seat")).accepted()
        return self.filter(Exists(member) | Exists(pairing))


class ConsentQuerySet(PreparationQuerySet):
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


class LeadAssignmentQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "LeadAssignmentQuerySet":
        """The coordinator sees all of the region; everybody else what they are asked, and what they lead."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        every = _model("LeadAssignment").objects.filter(seat=actor.pk)
        return self.filter(Q(pk__in=every.offered()) | Q(pk__in=every.still_leading(actor)))

    def standing(self) -> "LeadAssignmentQuerySet":
        """Neither withdrawn nor ended."""
        return self.filter(withdrew_at=None, ended_at=None)

    def accepted(self) -> "LeadAssignmentQuerySet":
        return self.standing().filter(undertaking__isnull=False)

    def still_leading(self, actor: Any) -> "LeadAssignmentQuerySet":
        """The actor's own: accepted, not ended, and neither the matter nor its last meeting over for too long."""
        return self.accepted().filter(seat=actor.pk).still_led()  # type: ignore[no-any-return]

    def for_page(self) -> "LeadAssignmentQuerySet":
        """Who was asked, whether they promised, and what an offer tells of the matter, in 1 query."""
        return self.select_related(
            "matter__region", "matter__order__unit__sector", "matter__order__by", "matter__method", "seat__account",
            "seat__unit", "undertaking",
        )  # fmt: skip

    def for_offers(self) -> "LeadAssignmentQuerySet":
        """What a list of offers prints, in 1 query."""
        return self.select_related("matter__order__unit", "matter__region").order_by("offered_at")

    def offered(self) -> "LeadAssignmentQuerySet":
        """Asked and not yet answered, in a matter that is still open and whose meeting has not been held."""
        return self.standing().filter(undertaking=None, matter__closed_at=None).exclude(matter__step="following")


class UndertakingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "UndertakingQuerySet":
        """The promises of those whose being asked the actor sees."""
        return self.filter(pairing__in=_model("LeadAssignment").objects.visible_to(actor))


class LeadChangeNoticeQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "LeadChangeNoticeQuerySet":
        """Those who work in the matter. Its people hear it from a person."""
        return self.none() if actor.role == "participant" else super().visible_to(actor)

    def open(self) -> "LeadChangeNoticeQuerySet":
        """Those of whom the people have not been told, while the new one still leads."""
        return self.filter(told_at=None, pairing__withdrew_at=None, pairing__ended_at=None, matter__closed_at=None)

    def for_page(self) -> "LeadChangeNoticeQuerySet":
        return self.select_related("matter__region", "pairing__seat__account", "instead_of__seat__account")


def own_memberships(actor: Any) -> Any:
    """The actor's memberships, with a permission to invite, in the matter of the row that asks."""
    return _model("Member").objects.filter(matter=OuterRef("matter"), seat=actor.pk).with_permission()


def _permissions() -> models.QuerySet:
    return _model("Permission").objects.filter(member=OuterRef("pk"), withdrawn_at=None)


def _standing_judgement() -> Any:
    return _model("Judgement").objects.standing().filter(member=OuterRef("pk"))


def _model(name: str) -> Any:
    # By name: the models import this file.
    return apps.get_model("matters", name)
