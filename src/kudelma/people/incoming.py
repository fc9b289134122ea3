"""Mail that comes in: never believed, hardly read. Two things are taken from it, and nothing of it is kept.

An answer of a calendar, which a room below reads; and that a message of ours did not arrive. What is
wrong, strange, too large or about nothing here is ignored without a word, and nobody is answered.
"""

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, Message
from email.utils import getaddresses
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from kudelma.core.handed import HandedUp
from kudelma.people.actions.messages import bounce
from kudelma.people.models import Message as Sent
from kudelma.people.models import Trouble

MOST_BYTES = 2 * 1024 * 1024
MOST_PARTS = 50
MOST_TEXT = 200_000
UUIDS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([\w.-]{1,253})>", re.IGNORECASE)
STATUS = re.compile(r"^status:\s*5\.(\d{1,3})\.(\d{1,3})", re.IGNORECASE | re.MULTILINE)
ACTION = re.compile(r"^action:\s*(\w+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """What is looked at. sender: the one address in From; envelope: the sender on the envelope, None if not told."""

    sender: str
    envelope: str | None
    parts: list[tuple[str, str]]
    is_automatic: bool


Reader = Callable[[str, str, datetime], bool]
"""reader(text, sender, at): takes an answer out of calendar text from that address; True when it was news."""
READS_CALENDARS: HandedUp[Reader] = HandedUp()
"""By `meetings`."""


def receive(raw: bytes, *, envelope: str | None, at: datetime) -> bool:
    """Take what one mail tells. Returns whether anything was taken. Raises nothing for any bytes whatever.

    envelope: the sender on the envelope; empty for a bounce, None when the mail server did not tell.
    """
    mail = _opened(raw, envelope)
    if mail is None:
        return False
    if mail.envelope == "" or any(kind == "message/delivery-status" for kind, _text in mail.parts):
        return _take_bounce(mail, at)
    # SPF vouches for the envelope only; what stands in From anybody can write.
    if mail.envelope is not None and mail.envelope != mail.sender:
        return False
    calendars = [text for kind, text in mail.parts if kind == "text/calendar"]
    return len(calendars) > 0 and bool(READS_CALENDARS) and READS_CALENDARS.only(calendars[0], mail.sender, at)


def _opened(raw: bytes, envelope: str | None) -> Mail | None:
    """The parts of a mail as text, or None for one that is too large, or not to be made sense of."""
    if len(raw) > MOST_BYTES:
        return None
    with suppress(Exception):  # whatever a stranger sends breaks some parser somewhere: then it is no mail
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        written = [str(header) for header in message.get_all("From", [])]
        senders = [address for _name, address in getaddresses(written)]
        if envelope != "" and len(senders) != 1:
            return None
        return Mail(
            sender=senders[0].casefold() if senders else "",
            envelope=None if envelope is None else envelope.strip().strip("<>").casefold(),
            parts=list(_parts(message)),
            is_automatic=str(message.get("Auto-Submitted", "no")).strip().casefold() != "no",
        )
    return None


def _parts(message: "Message[str, str] | EmailMessage") -> Iterator[tuple[str, str]]:
    """(kind, text) of each part, as far as is looked at; headers of a mail within are text too."""
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        kind = part.get_content_type()
        if (
            kind in {"message/delivery-status", "message/rfc822", "text/rfc822-headers"}
            or part.get_content_maintype() == "text"
        ):
            yield kind, _as_text(part)


def _as_text(part: Any) -> str:
    payload = part.get_payload(decode=True)
    if payload is None:
        inner = part.get_payload()
        text = "\n".join(str(piece) for piece in inner) if isinstance(inner, list) else str(inner)
        return text[:MOST_TEXT]
    return bytes(payload[:MOST_TEXT]).decode("utf-8", "replace")


def _take_bounce(mail: Mail, at: datetime) -> bool:
    """Mark the message that a report, or a bounce without one, says has not arrived. RFC 3464."""
    reports = [text for kind, text in mail.parts if kind == "message/delivery-status"]
    if reports and not any(action[1].casefold() == "failed" for text in reports for action in ACTION.finditer(text)):
        return False  # delayed, relayed, delivered: it may still arrive
    if not reports and mail.is_automatic and not any(STATUS.search(text) for _kind, text in mail.parts):
        within = [text for kind, text in mail.parts if kind in {"message/rfc822", "text/rfc822-headers"}]
        if not within:
            return False  # an answer of somebody's absence, which comes from nobody too
    # The id is random and stood in our own mail only: without it anybody could call a message undelivered.
    ours = {sent_id for _kind, text in mail.parts for sent_id in _ids_in(text)}
    # One that quotes several of ours does not say which of them it is about, and that is not guessed.
    if len(ours) != 1:
        return False
    message = Sent.objects.filter(pk=ours.pop()).select_related("seat").first()
    return message is not None and bounce(message, trouble=_trouble("\n".join(reports)), at=at)


def _ids_in(text: str) -> set[UUID]:
    host = urlsplit(settings.BASE_URL).hostname
    return {UUID(match[1]) for match in UUIDS.finditer(text) if match[2].casefold() == host}


def _trouble(report: str) -> str:
    """Why, as a class. Source: RFC 3463, enhanced status codes."""
    match = STATUS.search(report)
    if match is None:
        return Trouble.OTHER
    subject, detail = match[1], match[2]
    if subject == "2" and detail == "2":
        return Trouble.FULL
    return Trouble.NO_SUCH if subject == "1" else Trouble.TURNED_AWAY
