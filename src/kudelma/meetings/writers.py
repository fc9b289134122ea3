"""What the messages about meetings say: nothing that tells why. Calendar entries go to workers only."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.times import when
from kudelma.meetings.calendar import entry
from kudelma.meetings.models import Meeting
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
