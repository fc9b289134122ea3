"""Finding those who lead: offered, accepted with a promise, withdrawn without a word, ended, replaced."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kudelma.bank.models import Consultant
from kudelma.core.errors import Refused
from kudelma.core.news import pair_changed
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.live.actions.rights import taken_away
from kudelma.matters.actions.steps import advance
from kudelma.matters.actions.telling import tell_coordinators
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.pairing.candidates import bank_for
from kudelma.pairing.models import PAIR, LeadAssignment, LeadChangeNotice, Undertaking, parts_of
from kudelma.people.actions.messages import send
from kudelma.people.models import Seat

SECRECY_WORDING = 2
"""Which wording of the promise is shown and kept; raise it when the words change."""
CHAIR_WORDING = 3
"""The same for a chair and a secretary, who need not be from outside. The numbers are of one series."""

NO_OFFER = _("This offer does not stand any more. Nothing was agreed.")


def outside(matter: Matter, *, at: datetime) -> list[Consultant]:
    """Consultants of the bank who may be asked: outside the matter, not asked yet, not resting."""
    return bank_for(matter, at=at, in_words=False).outside


@transaction.atomic
def offer(matter: Matter, consultant: Consultant, *, part: str, by: Seat, at: datetime) -> LeadAssignment:
    """Ask one consultant to lead or to write, or in a chaired meeting to chair or to be the secretary.

    Raises Refused for somebody who is not outside, or when that part has just been offered.
    """
    _must_be_outside(matter, [consultant], at)
    return ask(matter, consultant.seat, part=part, by=by, at=at)


@transaction.atomic
def offer_two(matter: Matter, first: Consultant, second: Consultant, *, by: Seat, at: datetime) -> None:
    """Ask both at once: the first to lead (or chair), the second to write. Refused like `offer`; then nobody is."""
    _must_be_outside(matter, [first, second], at)
    for consultant, part in zip((first, second), parts_of(matter), strict=True):
        ask(matter, consultant.seat, part=part, by=by, at=at)


def ask(matter: Matter, seat: Seat, *, part: str, by: Seat, at: datetime) -> LeadAssignment:
    """Put the question to a seat of which the caller knows that it may be asked. Call it in a transaction."""
    if matter.method_id is None:
        raise Refused(_("The order has not been accepted yet. Accept it first."))
    if part not in parts_of(matter):
        raise Refused(_("This way of meeting has no such part."))
    if not Matter.objects.open().filter(pk=matter.pk).exclude(step=Step.FOLLOWING).exists():
        raise Refused(_("The meeting has been held already. Nobody else is asked to lead it."))
    # The constraints decide between two who ask in the same moment: one for a part, and nobody for two.
    try:
        with transaction.atomic():
            pairing = LeadAssignment(matter=matter, seat=seat, part=part, offered_by=by, offered_at=at)
            pairing.save(force_insert=True)
    except IntegrityError:
        raise Refused(SOMEBODY_WAS_FIRST) from None
    record("pairing.offer", by=by, at=at, space=matter.pk)
    _wait(matter, at)
    send("waits", to=seat, by=by, at=at, space=matter.pk)
    return pairing


@transaction.atomic
def see_name(matter: Matter, consultant: Consultant, *, by: Seat, at: datetime) -> str:
    """The name of one who might be asked, when trade and unit are not enough. Each time stands in the record."""
    record("pairing.see_name", by=by, at=at, space=matter.pk)
    return consultant.seat.name


@transaction.atomic
def open_names(pairing: LeadAssignment, *, by: Seat, at: datetime) -> None:
    """The one asked looks at the people's names, to see whether they know them. Raises Refused once answered."""
    if not LeadAssignment.objects.offered().filter(pk=pairing.pk).exists():
        raise Refused(NO_OFFER)
    # The first look stays: opened once, the names have been seen, whatever is answered afterwards.
    LeadAssignment.objects.filter(pk=pairing.pk, names_opened_at=None).update(names_opened_at=at)
    record("pairing.open_names", by=by, at=at, space=pairing.matter_id)


@transaction.atomic
def accept_offer(pairing: LeadAssignment, *, by: Seat, at: datetime) -> None:
    """Say yes, with the promise. When both have, preparation can begin; a matter that is further stays there.

    Who comes in somebody's place is invited at once, and the people are to be told. Raises Refused when the
    offer does not stand any more.
    """
    _hold_offer(pairing)
    # Before the matter moves on below: the second of the first two could look like somebody's replacement.
    replaces = not Matter.objects.filter(pk=pairing.matter_id, step=Step.PAIRING).exists()
    wording = SECRECY_WORDING if pairing.part in PAIR else CHAIR_WORDING
    Undertaking(matter=pairing.matter, pairing=pairing, wording=wording, at=at).save(force_insert=True)
    record("pairing.accept_offer", by=by, at=at, space=pairing.matter_id)
    _wait(pairing.matter, at)
    if replaces:
        _promise_anew(pairing, at)
    pair_changed.tell(pairing.matter, by, at)


