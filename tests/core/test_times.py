"""Times as people here say them, in each language."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from kudelma.core import times

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", "tiistai 24. marraskuuta klo 14.00–16.30 (viikko 48)"),
        ("fi-x-selko", "tiistai 24. marraskuuta klo 14.00–16.30 (viikko 48)"),
        ("sv", "tisdag den 24 november kl. 14.00–16.30 (vecka 48)"),
        ("en", "Tuesday 24 November, 14:00–16:30 (week 48)"),
    ],
)
def test_a_time_is_told_as_one_says_it(language, told):
    with translation.override(language):
        assert times.when(START, 150) == told


def test_a_day_has_its_year_when_asked():
    with translation.override("fi"):
        assert times.day(date(2026, 11, 24), year=True) == "tiistai 24. marraskuuta 2026"


@pytest.mark.parametrize(("hour", "greeting"), [(6, "Huomenta"), (12, "Hei"), (18, "Iltaa")])
def test_the_greeting_is_for_the_hour_in_finland(hour, greeting):
    with translation.override("fi"):
        assert times.part_of_day(datetime(2026, 11, 24, hour - 2, 0, tzinfo=UTC)) == greeting
