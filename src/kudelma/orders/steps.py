"""What an order asks next, and of whom; and how it was answered, on its orderer's first page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.matters.page import NextStep, Rank, Shown, next_step_of
from kudelma.matters.waiting import HOLDERS, ORIGIN, WAITS_FOR, Holder, turn_of
from kudelma.orders.models import Order
from kudelma.people.models import Role
from kudelma.people.today import WAITS, Waiting

ANSWER_STAYS_DAYS = 14
"""How long an answer stands on the orderer's first page."""


@next_step_of(Rank.COORDINATING, Step.CONSULTING)
def answer_consultation(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(
        _("A consultation is asked for"),
        _("Call, then write down what was agreed."),
        reverse("orders:answer-consultation", args=[matter.pk]),
        _("Read and answer"),
    )


@next_step_of(Rank.STANDING, Step.CONSULTING)
def be_called(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The coordinator calls you"))


@next_step_of(Rank.OWN, Step.ORDERED)
def reply(matter: Matter, shown: Shown) -> NextStep | None:
    if matter.waits_for != WaitsFor.ORDERER or matter.order.by_id != shown.actor.pk or shown.coordinates:
        return None
    return NextStep(
        _("The coordinator asks you something"),
        _("Your order waits for your answer."),
        reverse("orders:reply", args=[matter.pk]),
        _("Read and answer"),
    )


@next_step_of(Rank.COORDINATING, Step.ORDERED)
def answer(matter: Matter, shown: Shown) -> NextStep:
    url = reverse("orders:accept", args=[matter.pk])
    if matter.order.waits_for_call:
        return NextStep(
            _("A family has asked for a call"), _("Call at the hour that was given."), url, _("Read and call")
        )
    if matter.waits_for == WaitsFor.ORDERER:
        return NextStep(_("The orderer has been asked"), _("Their answer has not come yet."), url, _("Read the order"))
    return NextStep(_("A new order"), _("Agreed on with the people."), url, _("Read and answer"))


@next_step_of(Rank.STANDING, Step.ORDERED)
def be_answered(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The coordinator answers your order"))


@ORIGIN
def origin(matter: Any) -> str:
    """The unit that ordered: what a list tells of where a matter comes from."""
    return matter.order.unit.name if matter.order.unit else ""


def asked_or_answered(actor: Any) -> Any:
    since = timezone.now() - timedelta(days=ANSWER_STAYS_DAYS)
    return Order.objects.asked_or_answered(actor, since=since)


@WAITS_FOR
def for_orderer(actor: Any) -> Q | None:
    return Q(order__in=asked_or_answered(actor)) if actor.role == Role.WORKER else None


@WAITS
def answers(actor: Any) -> list[Waiting]:
    """Orders that were answered otherwise than by a yes: the answer is read on the matter's page."""
    if actor.role != Role.WORKER:
        return []
    closed = Matter.objects.filter(order__in=asked_or_answered(actor)).exclude(closed_at=None)
    return [
        Waiting(
            number=matter.number, text=_("Your order has been answered"), detail=origin(matter), station=1,
            url=matter.get_absolute_url(), verb=_("Read the answer"),
        )
        for matter in closed.for_list()
    ]  # fmt: skip


def orderers(matters: list[Matter], actor: Any) -> dict[UUID, str]:
    """matters: with the account of who ordered."""
    return {matter.pk: turn_of(matter.order.by.account.name) for matter in matters if matter.order.by.account}


HOLDERS(Holder(frozenset({WaitsFor.ORDERER}), orderers))
