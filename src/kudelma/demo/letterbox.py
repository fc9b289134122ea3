"""The letterbox: mails and text messages that would have gone out, as files that the demo shows."""

import email
import email.policy
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from kudelma.core.news import sms_in_demo

SHOWN = 60
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Item:
    """One message as the page shows it. parts: text split at its links, for the template to make them live."""

    at: datetime
    to: str
    subject: str
    parts: list[tuple[str, bool]]
    calendar: str


class LetterboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _keep("eml", message.message().as_bytes())
        return len(email_messages)


@sms_in_demo
def keep_sms(number: str, text: str) -> None:
    _keep("sms", json.dumps({"to": number, "text": text}).encode())


def _keep(kind: str, content: bytes) -> None:
    folder = settings.CONFIGURATION.letterbox
    folder.mkdir(parents=True, exist_ok=True)
    # The moment first: the names of the files sort as the letters came.
    file = folder / f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:6]}.{kind}"
    file.write_bytes(content)


def items() -> list[Item]:
    """The newest first."""
    folder = settings.CONFIGURATION.letterbox
    files = sorted(folder.glob("*.*"), reverse=True)[:SHOWN] if folder.is_dir() else []
    return [_read(file) for file in files]


def empty() -> None:
    folder = settings.CONFIGURATION.letterbox
    for file in folder.glob("*.*") if folder.is_dir() else []:
        file.unlink()


def _read(file: Path) -> Item:
    at = datetime.strptime(file.name[:15] + "+0000", "%Y%m%d-%H%M%S%z")
    if file.suffix == ".sms":
        sms = json.loads(file.read_text())
        return Item(at, sms["to"], "SMS", _parts(sms["text"]), "")
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    text = message.get_body(preferencelist=("plain",))
    calendar = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
    return Item(
        at,
        str(message["To"]),
        str(message["Subject"]),
        _parts(text.get_content() if text else ""),
        calendar.get_content() if calendar else "",
    )


def _parts(text: str) -> list[tuple[str, bool]]:
    """The text in pieces; True for those that are links."""
    pieces: list[tuple[str, bool]] = []
    last = 0
    for match in LINK.finditer(text):
        pieces += [(text[last : match.start()], False), (match.group(), True)]
        last = match.end()
    return [*pieces, (text[last:], False)]
