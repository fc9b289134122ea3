"""From a worry to an accepted matter, or to a consultation that is answered by a call."""

from datetime import datetime
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused
from kudelma.core.inputs import columns
from kudelma.core.languages import current_language
from kudelma.core.record import record, record_reading
from kudelma.matters.actions.closing import shut
from kudelma.matters.actions.numbering import next_number
from kudelma.matters.actions.steps import advance, is_repeat_submit
from kudelma.matters.actions.telling import tell_coordinators
from kudelma.matters.models import Kind, Matter, Step, WaitsFor
from kudelma.methods.models import Leading, Method
from kudelma.orders.inputs import CallWished, ConsultationAsked, NewOrder, Ordered
from kudelma.orders.models import Answered, Basis, FamilyAgreement, Order, OrderReply, OrderSource
from kudelma.people.actions.messages import send
from kudelma.people.models import Role, Seat
from kudelma.regions.models import Controller, Region
from kudelma.trust.vault import make_space_key

CALL_FIRST = _("The family has asked for a call. Call first and write down what they said. Nothing was changed.")


def order_meeting(
    *, idempotency_key: UUID, values: NewOrder, by: Seat, at: datetime, kind: str = Kind.CLIENT
) -> Matter:
    """An order that is agreed on with the people.

    idempotency_key: id of the matter, so that pressing twice orders once. Raises KeyReused when it is another order's.
    """
    return _begin(
        kind, Step.ORDERED, FamilyAgreement.AGREED, idempotency_key=idempotency_key, values=values, by=by, at=at
    )


def wish_for_call(region: Region, *, idempotency_key: UUID, values: CallWished, at: datetime) -> Matter:
    """What a family leaves on the public page: a name to use, a number, and when it is safe to call.

    idempotency_key: as in `order_meeting`.
    """
    # Nobody knows yet who writes: the door acts, and what a family asks of itself is agreed with it.
    door = Seat.objects.select_related("region").door(region, Role.PUBLIC)
    return _begin(
        Kind.CLIENT,
        Step.ORDERED,
        FamilyAgreement.AGREED,
        idempotency_key=idempotency_key,
        values=values,
        by=door,
        at=at,
        came=OrderSource.PUBLIC,
    )


def ask_consultation(
    *, idempotency_key: UUID, family_agreement: str, values: ConsultationAsked, by: Seat, at: datetime
) -> Matter:
    """A worry that has not been agreed on with the people yet: the coordinator calls, nothing identifies anybody."""
    return _begin(
        Kind.CONSULTATION,
        Step.CONSULTING,
        family_agreement,
        idempotency_key=idempotency_key,
        values=values,
        by=by,
        at=at,
    )


def _begin(
    kind: str,
    step: str,
    family_agreement: str,
    *,
    idempotency_key: UUID,
    values: Ordered,
    by: Seat,
    at: datetime,
    came: str = OrderSource.WORKER,
) -> Matter:
    existing = Matter.objects.filter(pk=idempotency_key).select_related("order").first()
    if existing:
        _must_be_same(existing, family_agreement, values, by=by, at=at)
        return existing
    # Committed before the matter: a key without a matter harms nobody, a matter without a key is lost.
    make_space_key(idempotency_key, by.region_id)
    with transaction.atomic():
        year, running = next_number(by.region, at)
        matter = Matter(
            pk=idempotency_key, region=by.region, year=year, running=running, kind=kind, opened_at=at, step=step,
            waits_for=WaitsFor.COORDINATOR, waits_since=timezone.localdate(at),
        )  # fmt: skip
        matter.save(force_insert=True)
        said = {"unit": by.unit, "written_in": current_language(), "came": came} | columns(values)
        Order(matter=matter, by=by, made_at=at, told=family_agreement, **said).save(force_insert=True)
        # To the step where it is: `advance` alone knows by when the region wants it answered.
        advance(matter, step, waits_for=WaitsFor.COORDINATOR, at=at)
        record("orders.order", by=by, at=at, space=matter.pk)
        tell_coordinators(matter, by=by, at=at)
    return matter


def _must_be_same(matter: Matter, family_agreement: str, values: Ordered, *, by: Seat, at: datetime) -> None:
    # Whose it is, before a word is opened: with another's key nothing of their order is read.
    if matter.order.by_id != by.pk or matter.order.told != family_agreement:
        raise KeyReused
    # Comparing is reading, and stands in the record like any other.
    record_reading("orders:order", [matter.pk], by=by, at=at)
    if any(getattr(matter.order, name) != value for name, value in columns(values).items()):
        raise KeyReused


def tell_orderer(matter: Matter, *, by: Seat, at: datetime) -> None:
    """Let the one who ordered know that something waits. Who has no account is called instead."""
    orderer = matter.order.by
    if orderer.account_id and orderer.pk != by.pk:
        send("waits", to=orderer, by=by, at=at, space=matter.pk)


@transaction.atomic
def accept_order(
    matter: Matter, *, method: Method, controller: Controller, ground: str, by: Seat, at: datetime
) -> None:
    """Take the order up: whose register it belongs to, on which ground, by which method.

    A chaired meeting needs no two from outside: it is prepared next. Pressing twice accepts once. Raises Refused
    when somebody else has answered it already, or a family who asked for a call has not been called.
    """
    if matter.order.waits_for_call:
        raise Refused(CALL_FIRST)
    step = Step.PREPARING if method.leading == Leading.CHAIR else Step.PAIRING
    try:
        advance(matter, step, since=Step.ORDERED, waits_for=WaitsFor.COORDINATOR, at=at)
    except Refused:
        # Too late because of one's own first press is no quarrel with somebody else.
        mine = Basis.objects.filter(matter=matter, by=by)
        if is_repeat_submit(mine, ground=ground, matter__method=method, matter__controller=controller):
            return
        raise
    Matter.objects.filter(pk=matter.pk).update(method=method, controller=controller)
    Basis(matter=matter, ground=ground, by=by, at=at).save(force_insert=True)
    OrderReply(matter=matter, by=by, at=at, kind=Answered.ACCEPTED).save(force_insert=True)
    record("orders.accept_order", by=by, at=at, space=matter.pk)
    tell_orderer(matter, by=by, at=at)


@transaction.atomic
def answer_consultation(matter: Matter, *, text: str, by: Seat, at: datetime) -> None:
    """Write down what was agreed in the call, and end the consultation.

    Raises Refused when somebody has answered it already.
    """
    advance(matter, Step.CLOSED, since=Step.CONSULTING, waits_for=WaitsFor.NOBODY, at=at)
    shut(matter, keeps=relativedelta(months=matter.region.space_months), by=by, at=at)
    OrderReply(matter=matter, by=by, at=at, kind=Answered.CALLED, text=text, written_in=current_language()).save(
        force_insert=True
    )
    record("orders.answer_consultation", by=by, at=at, space=matter.pk)
    tell_orderer(matter, by=by, at=at)
