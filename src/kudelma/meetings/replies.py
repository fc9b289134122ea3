"""What a worker's calendar answers to an invitation: accepted, declined or perhaps. RFC 5546, section 3.2.3."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from icalendar import Calendar

from kudelma.meetings.actions.invitations import take_reply
from kudelma.meetings.calendar import read_uid
from kudelma.meetings.models import Coming, Invitation
from kudelma.people.incoming import READS_CALENDARS

MEANS = {"ACCEPTED": Coming.ACCEPTED, "DECLINED": Coming.DECLINED, "TENTATIVE": Coming.TENTATIVE}


@dataclass(frozen=True)
class CalendarReply:
    meeting: UUID
    seat: UUID
    attendee: str
    coming: str
    sequence: int
    stamped_at: datetime


@READS_CALENDARS
def take(text: str, sender: str, at: datetime) -> bool:
    """Keep the answer if it is of the one who was invited, from their own address, to the newest entry."""
    reply = read(text)
    if reply is None or reply.attendee != sender:
        return False
    invitation = Invitation.objects.standing().of_seat(reply.seat).filter(meeting=reply.meeting).for_page().first()
    seat = invitation.seat if invitation else None
    if invitation is None or seat is None or seat.account is None or seat.account.address.casefold() != sender:
        return False
    if reply.sequence != invitation.sequence:
        return False  # about an earlier time: a yes to that is no yes to this
    # A stamp of tomorrow would outweigh every later answer: it counts as of now.
    return take_reply(invitation, reply.coming, stamped_at=min(reply.stamped_at, at), by=seat, at=at)


def read(text: str) -> CalendarReply | None:
    """The answer in this calendar, or None when it is no whole answer to one entry of ours."""
    with suppress(Exception):  # it comes from outside: what the library cannot make sense of is no answer
        calendar = Calendar.from_ical(text)
        events = calendar.walk("VEVENT")
        if str(calendar.get("METHOD")).upper() != "REPLY" or len(events) != 1:
            return None
        return _of_event(events[0])
    return None


def _of_event(event: Any) -> CalendarReply | None:
    attendee = event.get("ATTENDEE")
    ids = read_uid(str(event.get("UID")))
    # Our entries have one attendee and never repeat: anything else answers something else.
    if attendee is None or isinstance(attendee, list) or ids is None or "RECURRENCE-ID" in event:
        return None
    address = str(attendee)
    coming = MEANS.get(str(attendee.params.get("PARTSTAT")).upper())
    stamp = event.get("DTSTAMP")
    if coming is None or stamp is None or not address.casefold().startswith("mailto:"):
        return None
    moment = stamp.dt
    if not isinstance(moment, datetime):
        return None
    # The stamp is in UTC by its standard, also where a program leaves out the letter that says so.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return CalendarReply(
        *ids,
        attendee=address[len("mailto:") :].strip().casefold(),
        coming=coming,
        sequence=int(event.get("SEQUENCE", 0)),
        stamped_at=aware.astimezone(UTC),
    )
