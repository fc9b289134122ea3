"""Sending: a row says that something goes to a seat; the words are made when it leaves. And what came of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.record import record
from kudelma.people.models import Message, Role, Seat
from kudelma.people.tasks import deliver


def send(
    kind: str, *, to: Seat, by: Seat, at: datetime, about: UUID | None = None, space: UUID | None = None
) -> Message:
    """Queue one message of a registered kind (see `letters`). The job exists once the caller has committed.

    space: in which one, when `to` is not a participant's seat and the message is about one.
    """
    message = Message.objects.create(
        seat=to, kind=kind, about=about, space=space or to.space, made_at=at, made_by=by.pk
    )
    deliver.enqueue(str(message.pk))
    return message


@transaction.atomic
def bounce(message: Message, *, trouble: str, at: datetime) -> bool:
    """A mail server says later that the message did not arrive. Returns whether that was news."""
    # A bounce may come twice: the second is no news, and opens nothing again that somebody has seen to.
    left = Message.objects.filter(pk=message.pk, sent_at__isnull=False, refused_at=None)
    if not left.update(refused_at=at, trouble=trouble):
        return False
    clock = Seat.objects.door(message.seat.region_id, Role.CLOCK)
    record("people.bounce", by=clock, at=at, space=message.space)
    return True


@transaction.atomic
def see_to(seat: Seat, *, how: str, by: Seat, at: datetime, space: UUID) -> None:
    """Somebody has told this person another way what did not arrive. Raises Refused when nothing is open."""
    if not mark_seen_to(seat, how=how, by=by, at=at, space=space):
        raise Refused(_("Everything that was sent to this person has been seen to already."))
    record("people.see_to", by=by, at=at, space=space)


def mark_seen_to(seat: Seat, *, how: str, by: Seat, at: datetime, space: UUID) -> int:
    """Close what did not arrive to this seat in this space; how many it was. For actions that tell it anew."""
    open_ones = Message.objects.undelivered().filter(seat=seat, space=space)
    return open_ones.update(seen_to_at=at, seen_to_by=by.pk, seen_to=how)
