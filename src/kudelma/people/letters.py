"""Kinds of messages, and what they may say. Each room registers its own; `people` only carries them.

Outside the service every message is neutral: no name, no topic, no unit, nothing that tells that
somebody is helped. The words come inside, once it is known who reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kudelma.core.handed import HandedUp
from kudelma.people import sms
from kudelma.people.models import DeliveryChannel, Seat

BY_HAND = {"letter", "phone", "worker", "none"}
"""Safe ways that are no message: a person tells, prints a letter, or nobody is to be in touch."""


@dataclass(frozen=True)
class Letter:
    """What leaves. calendar: an iCalendar file with its method, for those who asked for one.

    is_second: to the second mail address, which is for codes only.
    """

    subject: str
    text: str
    calendar: bytes = b""
    method: str = ""
    by_sms: bool = False
    is_second: bool = False


@dataclass(frozen=True)
class Contact:
    """Where a seat is reached. Empty: not that way.

    wish: the safe way that the person has named (mail, sms, or one of `BY_HAND`); empty when none was.
    """

    address: str = ""
    second_address: str = ""
    phone: str = ""
    wish: str = ""

    @property
    def way(self) -> str:
        """By which way a message goes; empty when none may. A way that was not named is never used instead."""
        by_sms = self.wish in {"", DeliveryChannel.SMS} and self.phone and sms.is_possible()
        by_mail = self.wish in {"", DeliveryChannel.MAIL} and self.address
        return DeliveryChannel.MAIL.value if by_mail else DeliveryChannel.SMS.value if by_sms else ""

    def channels(self, link_came: str) -> list[str]:
        """By which ways a code may go: safe ones, and never the way by which its link came."""
        channels = []
        if (
            self.wish in {"", DeliveryChannel.SMS}
            and self.phone
            and link_came != DeliveryChannel.SMS
            and sms.is_possible()
        ):
            channels.append("sms")
        # A code in the mailbox to which the link came would prove nothing more than the link.
        address = self.second_address if link_came != DeliveryChannel.SMS else self.second_address or self.address
        if self.wish in {"", DeliveryChannel.MAIL} and address:
            channels.append("address")
        return channels


Writer = Callable[[Seat, Any], Letter | None]
"""None when there is nothing to say any more."""
WRITERS: dict[str, Writer] = {}
LAST_WORDS: set[str] = set()
"""Kinds that still go to a seat that has ended: that something is off must be told."""
REACHES_PARTICIPANTS: HandedUp[Callable[[Seat], Contact]] = HandedUp()
"""By `members`: only it knows how a participant is reached."""


def letter(kind: str, *, is_last: bool = False) -> Callable[[Writer], Writer]:
    """Register the writer of one kind of message."""

    def keep(writer: Writer) -> Writer:
        WRITERS[kind] = writer
        if is_last:
            LAST_WORDS.add(kind)
        return writer

    return keep


def contact(seat: Seat) -> Contact:
    if seat.account is not None:
        return Contact(address=seat.account.address, phone=seat.account.phone)
    return REACHES_PARTICIPANTS.only(seat)
