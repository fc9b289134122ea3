"""Calendar entries as another library reads them: one recipient, neutral, stable, in the right hour."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
import vobject
from django.core import mail
from django.core.management import call_command
from icalendar import Calendar
from tests.patience import PATIENCE_SECONDS

import factories
from kudelma.meetings.actions import postponing
from kudelma.meetings.calendar import entry
from kudelma.meetings.models import Meeting
from meetings.caldav import SARI, calendar_server, get, new_calendar, put


@pytest.fixture
def invited(cast):
    return cast.to("invited")


def read(cast, seat, **options):
    meeting = Meeting.objects.get(pk=cast.meeting.pk)
    return vobject.readOne(entry(meeting, seat, place="", at=cast.at(), **options).decode())


@pytest.mark.complaint(23, 32, 55)
def test_the_entry_is_for_one_and_tells_nothing(invited):
    event = read(invited, invited.invited).vevent

    assert [a.value for a in event.attendee_list] == [f"mailto:{invited.invited.account.address}"]
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert event.organizer.value == "mailto:kudelma@example.org"
    assert event.summary.value in {"Tapaaminen", "Meeting"}
    assert event.getChildValue("class") == "PRIVATE"
    assert "description" not in event.contents
    assert "location" not in event.contents


@pytest.mark.complaint(12)
def test_the_hour_is_the_hour_of_the_meeting(invited):
    meeting = Meeting.objects.get(pk=invited.meeting.pk)
    event = read(invited, invited.invited).vevent

    assert event.dtstart.value.astimezone(UTC) == meeting.starts_at.replace(microsecond=0)
    assert event.dtend.value.astimezone(UTC) == meeting.ends_at.replace(microsecond=0)


@pytest.mark.complaint(12)
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


@pytest.mark.complaint(21, 32)
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


# ---------------------------------------------------------------- the life of an entry


def published(cast):
    """The entry that a participant gets who has asked for one."""
    from kudelma.members.models import Member

    Member.objects.filter(pk=cast.mother.pk).update(wants_calendar=True)
    return factories.sit(cast.mother.seat, 1).get("/own/calendar/file/", secure=True).text


@pytest.mark.complaint(32)
def test_a_participants_entry_names_nobody_and_asks_for_no_answer(invited):
    text = published(invited)

    calendar = vobject.readOne(text)
    assert calendar.method.value == "PUBLISH"
    assert "attendee" not in calendar.vevent.contents
    assert calendar.vevent.organizer.value == "mailto:kudelma@example.org"
    staff = [seat.account.address for seat in (invited.invited, invited.lead, invited.coordinator)]
    assert [address for address in staff if address in text] == []


def test_a_participant_gets_an_entry_only_when_they_asked_for_one(invited):
    client = factories.sit(invited.mother.seat, 1)
    assert client.get("/own/calendar/file/", secure=True).status_code == 404
    call_command("work", once=True)
    mail.outbox.clear()

    client.post("/own/calendar/", {"wants": "on"}, secure=True)
    call_command("work", once=True)

    (message,) = mail.outbox
    assert (message.to, message.alternatives[0][1]) == (["aino@example.org"], "text/calendar; method=PUBLISH")
    assert client.get("/own/calendar/file/", secure=True).status_code == 200


def test_asking_twice_sends_once_and_taking_it_back_closes_the_file(invited):
    call_command("work", once=True)
    client = factories.sit(invited.mother.seat, 1)
    mail.outbox.clear()
    for _ in range(2):
        client.post("/own/calendar/", {"wants": "on"}, secure=True)
        call_command("work", once=True)
    assert len(mail.outbox) == 1

    client.post("/own/calendar/", {"pressed": "1"}, secure=True)

    assert client.get("/own/calendar/file/", secure=True).status_code == 404


@pytest.mark.parametrize("shown", [True, False])
def test_a_place_stands_in_an_entry_only_when_it_may(invited, shown):
    invited.open()
    Meeting.objects.filter(pk=invited.meeting.pk).update(place_shown=shown)

    assert ("Kirjaston" in published(invited)) is shown


HOSTILE = ["Sali;1,2:3", "Sali\r\nATTENDEE:mailto:joku@example.net", "Sali\u2028BEGIN:VEVENT", '"Sali"\\n\n', "ä" * 200]


@pytest.mark.parametrize("place", HOSTILE)
def test_a_place_never_becomes_a_line_of_its_own(invited, place):
    """What is typed comes back as one value, whoever reads it: nothing is injected into the entry."""
    meeting = Meeting.objects.get(pk=invited.meeting.pk)
    made = entry(meeting, invited.invited, place=place, at=invited.at())

    read = [
        vobject.readOne(made.decode()).vevent.location.value,
        str(Calendar.from_ical(made).walk("VEVENT")[0]["LOCATION"]),
    ]
    assert read == [" ".join(place.split())] * 2
    lines = [line.split(":")[0].split(";")[0] for line in made.decode().split("\r\n")]
    assert (lines.count("ATTENDEE"), lines.count("LOCATION")) == (1, 1)
    assert made.decode().splitlines().count("BEGIN:VEVENT") == 1


def test_two_libraries_read_the_same_in_every_kind_of_entry(invited):
    meeting = Meeting.objects.get(pk=invited.meeting.pk)
    for number, method in enumerate(("REQUEST", "CANCEL", "PUBLISH")):
        made = entry(meeting, invited.invited, place="Sali", at=invited.at(), method=method, sequence=number)
        one, other = vobject.readOne(made.decode()), Calendar.from_ical(made)
        event = other.walk("VEVENT")[0]

        assert one.method.value == str(other["METHOD"]) == method
        assert int(one.vevent.sequence.value) == event["SEQUENCE"] == number
        assert one.vevent.uid.value == str(event["UID"])
        assert one.vevent.dtstart.value.astimezone(UTC) == event["DTSTART"].dt.astimezone(UTC)
        assert one.vevent.status.value == str(event["STATUS"]) == ("CANCELLED" if number == 1 else "CONFIRMED")
        assert event.errors == []


# ---------------------------------------------------------------- a real calendar server


@pytest.fixture
def radicale(tmp_path):
    with calendar_server(tmp_path) as address:
        yield new_calendar(address)


@pytest.mark.complaint(28, 55)
def test_a_real_server_takes_the_entry_its_update_and_its_end(invited, radicale):
    """One event all the way: the same id, a number that rises, and in the end cancelled."""
    call_command("work", once=True)
    meeting = invited.the_meeting()
    invited.open()
    postponing.move_to(
        meeting, starts_at=meeting.starts_at + timedelta(days=1), place="Kirjasto", place_shown=True, seen=0,
        by=invited.coordinator, at=invited.at(),
    )  # fmt: skip
    call_command("work", once=True)
    invited.open()
    postponing.call_off(invited.the_meeting(), seen=1, by=invited.coordinator, at=invited.at())
    call_command("work", once=True)
    made = [
        message.alternatives[0][0]
        for message in mail.outbox
        if message.to == [invited.invited.account.address] and message.alternatives
    ]

    stored = [put(radicale, one.encode()) for one in made]
    kept = vobject.readOne(get(stored[-1][1])).vevent

    assert [status for status, _where in stored] == [201, 204, 204]  # made, then replaced twice
    assert len({where for _status, where in stored}) == 1
    assert (kept.status.value, kept.sequence.value) == ("CANCELLED", "2")
    assert kept.dtstart.value.astimezone(UTC) == (meeting.starts_at).replace(microsecond=0)


def test_the_server_refuses_what_is_no_entry(radicale):
    """The twin: it does look at what it is given."""
    cut_short = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
    answer = requests.put(f"{radicale}x.ics", cut_short, auth=SARI, timeout=PATIENCE_SECONDS)

    assert answer.status_code >= 400
