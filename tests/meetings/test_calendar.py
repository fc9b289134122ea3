"""Calendar entries as another library reads them: one recipient, neutral, stable, in the right hour."""

from datetime import UTC, datetime

import pytest
import vobject
from django.core import mail
from django.core.management import call_command

from kudelma.meetings.calendar import entry
from kudelma.meetings.models import Meeting


@pytest.fixture
def invited(cast):
    return cast.to("invited")


def read(cast, seat, **options):
    meeting = Meeting.objects.get(pk=cast.meeting.pk)
    return vobject.readOne(entry(meeting, seat, place="", at=cast.at(), **options).decode())


def test_the_entry_is_for_one_and_tells_nothing(invited):
    event = read(invited, invited.invited).vevent

    assert [a.value for a in event.attendee_list] == [f"mailto:{invited.invited.account.address}"]
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert event.organizer.value == "mailto:kudelma@example.org"
    assert event.summary.value in {"Tapaaminen", "Meeting"}
    assert event.getChildValue("class") == "PRIVATE"
    assert "description" not in event.contents
    assert "location" not in event.contents


def test_the_hour_is_the_hour_of_the_meeting(invited):
    meeting = Meeting.objects.get(pk=invited.meeting.pk)
    event = read(invited, invited.invited).vevent

    assert event.dtstart.value.astimezone(UTC) == meeting.starts_at.replace(microsecond=0)
    assert event.dtend.value.astimezone(UTC) == meeting.ends_at.replace(microsecond=0)


@pytest.mark.parametrize("month", [1, 7])
def test_summer_and_winter_are_told_by_the_rules_of_the_entry(invited, month):
    Meeting.objects.filter(pk=invited.meeting.pk).update(starts_at=datetime(2027, month, 14, 10, 0, tzinfo=UTC))

    event = read(invited, invited.invited).vevent

    assert event.dtstart.value.astimezone(UTC) == datetime(2027, month, 14, 10, 0, tzinfo=UTC)
    assert event.dtstart.value.hour == (12 if month == 1 else 13)


def test_the_id_stays_and_differs_by_recipient(invited):
    first, again = (read(invited, invited.invited).vevent.uid.value for _ in "ab")

    assert first == again
    assert first != read(invited, invited.lead).vevent.uid.value


def test_workers_and_the_pair_get_an_entry_and_the_family_a_link(invited):
    call_command("work", once=True)
    sent = {message.to[0]: message for message in mail.outbox if message.subject in {"Tapaaminen", "Viesti"}}
    kinds = {
        address: [kind for _, kind in message.alternatives] for address, message in sent.items() if message.alternatives
    }

    assert set(kinds) == {s.account.address for s in (invited.invited, invited.lead, invited.writer)}
    assert {kind for found in kinds.values() for kind in found} == {"text/calendar; method=REQUEST"}
    family = [m for m in mail.outbox if m.to == ["aino@example.org"]]
    assert all("/i/" in m.body for m in family)
    assert all(not m.alternatives for m in family)


def test_no_message_tells_a_name_a_theme_or_who_else_comes(invited):
    call_command("work", once=True)

    assert len(mail.outbox) > 6
    for message in mail.outbox:
        told = message.subject + message.body + "".join(str(content) for content, _ in message.alternatives)
        for word in ("Aino", "Elias", "Ritva", "Aamut", "huoli", "Yksikkö", invited.invited.account.name, "Kirjaston"):
            assert word not in told, f"{word} in {told}"
        assert len(message.to) == 1
        assert message.cc == message.bcc == []
