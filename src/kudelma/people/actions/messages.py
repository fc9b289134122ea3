"""Sending: a row says that something goes to a seat; the words are made when it leaves."""

from datetime import datetime
from uuid import UUID

from kudelma.people.models import Message, Seat
from kudelma.people.tasks import deliver


def send(kind: str, *, to: Seat, by: Seat, at: datetime, about: UUID | None = None) -> Message:
    """Queue one message of a registered kind (see `letters`). The job exists once the caller has committed."""
    message = Message.objects.create(seat=to, kind=kind, about=about, made_at=at, made_by=by.pk)
    deliver.enqueue(str(message.pk))
    return message
