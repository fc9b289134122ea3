"""What the messages about meetings say: nothing that tells why. Calendar entries go to workers only."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.times import when
from kudelma.meetings.calendar import entry
from kudelma.meetings.models import Meeting, Reminder
from kudelma.people.actions.links import make_link
from kudelma.people.letters import Letter, letter
from kudelma.people.models import Seat


@letter("time-question")
def time_question(seat: Seat, about: UUID) -> Letter:
    if seat.account is None:
        return _with_link(seat, _("A time is being looked for. Could you say which time suits you?"))
    return _to_worker(_("A meeting time is being looked for. Please say which time suits you."))


@letter("invitation")
def invitation(seat: Seat, about: UUID) -> Letter:
    meeting = Meeting.objects.select_related("matter").get(pk=about)
    if meeting.starts_at is None:
        raise ValueError("an invitation needs a time")
    time = when(meeting.starts_at, meeting.minutes)
    place = meeting.place if meeting.place_shown else _("We tell the place by telephone.")
    if seat.account is None:
        return _with_link(seat, f"{time}\n{place}\n")
    told = _to_worker(f"{time}\n{place}\n")
    return Letter(
        subject=told.subject, text=told.text, method="REQUEST",
        calendar=entry(meeting, seat, place=meeting.place if meeting.place_shown else "", at=timezone.now()),
    )  # fmt: skip


def _with_link(seat: Seat, text: str) -> Letter:
    address = settings.BASE_URL + reverse("people:link", args=[make_link(seat, at=timezone.now())])
    return Letter(
        subject=_("Message"),
        text=_("Hello\n\n{text}\n\nOpen your own page here:\n{link}\n\nThe link is only for you.").format(
            text=text, link=address
        ),
    )


def _to_worker(text: str) -> Letter:
    return Letter(
        subject=_("Meeting"),
        text=_("Hello\n\n{text}\n\nMore in Kudelma:\n{link}").format(
            text=text, link=settings.BASE_URL + reverse("desk:today")
        ),
    )


@letter("time-news")
def time_news(seat: Seat, about: UUID) -> Letter:
    """To one who has answered: their answers stay, and there is more to look at."""
    if seat.account is None:
        return _with_link(seat, _("There is something new about the time. Your earlier answers stay."))
    return _to_worker(_("There is something new about the meeting time. Your earlier answers stay."))


@letter("time-reminder")
def time_reminder(seat: Seat, about: UUID) -> Letter:
    """Signed by the one who pressed. To a participant with a title that does not tell from where it comes."""
    by = Reminder.objects.select_related("by__account").get(pk=about).by
    name = by.account.first_name if by.account else ""
    if seat.account is None:
        text = _("A time is still being looked for. Could you say which time suits you?\n\n{name}, coordinator")
        return _with_link(seat, text.format(name=name))
    signature = ", ".join(part for part in (name, by.title) if part)
    text = _("A meeting time is still being looked for. Please say which time suits you.\n\n{name}")
    return _to_worker(text.format(name=signature))
