"""Finding the two who lead the conversation: offered, accepted with a promise, or withdrawn without a word."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.bank.models import Consultant
from kudelma.core.errors import Refused
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.matters.actions.orders import tell_coordinators
from kudelma.matters.actions.steps import move
from kudelma.matters.models import PAIR, Matter, Member, Pairing, Step, Undertaking, WaitsFor
from kudelma.people.actions.messages import send
from kudelma.people.models import Seat

SECRECY_WORDING = 1
"""Which wording of the promise is shown and kept; raise it when the words change."""


def outside(matter: Matter, *, at: datetime) -> list[Consultant]:
    """Consultants of the bank who are outside the matter: no seat in an involved unit, not involved themselves."""
    people = Member.objects.filter(matter=matter, seat__account__isnull=False).select_related("seat")
    units = {member.seat.unit_id for member in people if member.seat} | {matter.order.unit_id}
    accounts = {member.seat.account_id for member in people if member.seat} | {matter.order.by.account_id}
    asked = Pairing.objects.filter(matter=matter).values("seat")
    return list(
        Consultant.objects.filter(seat__region=matter.region_id)
        .current(timezone.localdate(at))
        .outside(units - {None}, accounts - {None})
        .exclude(seat__in=asked)
        .for_list()
    )


@transaction.atomic
def offer(matter: Matter, consultant: Consultant, *, part: str, by: Seat, at: datetime) -> Pairing:
    """Ask one consultant to lead or to write.

    Raises Refused for somebody who is not outside, or when that part has just been offered.
    """
    if consultant.pk not in {free.pk for free in outside(matter, at=at)}:
        raise Refused(_("This consultant is not outside the matter, or has already been asked."))
    try:
        with transaction.atomic():
            pairing = Pairing(matter=matter, seat=consultant.seat, part=part, offered_by=by, offered_at=at)
            pairing.save(force_insert=True)
    except IntegrityError:
        raise Refused(SOMEBODY_WAS_FIRST) from None
    record("matters.offer", by=by, at=at, matter=matter.pk)
    _wait(matter, at)
    send("waits", to=consultant.seat, by=by, at=at)
    return pairing


@transaction.atomic
def accept_offer(pairing: Pairing, *, by: Seat, at: datetime) -> None:
    """Say yes, with the promise of secrecy. When both have, preparation can begin.

    Raises Refused when the offer does not stand any more.
    """
    if not Pairing.objects.offered().filter(pk=pairing.pk).exists():
        raise Refused(_("This offer does not stand any more. Nothing was agreed."))
    Undertaking(matter=pairing.matter, pairing=pairing, wording=SECRECY_WORDING, at=at).save(force_insert=True)
    record("matters.accept_offer", by=by, at=at, matter=pairing.matter_id)
    _wait(pairing.matter, at)


@transaction.atomic
def withdraw(pairing: Pairing, *, by: Seat, at: datetime) -> None:
    """Say no, without telling why; the coordinator asks the next one. Raises Refused when it was answered."""
    if not Pairing.objects.offered().filter(pk=pairing.pk).update(withdrew_at=at):
        raise Refused(_("This offer does not stand any more. Nothing was agreed."))
    record("matters.withdraw", by=by, at=at, matter=pairing.matter_id)
    _wait(pairing.matter, at)
    tell_coordinators(pairing.matter.region, by=by, at=at)


def _wait(matter: Matter, at: datetime) -> None:
    """Whom the matter waits for while it is given its two: the consultants asked, else the coordinator."""
    standing = list(Pairing.objects.filter(matter=matter).standing().select_related("undertaking"))
    accepted = [pairing for pairing in standing if pairing.is_accepted]
    if len(accepted) == len(PAIR):
        move(matter, Step.PREPARING, waits_for=WaitsFor.COORDINATOR, at=at)
    elif len(standing) == len(PAIR):
        move(matter, Step.PAIRING, waits_for=WaitsFor.CONSULTANTS, at=at)
    else:
        move(matter, Step.PAIRING, waits_for=WaitsFor.COORDINATOR, at=at)
