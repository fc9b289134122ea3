"""Mail that comes in: an answer and a bounce are taken, once; anything else leaves no trace, whatever it is."""

import io
import subprocess
import sys
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar

import factories
from doors.bad_inputs.page import changed, content
from journeys import installations
from kudelma.meetings.actions import postponing
from kudelma.meetings.models import Invitation
from kudelma.people import incoming
from kudelma.people.incoming import receive
from kudelma.people.models import Message
from kudelma.trust.models import Entry
from people.mails import take


def sent_to(cast, seat=None):
    """The mail with the entry that this seat got."""
    address = (seat or cast.invited).account.address
    return next(message for message in reversed(mail.outbox) if message.to == [address] and message.alternatives)


def reply(cast, coming="DECLINED", *, seat=None, sender=None, attendee=None, minutes=0, **lines):
    """What a calendar program answers to the entry: its own lines back, with the answer."""
    seat = seat or cast.invited
    event = Calendar.from_ical(sent_to(cast, seat).alternatives[0][0]).walk("VEVENT")[0]
    stamp = (timezone.now() + timedelta(minutes=minutes)).strftime("%Y%m%dT%H%M%SZ")
    told = {
        "UID": str(event["UID"]), "SEQUENCE": str(event["SEQUENCE"]), "DTSTAMP": stamp,
        "ORGANIZER": "mailto:kudelma@example.org",
    } | lines  # fmt: skip
    told = {name: value for name, value in told.items() if value is not None}
    who = attendee or seat.account.address
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Calendar//EN", "METHOD:REPLY", "BEGIN:VEVENT",
         f"ATTENDEE;PARTSTAT={coming}:mailto:{who}", *(f"{name}:{value}" for name, value in told.items()),
         "END:VEVENT", "END:VCALENDAR", ""]
    )  # fmt: skip
    message = EmailMessage()
    message["From"] = f"Joku <{sender or seat.account.address}>"
    message["To"] = "kudelma@example.org"
    message["Subject"] = "Declined: Tapaaminen"
    message.set_content("En pääse, olen kipeä.")
    message.add_alternative(text, subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


def answered(cast):
    return Invitation.objects.get(member=cast.professional).reply


# ---------------------------------------------------------------- answers of calendars


@pytest.mark.complaint(23)
@pytest.mark.parametrize("coming", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_of_a_calendar_is_the_workers_answer(invited, coming):
    assert take(reply(invited, coming)) is True

    assert answered(invited) == coming.lower()
    assert Entry.objects.filter(door="meetings.reply", seat=invited.invited.pk).count() == 1


def test_one_who_leads_answers_the_same_way(invited):
    assert take(reply(invited, "DECLINED", seat=invited.lead)) is True

    assert Invitation.objects.get(pairing__seat=invited.lead).reply == "declined"


def test_who_cannot_come_stands_on_the_matters_page_and_no_words_of_the_mail_do(invited):
    take(reply(invited))
    client = factories.sit(invited.coordinator)

    page = client.get(invited.matter.get_absolute_url(), secure=True).text
    invited.open()
    list_of_all = client.get(f"/meetings/{invited.meeting.pk}/invitations/", secure=True).text

    invited.open()
    assert f"Ei pääse: {invited.professional.name}" in page
    assert "Ei pääse" in list_of_all
    assert "kipeä" not in page + list_of_all


def test_the_same_answer_again_changes_nothing(invited):
    raw = reply(invited)
    take(raw)
    before = content()

    assert take(raw) is False

    assert changed(before) == set()


def test_an_older_answer_that_comes_again_does_not_undo_a_newer_one(invited):
    old, new = reply(invited, "ACCEPTED", minutes=-10), reply(invited, "DECLINED", minutes=-5)
    take(old)
    take(new)

    assert take(old) is False

    assert answered(invited) == "declined"


def test_a_stamp_without_its_letter_is_of_the_same_clock(invited):
    take(reply(invited, "ACCEPTED", minutes=-60))

    assert take(reply(invited, DTSTAMP=timezone.now().strftime("%Y%m%dT%H%M%S")))

    assert answered(invited) == "declined"


def test_an_answer_about_two_entries_at_once_is_none(invited):
    raw = reply(invited)
    event = raw[raw.index(b"BEGIN:VEVENT") : raw.index(b"END:VCALENDAR")]

    assert take(raw.replace(event, event * 2)) is False
    assert take(raw) is True


def test_an_answer_whose_program_writes_small_letters_and_counts_no_changes_is_whole(invited):
    assert Invitation.objects.get(member=invited.professional).sequence == 0
    raw = reply(invited, "declined", SEQUENCE=None).replace(b"METHOD:REPLY", b"METHOD:reply")
    assert b"SEQUENCE" not in raw

    assert take(raw) is True
    assert answered(invited) == "declined"


def test_a_program_may_write_its_mailbox_in_capitals(invited):
    assert take(reply(invited).replace(b":mailto:", b":MAILTO:")) is True


def test_an_answer_of_something_that_is_no_mailbox_is_none(invited):
    raw = reply(invited)
    assert b":mailto:" in raw

    assert take(raw.replace(b":mailto:", b":callto:")) is False


def test_a_participant_answers_on_their_own_page_and_not_by_a_calendar(invited):
    theirs = f"{invited.meeting.pk}.{invited.mother.seat.pk}@testserver"

    assert take(reply(invited, UID=theirs, SEQUENCE="0")) is False
    assert take(reply(invited, UID=f"{invited.meeting.pk}.{invited.invited.pk}@testserver", SEQUENCE="0")) is True


def test_one_who_is_invited_to_two_meetings_answers_each(invited):
    other = factories.Cast(invited.region)
    other.invited = invited.invited
    first = reply(invited, "DECLINED")
    other.to("invited")
    call_command("work", once=True)
    second = reply(invited, "TENTATIVE")

    for raw in (first, second):
        assert take(raw) is True

    assert answered(invited) == "declined"
    assert answered(other) == "tentative"


def test_an_answer_to_the_earlier_time_is_none_to_the_new_one(invited):
    raw = reply(invited, "ACCEPTED")
    meeting = invited.the_meeting()
    postponing.move_to(
        meeting, starts_at=meeting.starts_at + timedelta(days=1), place="Kirjasto", place_shown=False, seen=0,
        by=invited.coordinator, at=invited.at(),
    )  # fmt: skip

    assert take(raw) is False

    assert answered(invited) == ""


def test_a_clock_that_runs_ahead_does_not_shut_out_later_answers(invited):
    take(reply(invited, "ACCEPTED", minutes=60 * 24 * 400))

    assert take(reply(invited, "DECLINED", minutes=1)) is True


FORGED = {
    "another sender": {"sender": "joku@example.net"},
    "another attendee": {"attendee": "joku@example.net"},
    "both another": {"sender": "joku@example.net", "attendee": "joku@example.net"},
    "no such id": {"UID": f"{'0' * 8}-0000-4000-8000-{'0' * 12}.{'0' * 8}-0000-4000-8000-{'0' * 12}@testserver"},
    "another host": {"UID": "x@example.net"},
    "no id": {"UID": ""},
    "a number that is too high": {"SEQUENCE": "7"},
    "no number at all": {"SEQUENCE": "monta"},
    "one of a row": {"RECURRENCE-ID": "20261124T120000Z"},
    "no stamp": {"DTSTAMP": "eilen"},
    "only a day": {"DTSTAMP;VALUE=DATE": "20261124"},
}


@pytest.mark.parametrize("lines", FORGED.values(), ids=FORGED.keys())
def test_an_answer_that_is_not_whole_or_not_ones_own_is_none(invited, lines):
    before = content()

    assert take(reply(invited, **lines)) is False

    assert changed(before) == set()


def test_an_envelope_of_another_is_not_believed_and_ones_own_is(invited):
    raw = reply(invited)

    assert take(raw, "joku@example.net") is False
    assert take(raw, invited.invited.account.address.upper()) is True


@pytest.mark.parametrize("coming", ["NEEDS-ACTION", "DELEGATED", "PERHAPS", ""])
def test_other_answers_are_none(invited, coming):
    assert take(reply(invited, coming)) is False


def test_a_request_is_no_answer(invited):
    raw = reply(invited).replace(b"METHOD:REPLY", b"METHOD:REQUEST")

    assert take(raw) is False


def test_one_who_is_not_invited_any_more_answers_nothing(invited):
    raw = reply(invited)
    Invitation.objects.update(withdrawn_at=timezone.now(), withdrawn_by=invited.coordinator)

    assert take(raw) is False


# ---------------------------------------------------------------- anything else


NOTHING = {
    "empty": b"",
    "no mail": b"\x00\xff" * 100,
    "a question": b"From: aino@example.org\nSubject: Hei\n\nMihin aikaan?\n",
    "no sender": b"Subject: Hei\n\nHei\n",
    "two senders": b"From: a@example.org, b@example.org\n\nHei\n",
    "a calendar that is none": b"From: a@example.org\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n",
    "endless parts": b"From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n\n" * 5000,
    "deep parts": b"From: a@example.org\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
    "a strange charset": b"From: a@example.org\nContent-Type: text/calendar; charset=no-such\n\nBEGIN:VCALENDAR\n",
    "too large": b"From: a@example.org\n\n" + b"x" * (incoming.MOST_BYTES + 1),
}


@pytest.mark.parametrize("raw", NOTHING.values(), ids=NOTHING.keys())
@pytest.mark.parametrize("envelope", [None, "", "a@example.org"])
def test_anything_else_leaves_no_trace_at_all(invited, caplog, raw, envelope):
    before, entries = content(), Entry.objects.count()

    assert take(raw, envelope) is False

    assert changed(before) == set()
    assert Entry.objects.count() == entries
    assert [line for line in caplog.records if line.name == "kudelma"] == []


PIECES = [
    "From: ", "henkilo@example.org", "\n", "\r\n", "\n\n", "Content-Type: ", "text/calendar", "multipart/report",
    "message/delivery-status", "; boundary=x", "--x\n", "BEGIN:VCALENDAR\n", "METHOD:REPLY\n", "BEGIN:VEVENT\n",
    "ATTENDEE;PARTSTAT=DECLINED:mailto:", "UID:", "SEQUENCE:", "DTSTAMP:", "99999999T999999Z", "END:VEVENT\n",
    "END:VCALENDAR\n", "Action: failed\n", "Status: 5.1.1\n", "Message-ID: ", "RRULE:FREQ=SECONDLY\n", "\u2028", "\x00",
]  # fmt: skip


@hypothesis_settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=40), known=st.booleans())
def test_hostile_mail_raises_nothing_and_stores_nothing(invited, pieces, known):
    uid = str(Calendar.from_ical(sent_to(invited).alternatives[0][0]).walk("VEVENT")[0]["UID"]) if known else ""
    raw = "".join(pieces + ([f"UID:{uid}\n"] if known else [])).encode("utf-8", "surrogatepass")
    before = list(Invitation.objects.values_list()), list(Message.objects.values_list())

    taken = [receive(raw, envelope=envelope, at=timezone.now()) for envelope in (None, "", "henkilo@example.org")]

    assert taken == [False] * 3
    assert (list(Invitation.objects.values_list()), list(Message.objects.values_list())) == before


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=0, max_value=900), junk=st.binary(max_size=12))
def test_an_answer_with_something_else_in_its_midst_raises_nothing(invited, cut, junk):
    raw = reply(invited)

    receive(raw[:cut] + junk + raw[cut + len(junk) :], envelope=None, at=timezone.now())

    assert Message.objects.filter(refused_at__isnull=False).count() == 0


