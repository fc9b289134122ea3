"""One calendar entry for one recipient: neutral title, sole attendee, stable id, rising number. RFC 5545, 5546.

Workers and those who lead get a REQUEST, which their calendar can answer, and a CANCEL when it is off. A
participant who asked for one gets it by PUBLISH: without attendees, and without anybody's address.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vText

from kudelma.meetings.models import Meeting
from kudelma.people.models import Seat

ZONE = "Europe/Helsinki"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def uid(meeting: Meeting, seat: Seat) -> str:
    """The id of this seat's entry: the same for ever, whatever becomes of the meeting."""
    return f"{meeting.pk}.{seat.pk}@{urlsplit(settings.BASE_URL).hostname}"


def read_uid(text: str) -> tuple[UUID, UUID] | None:
    """(meeting, seat) of an id that this house may have given; None for any other text."""
    name, _at, host = text.strip().partition("@")
    meeting, _dot, seat = name.partition(".")
    try:
        ids = UUID(meeting), UUID(seat)
    except ValueError:
        return None
    # UUID() reads other spellings too, with braces or capitals: only the one that was sent out is ours.
    is_ours = host == urlsplit(settings.BASE_URL).hostname and f"{ids[0]}.{ids[1]}" == name
    return ids if is_ours else None


def entry(
    meeting: Meeting, seat: Seat, *, place: str, at: datetime, method: str = REQUEST, sequence: int = 0,
    starts_at: datetime | None = None,
) -> bytes:  # fmt: skip
    """The entry of `seat`, which has an account for REQUEST and CANCEL.

    place: empty when it is told by telephone. starts_at: when the meeting was to be, for a CANCEL of one
    that has no time any more.
    """
    starts_at = starts_at or meeting.starts_at
    if starts_at is None or (seat.account is None and method != PUBLISH):
        raise ValueError("a calendar entry needs a time, and an account to which it is sent")
    event = Event()
    event.add("uid", uid(meeting, seat))
    event.add("sequence", sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", timezone.localtime(starts_at))
    event.add("dtend", timezone.localtime(starts_at + timedelta(minutes=meeting.minutes)))
    # That somebody is helped is itself a secret: whoever looks at a calendar learns that there is a meeting.
    event.add("summary", _("Meeting"))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    if place:
        event.add("location", " ".join(place.split()))  # on one line, whatever a reader takes for a line's end
    # A mailbox that takes answers: those to an address that nobody reads are lost.
    event["organizer"] = vCalAddress(f"mailto:{settings.MAIL_REPLY}")
    if method != PUBLISH and seat.account is not None:
        event.add("attendee", _attendee(seat.account.address, asks=method == REQUEST), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Kudelma//Kudelma//FI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_helsinki())
    calendar.add_component(event)
    return calendar.to_ical()


def _attendee(address: str, *, asks: bool) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    # Calendar programs show buttons to answer only where an answer is asked for.
    if asks:
        attendee.params["RSVP"] = vText("TRUE")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    return attendee


def _helsinki() -> Timezone:
    """Finland's time zone since 1996, as two rules instead of decades of dates."""
    # icalendar makes one of its own; it lists days until 2038, and each an hour late.
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer = TimezoneDaylight()
    summer.add("tzname", "EEST")
    summer.add("dtstart", datetime(1996, 3, 31, 3, 0))  # noqa: DTZ001  local by definition
    summer.add("rrule", vRecur({"freq": "yearly", "bymonth": 3, "byday": "-1su"}))
    winter = TimezoneStandard()
    winter.add("tzname", "EET")
    winter.add("dtstart", datetime(1996, 10, 27, 4, 0))  # noqa: DTZ001
    winter.add("rrule", vRecur({"freq": "yearly", "bymonth": 10, "byday": "-1su"}))
    two, three = timedelta(hours=2), timedelta(hours=3)
    summer.add("tzoffsetfrom", two)
    summer.add("tzoffsetto", three)
    winter.add("tzoffsetfrom", three)
    winter.add("tzoffsetto", two)
    zone.add_component(summer)
    zone.add_component(winter)
    return zone
