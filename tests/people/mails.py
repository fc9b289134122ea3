"""Mail as it comes in: handed over, and bounces as a mail server writes them."""

from django.core import mail
from django.utils import timezone

from kudelma.people.incoming import receive
from kudelma.people.models import Message


def take(raw, envelope=None):
    return receive(raw, envelope=envelope, at=timezone.now())


def message_to(cast):
    """The row and the mail of the mother's invitation."""
    row = Message.objects.get(kind="invitation", seat=cast.mother.seat)
    return row, next(one for one in mail.outbox if str(row.pk) in one.message()["Message-ID"])


def bounce(original, *, status="5.1.1", action="failed", headers_only=False):
    """A delivery status notification, as Postfix writes one. RFC 3464."""
    told = original.message()
    quoted = (
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {told['Message-ID']}\nSubject: {told['Subject']}\n"
        if headers_only
        else f"Content-Type: message/rfc822\n\n{told.as_string()}"
    )
    return (
        "From: MAILER-DAEMON@mail.example.org\nTo: kudelma@example.org\nSubject: Undelivered Mail\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="xx"\n\n'
        "--xx\nContent-Type: text/plain\n\nAino Saarela does not live here.\n\n"
        "--xx\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
        f"Final-Recipient: rfc822; aino@example.org\nAction: {action}\nStatus: {status}\n\n"
        f"--xx\n{quoted}\n--xx--\n"
    ).encode()
