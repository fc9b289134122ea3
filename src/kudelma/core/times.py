"""Times as people here say them: weekday first, Europe/Helsinki, week numbers, no skipped hours."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

FURTHEST = timedelta(days=730)
"""How far ahead a time may be told. Nobody plans a conversation for later than that: it is a year typed wrongly."""


def day(value: date | datetime, *, year: bool = False) -> str:
    """«tiistai 24. marraskuuta», with the year when asked for."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(local, "LONG_DAY_FORMAT" if year else "DAY_FORMAT")


def clock(value: datetime) -> str:
    """«14.00»."""
    return time_format(timezone.localtime(value).time(), "TIME_FORMAT")


def span(start: datetime, minutes: int) -> str:
    """«klo 14.00–16.30»."""
    end = timezone.localtime(start) + timedelta(minutes=minutes)
    return pgettext("hours", "{start}–{end}").format(start=clock(start), end=clock(end))


def week(value: datetime | date) -> str:
    """«viikko 48»: ISO 8601 week, as Finnish calendars count them."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return _("week {number}").format(number=local.isocalendar().week)


def when(start: datetime, minutes: int) -> str:
    """«tiistai 24. marraskuuta klo 14.00–16.30 (viikko 48)»."""
    return _("{day}, {span} ({week})").format(day=day(start), span=span(start, minutes), week=week(start))


def hours(starts: list[datetime]) -> str:
    """«tiistai 24. marraskuuta klo 9.00, 14.00 (viikko 48)»: times of one day."""
    clocks = ", ".join(clock(start) for start in starts)
    at = pgettext("several hours", "{clocks}").format(clocks=clocks)
    return _("{day}, {span} ({week})").format(day=day(starts[0]), span=at, week=week(starts[0]))


SKIPPED = gettext_lazy("That hour does not exist: the clocks are moved forward that night. Choose another time.")
TWICE = gettext_lazy("That hour comes twice: the clocks are moved back that night. Choose another time.")


def aware(on: date, at: time) -> datetime:
    """The moment that is `at` o'clock in Finland on day `on`.

    Raises ValidationError for the hour that daylight saving skips or repeats.
    """
    zone = timezone.get_default_timezone()
    moment = datetime.combine(on, at, tzinfo=zone)
    # There and back, since Python takes an hour that is skipped without a word.
    if moment.astimezone(UTC).astimezone(zone).time() != at:
        raise ValidationError(SKIPPED, code="skipped")
    if moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset():
        raise ValidationError(TWICE, code="twice")
    return moment


def part_of_day(at: datetime) -> Any:
    """A greeting for the hour: morning before ten, evening from five."""
    hour = timezone.localtime(at).hour
    if hour < 10:
        return _("Good morning")
    return _("Good evening") if hour >= 17 else _("Hello")