# ---------------------------------------------------------------- the command


def run(monkeypatch, raw, *arguments):
    """What `kudelma receive-mail` ends with."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail", *arguments)
    return ended.value.code


def test_the_command_tells_by_its_exit_code_whether_anything_was_taken(invited, monkeypatch):
    raw = reply(invited)

    assert run(monkeypatch, raw, "--sender", invited.invited.account.address) == 0
    assert run(monkeypatch, raw, "--sender", invited.invited.account.address) == 65
    assert run(monkeypatch, b"Hei", "--sender", "") == 65


def test_a_database_that_cannot_take_it_just_now_is_asked_again_later(invited, monkeypatch):
    def locked(*arguments, **options):
        raise OperationalError("database is locked")

    monkeypatch.setattr("kudelma.people.management.commands.receive_mail.receive", locked)

    assert run(monkeypatch, reply(invited)) == 75


def test_the_command_is_called_as_the_papers_say():
    """As a mail server starts it: a process of its own, with the name that has a hyphen."""
    with installations.house(KUDELMA_DEMO="1") as house:
        ended = subprocess.run(
            [sys.executable, "-m", "kudelma", "receive-mail"],
            env=house.environment(), input=b"Hei", check=False, capture_output=True,
        )  # fmt: skip

    assert (ended.returncode, ended.stdout, ended.stderr) == (65, b"", b"")


def test_the_mailbox_for_answers_is_a_setting_of_its_own():
    assert settings.MAIL_REPLY == "kudelma@example.org"
