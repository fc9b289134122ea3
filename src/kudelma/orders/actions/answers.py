"""What is answered to an order: a question back, another way, a no that comes with a call, and the call itself."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused
from kudelma.core.inputs import columns
from kudelma.core.languages import current_language
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.matters.actions.closing import shut
from kudelma.matters.actions.steps import advance
from kudelma.matters.actions.telling import tell_coordinators
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.orders.actions.orders import CALL_FIRST, tell_orderer
from kudelma.orders.inputs import CallHeard, ReplySaid
from kudelma.orders.models import DECLINED_DAYS, Answered, Order, OrderReply, OrderSource
from kudelma.people.models import Seat

ASK_ALOUD = _("This order did not come from somebody who can answer here. Ask by telephone. Nothing was changed.")


@transaction.atomic
def ask_back(matter: Matter, *, idempotency_key: UUID, values: ReplySaid, by: Seat, at: datetime) -> OrderReply:
    """Ask the orderer something; the order waits for them.

    idempotency_key: id of the question, so that pressing twice asks once. Raises Refused when the order has been
    answered, or its orderer can only be asked aloud.
    """
    if existing := _created_before(matter, idempotency_key, values, by):
        return existing
    if matter.order.came != OrderSource.WORKER:
        raise Refused(ASK_ALOUD)
    advance(matter, Step.ORDERED, since=Step.ORDERED, waits_for=WaitsFor.ORDERER, at=at)
    question = _reply(matter, Answered.ASKED, pk=idempotency_key, text=values.text, by=by, at=at)
    record("orders.ask_back", by=by, at=at, space=matter.pk)
    tell_orderer(matter, by=by, at=at)
    return question


@transaction.atomic
def reply(matter: Matter, *, idempotency_key: UUID, values: ReplySaid, by: Seat, at: datetime) -> OrderReply:
    """Answer what the coordinator asked; the order waits for the coordinator again. Like `ask_back` otherwise."""
    # First of all: by a second press the order waits for the coordinator again, and one's own answer would be refused.
    if existing := _created_before(matter, idempotency_key, values, by):
        return existing
    advance(
        matter, Step.ORDERED, since=Step.ORDERED, waited_for=WaitsFor.ORDERER, waits_for=WaitsFor.COORDINATOR, at=at
    )  # fmt: skip
    answer = _reply(matter, Answered.TOLD, pk=idempotency_key, text=values.text, by=by, at=at)
    record("orders.reply", by=by, at=at, space=matter.pk)
    tell_coordinators(matter, by=by, at=at)
    return answer


@transaction.atomic
def write_call(matter: Matter, *, values: CallHeard, by: Seat, at: datetime) -> None:
    """Write down what a family said in the call that they asked for.

    Raises Refused when somebody has called already, or the order is answered.
    """
    # The call moves nothing on, but the wait is counted anew, and an order answered meanwhile takes no more words.
    advance(matter, Step.ORDERED, since=Step.ORDERED, waits_for=WaitsFor.COORDINATOR, at=at)
    # Two coordinators may have called the same family: what the first one heard is not written over.
    waiting = Order.objects.filter(pk=matter.order.pk, came=OrderSource.PUBLIC, heard_on=None)
    if not waiting.update(**closed_values(matter.order, columns(values))):
        raise Refused(SOMEBODY_WAS_FIRST)
    record("orders.write_call", by=by, at=at, space=matter.pk)


@transaction.atomic
def suggest_other_way(matter: Matter, *, text: str, called_on: date | None, by: Seat, at: datetime) -> None:
    """End the order with another way that was found, such as one service. A family is called first.

    Raises Refused when somebody has answered it already, or the family has not been called.
    """
    if matter.order.waits_for_call and called_on is None:
        raise Refused(CALL_FIRST)
    keeps = relativedelta(months=matter.region.space_months)
    _end(matter, Answered.OTHER_WAY, text=text, called_on=called_on, keeps=keeps, by=by, at=at)
    record("orders.suggest_other_way", by=by, at=at, space=matter.pk)


@transaction.atomic
def decline_order(matter: Matter, *, text: str, called_on: date, by: Seat, at: datetime) -> None:
    """End the order with a no that was told in a call, and with what was agreed instead.

    The clock empties it after thirty days. Raises Refused when somebody has answered it already.
    """
    keeps = relativedelta(days=DECLINED_DAYS)
    _end(matter, Answered.DECLINED, text=text, called_on=called_on, keeps=keeps, by=by, at=at)
    record("orders.decline_order", by=by, at=at, space=matter.pk)


def _end(
    matter: Matter, kind: str, *, text: str, called_on: date | None, keeps: relativedelta, by: Seat, at: datetime
) -> None:
    # Before it is shut: a closed matter moves no more. Whoever answers second is stopped here, with nothing told.
    advance(matter, Step.CLOSED, since=Step.ORDERED, waits_for=WaitsFor.NOBODY, at=at)
    _reply(matter, kind, text=text, called_on=called_on, by=by, at=at)
    shut(matter, keeps=keeps, by=by, at=at)
    tell_orderer(matter, by=by, at=at)


def _reply(matter: Matter, kind: str, **fields: Any) -> OrderReply:
    created = OrderReply(matter=matter, kind=kind, written_in=current_language(), **fields)
    created.save(force_insert=True)
    return created


def _created_before(matter: Matter, idempotency_key: UUID, values: ReplySaid, by: Seat) -> OrderReply | None:
    """What this form made when it was sent before. Raises KeyReused when that was something else."""
    existing = OrderReply.objects.filter(pk=idempotency_key).first()
    if existing is not None and (existing.matter_id, existing.by_id) != (matter.pk, by.pk):
        raise KeyReused
    if existing is not None and existing.text != values.text:
        raise KeyReused
    return existing
