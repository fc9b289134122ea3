"""Everything that writes in the bank."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kudelma.bank.models import Consultant
from kudelma.core.errors import Stale
from kudelma.core.phrases import CHANGED_MEANWHILE
from kudelma.core.record import record
from kudelma.people.models import Seat


def open_line(seat: Seat) -> None:
    """A line for a consultant's new seat, speaking the language of their account until somebody says more."""
    language = seat.spoken_language[:2]
    Consultant.objects.create(seat=seat, **{f"speaks_{code}": code == language for code in ("fi", "sv", "en")})


@transaction.atomic
def change_line(consultant: Consultant, *, version: int, values: dict[str, Any], by: Seat, at: datetime) -> None:
    """Save training and languages. Raises Stale when somebody saved another version first."""
    changed = Consultant.objects.filter(pk=consultant.pk, version=version).update(**values, version=version + 1)
    if not changed:
        now = Consultant.objects.get(pk=consultant.pk)
        raise Stale(CHANGED_MEANWHILE, {name: getattr(now, name) for name in (*values, "version")})
    record("bank.change_line", by=by, at=at)