@transaction.atomic
def withdraw(pairing: LeadAssignment, *, by: Seat, at: datetime) -> None:
    """Say no, without telling why; the coordinator asks the next one. Raises Refused when it was answered."""
    _hold_offer(pairing)
    LeadAssignment.objects.filter(pk=pairing.pk).update(withdrew_at=at)
    taken_away(pairing.seat_id)
    record("pairing.withdraw", by=by, at=at, space=pairing.matter_id)
    _wait(pairing.matter, at)
    tell_coordinators(pairing.matter, by=by, at=at)


def _hold_offer(pairing: LeadAssignment) -> None:
    """Raises Refused when it has been answered, or taken back."""
    # By a write that changes nothing: the same press twice, and whoever takes the question back meanwhile, wait here.
    # Whether it was answered stands in another row: only a question asked after the waiting sees that.
    LeadAssignment.objects.filter(pk=pairing.pk).update(part=pairing.part)
    if not LeadAssignment.objects.offered().filter(pk=pairing.pk).exists():
        raise Refused(NO_OFFER)


@transaction.atomic
def end_pairing(pairing: LeadAssignment, *, by: Seat, at: datetime) -> None:
    """End a task that was accepted, or take an unanswered question back. Whoever it was sees the matter no more.

    The matter stays at its step. Raises Refused when somebody has ended it, or it was withdrawn.
    """
    if not LeadAssignment.objects.standing().filter(pk=pairing.pk).update(ended_at=at, ended_by=by):
        raise Refused(SOMEBODY_WAS_FIRST)
    taken_away(pairing.seat_id)
    record("pairing.end", by=by, at=at, space=pairing.matter_id)
    _wait(pairing.matter, at)
    # Who never promised has no calendar entry to lose, and the coordinator who took the question back knows.
    if not Undertaking.objects.filter(pairing=pairing).exists():
        return
    pair_changed.tell(pairing.matter, by, at)
    tell_coordinators(pairing.matter, by=by, at=at)


@transaction.atomic
def tell_people(to_tell: LeadChangeNotice, *, by: Seat, at: datetime) -> None:
    """Somebody has told the people who leads instead. Raises Refused when that was already done."""
    if not LeadChangeNotice.objects.open().filter(pk=to_tell.pk).update(told_at=at, told_by=by):
        raise Refused(SOMEBODY_WAS_FIRST)
    record("pairing.tell_people", by=by, at=at, space=to_tell.matter_id)


def _promise_anew(pairing: LeadAssignment, at: datetime) -> None:
    """If somebody has led this part before, the people are told who does now, instead of the last they know of."""
    former = LeadAssignment.objects.filter(matter=pairing.matter_id, part=pairing.part, undertaking__isnull=False)
    last = former.exclude(ended_at=None).order_by("-ended_at", "-offered_at").first()
    if last is None:
        return
    untold = LeadChangeNotice.objects.filter(pairing=last, told_at=None).first()
    expected = untold.instead_of if untold else last
    if untold:
        untold.delete()
    # The one whom they expect has come back: there is nothing to tell.
    if expected.seat_id != pairing.seat_id:
        LeadChangeNotice(matter=pairing.matter, pairing=pairing, instead_of=expected, since=at).save(force_insert=True)


def _must_be_outside(matter: Matter, consultants: list[Consultant], at: datetime) -> None:
    # Anew at the press: while the page stood open, somebody of that unit may have come among the people.
    free = {consultant.pk for consultant in outside(matter, at=at)}
    # By account: the same person may sit in several seats.
    if len({consultant.seat.account_id for consultant in consultants}) < len(consultants):
        raise Refused(_("Two different people lead a conversation."))
    if not {consultant.pk for consultant in consultants} <= free:
        raise Refused(_("This consultant is not outside the matter, or has already been asked."))


def _wait(matter: Matter, at: datetime) -> None:
    """Whom the matter waits for while it is given its two: those asked, else the coordinator. Later it stays put."""
    if not Matter.objects.filter(pk=matter.pk, step=Step.PAIRING).exists():
        return
    standing = list(LeadAssignment.objects.filter(matter=matter).standing().select_related("undertaking"))
    accepted = [pairing for pairing in standing if pairing.is_accepted]
    if len(accepted) == len(PAIR):
        advance(matter, Step.PREPARING, waits_for=WaitsFor.COORDINATOR, at=at)
    elif len(standing) == len(PAIR):
        advance(matter, Step.PAIRING, waits_for=WaitsFor.CONSULTANTS, at=at)
    else:
        advance(matter, Step.PAIRING, waits_for=WaitsFor.COORDINATOR, at=at)
