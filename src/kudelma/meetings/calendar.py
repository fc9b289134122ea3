"""One calendar entry for one recipient: neutral title, sole attendee, stable id, rising number. RFC 5545, 5546."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vText

from kudelma.meetings.models import Meeting
from kudelma.people.models import Seat

ZONE = "Europe/Helsinki"


def entry(meeting: Meeting, seat: Seat, *, place: str, at: datetime) -> bytes:
    """A REQUEST for `seat`. The id is the same for this seat and meeting for ever; the sequence rises."""
    if meeting.starts_at is None or meeting.ends_at is None or seat.account is None:
        raise ValueError("a calendar entry needs a time and an account")
    event = Event()
    event.add("uid", f"{meeting.pk}.{seat.pk}@{settings.BASE_URL.split('://')[1].split(':')[0]}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at))
    event.add("summary", _("Meeting"))
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    if place:
        event.add("location", place)
    organiser = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    event["organizer"] = organiser
    attendee = vCalAddress(f"mailto:{seat.account.address}")
    attendee.params["RSVP"] = vText("TRUE")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Kudelma//Kudelma//FI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "REQUEST")
    calendar.add_component(_helsinki())
    calendar.add_component(event)
    return calendar.to_ical()


def _helsinki() -> Timezone:
    """Finland's time zone since 1996, as two rules instead of decades of dates."""
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
