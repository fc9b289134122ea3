"""Background jobs: fetch by id, call, log ids. Each may run twice without doing twice."""

import logging
import smtplib
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django_tasks import task

from kudelma.core import record
from kudelma.core.tasks import quiet
from kudelma.people import sms
from kudelma.people.letters import WRITERS, Letter, contact
from kudelma.people.models import Message, Seat

logger = logging.getLogger("kudelma")


@task()
@quiet
def deliver(message_id: str) -> None:
    """Send one message, in the language of the one who gets it. A refusal is kept for the desk."""
    message = Message.objects.select_related("seat__account", "seat__region").get(pk=UUID(message_id))
    if message.sent_at is not None:
        return
    seat = message.seat
    if not seat.is_current(timezone.localdate()):
        logger.info("message %s not sent: seat %s has ended", message.pk, seat.pk)
        return
    if seat.matter is not None:
        clock = Seat.objects.door(seat.region_id, "clock")
        record.opened("people.deliver", [seat.matter], by=clock, at=timezone.now(), why=message.kind)
    with translation.override(seat.spoken_language):
        letter = WRITERS[message.kind](seat, message.about)
    to = contact(seat)
    try:
        if letter.by_sms:
            sms.send(to.phone, letter.text)
        else:
            mail(letter, to.second_address if message.kind == "code" else to.address).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, sms.NotSent):
        Message.objects.filter(pk=message.pk).update(refused_at=timezone.now())
        logger.warning("message %s was refused", message.pk)
        return
    Message.objects.filter(pk=message.pk).update(sent_at=timezone.now(), refused_at=None)
    logger.info("message %s sent", message.pk)


def mail(letter: Letter, address: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject, letter.text, to=[address], headers={"Auto-Submitted": "auto-generated"}
    )
    if letter.calendar:
        message.attach_alternative(letter.calendar.decode(), f"text/calendar; method={letter.method}")
    return message
