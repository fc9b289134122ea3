"""Background jobs: fetch by id, call, log ids. Each may run twice without doing twice."""

import logging
import smtplib
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from kudelma.core import record
from kudelma.core.tasks import quiet
from kudelma.people import sms
from kudelma.people.actions import delivery
from kudelma.people.letters import LAST_WORDS, WRITERS, Contact, Letter, contact
from kudelma.people.models import DeliveryChannel, Message, Seat, Trouble

logger = logging.getLogger("kudelma")
AGAIN_AFTER = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=1)


@task()
@quiet
def deliver(message_id: str) -> None:
    """Send one message, in the language of the one who gets it. A refusal is kept for the desk.

    While the mail server does not answer, the message is tried again for a day.
    """
    message = Message.objects.select_related("seat__account", "seat__region").filter(pk=UUID(message_id)).first()
    if message is None:
        logger.info("message %s not sent: taken back", message_id)
        return
    # A job runs twice when its worker was killed: a message that has left does not leave again.
    if message.sent_at is not None:
        return
    seat = message.seat
    if not seat.is_current(timezone.localdate()) and message.kind not in LAST_WORDS:
        logger.info("message %s not sent: seat %s has ended", message.pk, seat.pk)
        return
    space = message.space or seat.space
    if space is not None:
        clock = Seat.objects.door(seat.region_id, "clock")
        record.record_reading("people.deliver", [space], by=clock, at=timezone.now(), why=message.kind)
    # Nothing about a person stands in the queue: words, links and digits are made now.
    with transaction.atomic(), translation.override(seat.spoken_language):
        if not Message.objects.filter(pk=message.pk).exists():
            return  # taken back this moment: no way in may be made any more
        letter = WRITERS[message.kind](seat, message.about)
    if letter is None:
        logger.info("message %s not sent: there is nothing to say any more", message.pk)
        delivery.drop(message)
        return
    delivery.goes_by(message, DeliveryChannel.SMS if letter.by_sms else DeliveryChannel.MAIL)
    try:
        _leave(letter, contact(seat), message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, sms.NotSent) as refusal:
        _keep_as_refused(message, trouble_of(refusal))
    except OSError:  # the server does not answer; smtplib's own errors are among these
        if timezone.now() - message.made_at >= GIVEN_UP_AFTER:
            _keep_as_refused(message, Trouble.NO_ANSWER)
            return
        deliver.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(message_id)
        logger.warning("message %s waits: the mail server does not answer", message.pk)
    else:
        # A crash before this line sends the message twice, which is better than never.
        delivery.has_left(message, at=timezone.now())
        logger.info("message %s sent", message.pk)


def _leave(letter: Letter, to: Contact, message: Message) -> None:
    address = to.second_address or to.address if letter.is_second else to.address
    if letter.by_sms:
        sms.send(to.phone, letter.text)
    elif address:
        leaving = mail(letter, address)
        leaving.extra_headers["Message-ID"] = id_of(message)
        leaving.send()
    else:
        raise NoWay("no address")


def _keep_as_refused(message: Message, trouble: str) -> None:
    delivery.was_refused(message, trouble=trouble, at=timezone.now())
    logger.warning("message %s was refused", message.pk)


class NoWay(sms.NotSent):
    """The address was taken away after the message had been queued."""


def trouble_of(refusal: Exception) -> str:
    """The class of what a mail server answered, or of what the command for text messages did."""
    if isinstance(refusal, NoWay):
        return Trouble.NO_WAY
    code = 0
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        code = next((answer[0] for answer in refusal.recipients.values()), 0)
    elif isinstance(refusal, smtplib.SMTPDataError):
        code = refusal.smtp_code
    if code in {550, 551, 553}:
        return Trouble.NO_SUCH
    return Trouble.FULL if code == 552 else Trouble.TURNED_AWAY if code else Trouble.OTHER


def id_of(message: Message) -> str:
    """The Message-ID of this message: it comes back in a bounce, and tells nobody anything."""
    return f"<{message.pk}@{urlsplit(settings.BASE_URL).hostname}>"


def mail(letter: Letter, address: str) -> EmailMultiAlternatives:
    # Asks machines not to answer: a notice of absence would carry what was written through the mail once more.
    message = EmailMultiAlternatives(
        letter.subject, letter.text, to=[address], headers={"Auto-Submitted": "auto-generated"}
    )
    if letter.calendar:
        message.attach_alternative(letter.calendar.decode(), f"text/calendar; method={letter.method}")
    return message
