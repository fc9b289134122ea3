"""Kinds of messages, and what they may say. Each room registers its own; `people` only carries them.

Outside the service every message is neutral: no name, no topic, no unit, nothing that tells that
somebody is helped. The words come inside, once it is known who reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kudelma.people.models import Seat


@dataclass(frozen=True)
class Letter:
    """What leaves. calendar: an iCalendar file with its method, for those who asked for one."""

    subject: str
    text: str
    calendar: bytes = b""
    method: str = ""
    by_sms: bool = False


@dataclass(frozen=True)
class Contact:
    """Where a seat is reached. Empty: not that way."""

    address: str = ""
    second_address: str = ""
    phone: str = ""


Writer = Callable[[Seat, Any], Letter]
WRITERS: dict[str, Writer] = {}
_find_participant: list[Callable[[Seat], Contact]] = []


def letter(kind: str) -> Callable[[Writer], Writer]:
    """Register the writer of one kind of message."""

    def keep(writer: Writer) -> Writer:
        WRITERS[kind] = writer
        return writer

    return keep


def reaches_participants(find: Callable[[Seat], Contact]) -> Callable[[Seat], Contact]:
    """`matters` tells how a participant is reached; only it knows."""
    _find_participant[:] = [find]
    return find


def contact(seat: Seat) -> Contact:
    if seat.account is not None:
        return Contact(address=seat.account.address, phone=seat.account.phone)
    return _find_participant[0](seat)
