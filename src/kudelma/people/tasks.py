"""Background jobs: fetch by id, call, log ids. Each may run twice without doing twice."""

import logging
import smtplib
from datetime import timedelta
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from kudelma.core import record
from kudelma.core.tasks import quiet
from kudelma.people import sms
from kudelma.people.letters import WRITERS, Letter, contact
from kudelma.people.models import Message, Seat

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
    if message.sent_at is not None:
        return
    seat = message.seat
    if not seat.is_current(timezone.localdate()):
        logger.info("message %s not sent: seat %s has ended", message.pk, seat.pk)
        return
    if seat.matter is not None:
        clock = Seat.objects.door(seat.region_id, "clock")
        record.opened("people.deliver", [seat.matter], by=clock, at=timezone.now(), why=message.kind)
    with transaction.atomic(), translation.override(seat.spoken_language):
        if not Message.objects.filter(pk=message.pk).exists():
            return  # taken back this moment: no way in may be made any more
        letter = WRITERS[message.kind](seat, message.about)
    to = contact(seat)
    try:
        if letter.by_sms:
            sms.send(to.phone, letter.text)
        else:
            mail(letter, to.second_address if message.kind == "code" else to.address).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, sms.NotSent):
        _keep_as_refused(message)
    except OSError:  # the server does not answer; smtplib's own errors are among these
        if timezone.now() - message.made_at >= GIVEN_UP_AFTER:
            _keep_as_refused(message)
            return
        deliver.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(message_id)
        logger.warning("message %s waits: the mail server does not answer", message.pk)
    else:
        Message.objects.filter(pk=message.pk).update(sent_at=timezone.now(), refused_at=None)
        logger.info("message %s sent", message.pk)


def _keep_as_refused(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(refused_at=timezone.now())
    logger.warning("message %s was refused", message.pk)


def mail(letter: Letter, address: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject, letter.text, to=[address], headers={"Auto-Submitted": "auto-generated"}
    )
    if letter.calendar:
        message.attach_alternative(letter.calendar.decode(), f"text/calendar; method={letter.method}")
    return message
