"""One time, the same everywhere: on the pages, in the message and in the calendar, whoever reads it where."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
import time_machine
import vobject
from django.core import mail
from django.core.management import call_command

import factories
from again import main
from kudelma.core.times import aware
from kudelma.meetings.actions import invitations, times
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Meeting

BEFORE, AFTER = date(2027, 3, 26), date(2027, 3, 29)
"""The Friday before and the Monday after the clocks are moved."""
CASES = [
    (BEFORE, datetime(2027, 3, 26, 12, 0, tzinfo=UTC), "erjantai 26. maaliskuuta", "viikko 12"),
    (AFTER, datetime(2027, 3, 29, 11, 0, tzinfo=UTC), "aanantai 29. maaliskuuta", "viikko 13"),
]


@pytest.fixture
def asked(cast):
    """Asked in winter about two o'clock on both days."""
    with time_machine.travel(datetime(2027, 3, 15, 8, 0, tzinfo=UTC), tick=False):
        cast = factories.Cast(cast.region)
        cast.to("preparing")
        cast.meeting = times.propose_times(
            cast.fresh(), idempotency_key=uuid4(), by=cast.coordinator, at=cast.at(),
            values=TimesAsked([aware(day, time(14, 0)) for day in (BEFORE, AFTER)], 150, "Kirjasto", place_shown=True),
        )  # fmt: skip
        yield cast


@pytest.mark.complaint(10, 11, 12, 19)
@pytest.mark.parametrize(("day", "moment", "named", "week"), CASES)
def test_page_message_and_calendar_tell_the_same_hour_whatever_zone_the_reader_is_in(asked, day, moment, named, week):
    """Nothing floats, nothing shifts, and it is said whose time it is."""
    option = next(one for one in asked.options() if one.starts_at == moment)
    elsewhere = {"headers": {"accept-language": "fi", "x-timezone": "America/New_York", "date": "x"}}
    pages = [
        factories.sit(asked.mother.seat, 1).get("/own/time/", secure=True, **elsewhere),
        factories.sit(asked.invited).get(f"/meetings/{asked.meeting.pk}/answer/", secure=True, **elsewhere),
        factories.sit(asked.coordinator).get(f"/meetings/{asked.meeting.pk}/answers/", secure=True, **elsewhere),
    ]
    for member in (asked.mother, asked.professional):
        asked.open()
        times.answer(asked.the_meeting(), member, options={option: "well"}, coming="", by=member.seat, at=asked.at())
    times.choose_time(asked.options()[asked.options().index(option)], by=asked.coordinator, at=asked.at())
    invitations.invite(asked.the_meeting(), by=asked.coordinator, at=asked.at())
    mail.outbox.clear()
    call_command("work", once=True)

    letters = [one for one in mail.outbox if one.alternatives]
    events = [vobject.readOne(one.alternatives[0][0]).vevent for one in letters]
    for page in pages:
        assert named in main(page)
        assert "klo 14.00–16.30" in main(page)
        assert week in main(page)
        assert "Kellonajat ovat Suomen aikaa." in main(page)
    bodies = [one.body for one in mail.outbox if "16.30" in one.body]
    assert len(bodies) == 4  # mother, professional and the two who lead
    assert all(f"{named} klo 14.00–16.30 ({week})" in body for body in bodies)
    assert {event.dtstart.value.astimezone(UTC) for event in events} == {moment}
    assert {event.dtstart.value.hour for event in events} == {14}
    assert len(events) == 3
    assert all("TZID=Europe/Helsinki" in one.alternatives[0][0] for one in letters)
    assert Meeting.objects.get(pk=asked.meeting.pk).starts_at == moment


def test_two_oclock_is_not_the_same_moment_before_and_after_the_clocks_are_moved(asked):
    """The twin of the test above: the two days differ in what a clock elsewhere shows."""
    assert [one.starts_at.astimezone(UTC).hour for one in asked.options()] == [12, 11]
