"""What the messages about meetings say: nothing that tells why.

Workers and those who lead get a calendar entry as well; a participant only who asked for one. A writer
that finds nothing to say any more, because the time has changed meanwhile, says nothing.
"""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kudelma.core.times import span, when
from kudelma.meetings.calendar import CANCEL, PUBLISH, REQUEST, entry
from kudelma.meetings.models import Invitation, Meeting, Postponement, Reminder
from kudelma.people.letters import Letter, letter
from kudelma.people.models import Seat
from kudelma.people.personal import with_link


@letter("time-question")
def time_question(seat: Seat, about: UUID) -> Letter | None:
    if seat.account is None:
        return _with_link(seat, _("A time is being looked for. Could you say which time suits you?"))
    return _to_worker(_("A meeting time is being looked for. Please say which time suits you."))


@letter("invitation")
def invitation_letter(seat: Seat, about: UUID) -> Letter | None:
    invitation = _standing(seat, about)
    return _letter_of(seat, invitation, invited_text(invitation.meeting)) if invitation else None


@letter("moved")
def moved_letter(seat: Seat, about: UUID) -> Letter | None:
    invitation = _standing(seat, about)
    return _letter_of(seat, invitation, moved_text(invitation.meeting)) if invitation else None


@letter("calendar")
def calendar_letter(seat: Seat, about: UUID) -> Letter | None:
    """A participant has asked for a calendar entry after being invited."""
    invitation = _standing(seat, about)
    if invitation is None or invitation.member is None or not invitation.member.wants_calendar:
        return None
    return _letter_of(seat, invitation, _("Here is the calendar entry that you asked for."))


@letter("called-off", is_last=True)
def called_off(seat: Seat, about: UUID) -> Letter | None:
    meeting = Meeting.objects.select_related("matter").get(pk=about)
    if _standing(seat, about):
        return None  # invited anew meanwhile
    if seat.account is None:
        text = off_text()
        # In a closed matter no way in is made any more; that it is off must be told all the same.
        return with_link(seat, text, short=text, link=meeting.matter.is_open)
    return _with_entry(_to_worker(off_text()), cancelled(seat, meeting), CANCEL)


@letter("uninvited")
def uninvited(seat: Seat, about: UUID) -> Letter | None:
    meeting = Meeting.objects.select_related("matter").get(pk=about)
    if _standing(seat, about):
        return None
    return _with_entry(_to_worker(_("You need not keep this time free any more.")), cancelled(seat, meeting), CANCEL)


def invited_text(meeting: Meeting) -> str:
    """The time, and the place if it may be told. Needs a time."""
    place = meeting.place if meeting.place_shown else _("We tell the place by telephone.")
    return f"{_when(meeting)}\n{place}\n"


def to_one_who_works(meeting: Meeting) -> Letter:
    """The message that goes with the entry."""
    return _to_worker(invited_text(meeting))


def moved_text(meeting: Meeting) -> str:
    return _("The time or the place has changed. It is now:") + f"\n\n{invited_text(meeting)}"


def off_text() -> str:
    return _("The meeting is not held at the time that was agreed. We will be in touch.")


def short_text(meeting: Meeting) -> str:
    """The same for a text message: «Tapaaminen ti 24.11. klo 14.00-16.30»."""
    if meeting.starts_at is None:
        raise ValueError("a time is told only when there is one")
    day = date_format(timezone.localtime(meeting.starts_at), "D j.n.")
    return _("Meeting {day} {hours}. Your own page:").format(day=day, hours=span(meeting.starts_at, meeting.minutes))


def request(seat: Seat, invitation: Invitation, *, method: str = REQUEST) -> bytes:
    """The calendar entry of a standing invitation."""
    meeting = invitation.meeting
    place = meeting.place if meeting.place_shown else ""
    return entry(meeting, seat, place=place, at=timezone.now(), method=method, sequence=invitation.sequence)


def cancelled(seat: Seat, meeting: Meeting) -> bytes:
    """The entry that takes away what was sent before: at the time that it was for."""
    invitation = Invitation.objects.of_seat(seat).get(meeting=meeting)
    last = Postponement.objects.filter(meeting=meeting, was_at__isnull=False).order_by("-at").first()
    was_at = meeting.starts_at or (last.was_at if last else None)
    return entry(
        meeting, seat, place="", at=timezone.now(), method=CANCEL, sequence=invitation.sequence, starts_at=was_at
    )  # fmt: skip


def _standing(seat: Seat, meeting: UUID) -> Invitation | None:
    """The invitation of this seat, if it stands and there is a time to tell."""
    invitations = Invitation.objects.standing().of_seat(seat).filter(meeting=meeting, meeting__chosen_at__isnull=False)
    return invitations.select_related("meeting__matter", "member").first()


def _letter_of(seat: Seat, invitation: Invitation, text: str) -> Letter | None:
    if seat.account is not None:
        return _with_entry(_to_worker(text), request(seat, invitation), REQUEST)
    message = _with_link(seat, text, short=short_text(invitation.meeting))
    # Calendars are shared, at home as at work: only whoever asked for an entry gets one.
    if message is None or message.by_sms or invitation.member is None or not invitation.member.wants_calendar:
        return message
    return _with_entry(message, request(seat, invitation, method=PUBLISH), PUBLISH)


def _with_entry(message: Letter, calendar: bytes, method: str) -> Letter:
    return Letter(subject=message.subject, text=message.text, calendar=calendar, method=method)


def _when(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        raise ValueError("a time is told only when there is one")
    return when(meeting.starts_at, meeting.minutes)


def _with_link(seat: Seat, text: str, *, short: str = "") -> Letter | None:
    return with_link(seat, text, short=short)


def _to_worker(text: str) -> Letter:
    return Letter(
        subject=_("Meeting"),
        text=_("Hello\n\n{text}\n\nMore in Kudelma:\n{link}").format(
            text=text, link=settings.BASE_URL + reverse("desk:today")
        ),
    )


@letter("time-news")
def time_news(seat: Seat, about: UUID) -> Letter | None:
    """To one who has answered: their answers stay, and there is more to look at."""
    if seat.account is None:
        return _with_link(seat, _("There is something new about the time. Your earlier answers stay."))
    return _to_worker(_("There is something new about the meeting time. Your earlier answers stay."))


@letter("time-reminder")
def time_reminder(seat: Seat, about: UUID) -> Letter | None:
    """Signed by the one who pressed. To a participant with a title that does not tell from where it comes."""
    reminder = Reminder.objects.select_related("by__account").filter(pk=about).first()
    if reminder is None:
        return None  # the time that it was about is gone
    by = reminder.by
    name = by.account.first_name if by.account else ""
    if seat.account is None:
        text = _("A time is still being looked for. Could you say which time suits you?\n\n{name}, coordinator")
        return _with_link(seat, text.format(name=name))
    signature = ", ".join(part for part in (name, by.title) if part)
    text = _("A meeting time is still being looked for. Please say which time suits you.\n\n{name}")
    return _to_worker(text.format(name=signature))
