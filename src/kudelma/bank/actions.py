"""Everything that writes in the bank."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kudelma.bank.inputs import FreeTime, Rest, Training
from kudelma.bank.models import Availability, Consultant
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.phrases import CHANGED_MEANWHILE
from kudelma.core.record import record
from kudelma.people.models import Seat


def open_line(seat: Seat) -> None:
    """A line for a consultant's new seat, speaking the language of their account until somebody says more."""
    language = seat.spoken_language[:2]
    Consultant.objects.create(seat=seat, **{f"speaks_{code}": code == language for code in ("fi", "sv", "en")})


@transaction.atomic
def change_line(consultant: Consultant, *, version: int, values: Training | Rest, by: Seat, at: datetime) -> None:
    """Save training and languages, or how much suits them. Raises Stale when somebody saved another version first."""
    seen = Consultant.objects.filter(pk=consultant.pk, version=version)
    if not seen.update(**columns(values), version=version + 1):
        now = Consultant.objects.get(pk=consultant.pk)
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    record("bank.change_line", by=by, at=at)


@transaction.atomic
def tell_free(
    consultant: Consultant, *, idempotency_key: UUID, values: FreeTime, by: Seat, at: datetime
) -> Availability:
    """Keep one more free time.

    idempotency_key: its id, so that pressing twice keeps it once. Raises KeyReused when it is another's, and Refused
    for a time that overlaps with one told before.
    """
    _one_at_a_time(consultant)
    existing = Availability.objects.filter(pk=idempotency_key).first()
    if existing:
        if (existing.seat_id, existing.starts_at, existing.ends_at) != (
            consultant.pk,
            values.starts_at,
            values.ends_at,
        ):
            raise KeyReused
        return existing
    if Availability.objects.filter(seat=consultant.pk).overlapping(values.starts_at, values.ends_at).exists():
        raise Refused(_("You have already told a free time that overlaps with this one."))
    free = Availability(pk=idempotency_key, seat_id=consultant.pk, starts_at=values.starts_at, ends_at=values.ends_at)
    free.save(force_insert=True)
    record("bank.tell_free", by=by, at=at)
    return free


@transaction.atomic
def take_free_back(free: Availability, *, by: Seat, at: datetime) -> None:
    """That time does not suit after all. A second press changes nothing."""
    if Availability.objects.filter(pk=free.pk).delete()[0]:
        record("bank.take_free_back", by=by, at=at)


def _one_at_a_time(consultant: Consultant) -> None:
    """Write the consultant's line first, so that of two devices the second one waits and then sees the first."""
    # An update that changes nothing, since SQLite knows no SELECT FOR UPDATE.
    Consultant.objects.filter(pk=consultant.pk).update(most_at_once=F("most_at_once"))
