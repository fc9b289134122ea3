"""Accounts and the seats they hold."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.news import seat_given
from kudelma.core.phrases import CHANGED_MEANWHILE
from kudelma.core.record import record
from kudelma.core.sealed import closed_values, look_up
from kudelma.live.actions.rights import taken_away
from kudelma.people.actions.messages import send
from kudelma.people.inputs import NewSeat, SeatChange
from kudelma.people.models import Account, Role, Seat
from kudelma.regions.models import Region


@transaction.atomic
def give_seat(
    region: Region, *, values: NewSeat, by: Seat, at: datetime, idempotency_key: UUID | None = None, invite: bool = True
) -> Seat:
    """Seat somebody in `region`. An account of that address is made when there is none, and invited to sign in.

    idempotency_key: id of the seat, so that a second press makes no second seat. Raises Refused for a seat of one's
    own: whoever gives seats sees no content, and may not give themselves a seat that does.
    """
    account = Account.objects.of_address(values.address).first()
    if account is not None and account.pk == by.account_id:
        raise Refused(_("This is your own address. Another administrator must give you a seat."))
    if account is None:
        account = Account(
            name=values.name, address=values.address, address_lookup=look_up("address", values.address),
            phone=values.phone, language=values.language,
        )  # fmt: skip
        # Whoever gives a seat knows nobody's password: its holder chooses one by a link that comes by mail.
        account.set_unusable_password()
        account.save(force_insert=True)
    seat = Seat(
        region=region, role=values.role, account=account, unit=values.unit, title=values.title, leads=values.leads,
        starts_on=values.starts_on, ends_on=values.ends_on,
    )  # fmt: skip
    if idempotency_key:
        existing = Seat.objects.filter(pk=idempotency_key).first()
        if existing and (existing.region_id, existing.account_id, existing.role) == (
            region.pk,
            account.pk,
            values.role,
        ):
            return existing
        if existing:
            raise KeyReused
        seat.pk = idempotency_key
    seat.save(force_insert=True)
    seat_given.tell(seat)
    record("people.give_seat", by=by, at=at)
    if invite and not account.has_usable_password():
        send("first-sign-in", to=seat, by=by, at=at)
    # An administrator who invents a coordinator could read through them; against that, the others are told.
    if invite and values.role == Role.COORDINATOR:
        sitting = Seat.objects.current(timezone.localdate(at)).filter(region=region, role=values.role)
        for coordinator in sitting.exclude(pk=seat.pk):
            send("another-coordinator", to=coordinator, by=by, at=at)
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, version: int, values: SeatChange, by: Seat, at: datetime) -> None:
    """Another unit, trade or last day. Raises Stale when somebody saved another version first."""
    changed = Seat.objects.filter(pk=seat.pk, version=version, ended_at=None).update(
        **closed_values(seat, {**columns(values), "version": version + 1})
    )
    if not changed:
        now = Seat.objects.get(pk=seat.pk)
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    taken_away(seat.pk)
    record("people.change_seat", by=by, at=at)


@transaction.atomic
def end_seat(seat: Seat, *, by: Seat, at: datetime) -> None:
    """End a seat at once. What it did stays told under its id.

    Raises Refused when it had already ended.
    """
    if not Seat.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=at, ended_by=by.pk):
        raise Refused(_("This seat had already ended."))
    taken_away(seat.pk)
    record("people.end_seat", by=by, at=at, space=seat.space)


@transaction.atomic
def seat_participant(region: Region, *, space: UUID, language: str, by: Seat, at: datetime, on: date) -> Seat:
    """A seat for one person in one space, without an account."""
    seat = Seat.objects.create(region=region, role=Role.PARTICIPANT, space=space, language=language, starts_on=on)
    record("people.seat_participant", by=by, at=at, space=space)
    return seat


def open_doors(region: Region, on: date) -> None:
    """The two seats that belong to nobody. Made with the region, once."""
    for role in (Role.PUBLIC, Role.CLOCK):
        Seat.objects.get_or_create(region=region, role=role, defaults={"starts_on": on})


@transaction.atomic
def invite_again(seat: Seat, *, by: Seat, at: datetime) -> None:
    """Send the first sign-in once more. Raises Refused for somebody who already has a password."""
    if seat.account is None or seat.account.has_usable_password():
        raise Refused(_("This person already signs in. They can choose a new password on the sign-in page."))
    send("first-sign-in", to=seat, by=by, at=at)
    record("people.invite_again", by=by, at=at)


def speak(seat: Seat, language: str) -> None:
    """Keep the language a person chose, so that messages to them come in it too."""
    if seat.account_id:
        Account.objects.filter(pk=seat.account_id).update(language=language)
    else:
        Seat.objects.filter(pk=seat.pk).update(language=language)


def set_password(account: Account, password: str, *, by: Any, at: datetime) -> None:
    with transaction.atomic():
        account.set_password(password)
        # Every session that is open ends with it: each is bound to the password with which it began.
        account.save(update_fields=["password"])
        taken_away(account.pk)
        record("people.set_password", by=by, at=at)
