"""Messages: each goes out once, to the right place, and tells an outsider nothing; what could not leave is kept."""

import re
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult
from tests.postgres import free_port

import factories
from journeys.server import Post, link_in, text_of
from kudelma.core.management.commands.work import run_queued, take_up_lost
from kudelma.core.news import every_minute
from kudelma.people import letters
from kudelma.people.actions.links import make_link, read_code_aloud, send_code, use_code
from kudelma.people.actions.messages import send
from kudelma.people.actions.seats import end_seat
from kudelma.people.models import Account, Code, Message, PersonalLink, Seat
from kudelma.people.tasks import deliver

LANGUAGES = ["fi", "fi-x-selko", "sv", "en"]


@pytest.fixture
def worker(region):
    return factories.seat(region, name="Sari Lehtola", address="sari@example.org", title="luokanopettaja")


@pytest.fixture
def prepared(cast):
    """A matter with its people; what was sent on the way has left and is forgotten."""
    cast.to("preparing")
    run_queued()
    mail.outbox.clear()
    return cast


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


class Refusing(Post):
    """A mail server that does not know anybody."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        return "550 no such person here"


@pytest.fixture
def smtp(settings):
    """smtp(handler): from here on a real mail server on this machine receives with it."""
    running = []

    def start(handler):
        controller = Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        running.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        return handler

    yield start
    for controller in running:
        controller.stop()


def tell(seat, kind="waits", about=None):
    return send(kind, to=seat, by=seat, at=timezone.now(), about=about)


def state(message):
    kept = Message.objects.get(pk=message.pk)
    return {name for name in ("sent_at", "refused_at") if getattr(kept, name) is not None}


def a_minute_of_the_worker(later):
    """What the job worker does when `later` has passed."""
    with time_machine.travel(timezone.now() + later):
        take_up_lost()
        every_minute.tell(timezone.now())
        run_queued()


# ---------------------------------------------------------------- once


def test_a_message_leaves_when_its_job_runs(worker):
    message = tell(worker)
    assert (state(message), mail.outbox) == (set(), [])

    run_queued()

    assert state(message) == {"sent_at"}
    assert [letter.to for letter in mail.outbox] == [["sari@example.org"]]


def test_a_job_that_runs_twice_sends_once(worker):
    message = tell(worker)

    deliver.func(str(message.pk))
    deliver.func(str(message.pk))
    run_queued()

    assert len(mail.outbox) == 1


def test_each_message_is_one_mail(worker):
    tell(worker)
    tell(worker)

    run_queued()

    assert len(mail.outbox) == 2


def test_an_ended_seat_gets_nothing_more(worker):
    message = tell(worker)
    end_seat(worker, by=worker, at=timezone.now())

    run_queued()

    assert (state(message), mail.outbox) == (set(), [])


def test_what_is_rolled_back_is_not_sent(worker):
    @transaction.atomic
    def told_and_undone():
        tell(worker)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        told_and_undone()
    run_queued()

    assert (Message.objects.count(), mail.outbox) == (0, [])


# ---------------------------------------------------------------- what could not leave


def test_a_mail_server_that_does_not_answer_keeps_the_message_for_later(worker, no_mail_server, settings):
    message = tell(worker)
    run_queued()
    assert (state(message), mail.outbox) == (set(), [])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    a_minute_of_the_worker(timedelta(minutes=20))

    assert state(message) == {"sent_at"}
    assert [letter.to for letter in mail.outbox] == [["sari@example.org"]]
    a_minute_of_the_worker(timedelta(minutes=40))
    assert len(mail.outbox) == 1


def test_a_message_that_cannot_leave_for_a_day_is_kept_as_refused(worker, no_mail_server):
    message = tell(worker)
    run_queued()

    a_minute_of_the_worker(timedelta(hours=23))
    assert state(message) == set()
    a_minute_of_the_worker(timedelta(hours=25))

    assert state(message) == {"refused_at"}
    a_minute_of_the_worker(timedelta(hours=27))
    assert DBTaskResult.objects.ready().count() == 0


def test_a_message_that_left_is_not_tried_again(worker):
    tell(worker)
    run_queued()

    a_minute_of_the_worker(timedelta(minutes=20))

    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_is_kept_as_refused(worker, smtp):
    smtp(Refusing())
    message = tell(worker)

    run_queued()

    assert state(message) == {"refused_at"}
    post = smtp(Post())
    deliver.func(str(message.pk))
    assert state(message) == {"sent_at"}
    assert [str(one["To"]) for one in post.mails] == ["sari@example.org"]


def test_what_goes_over_the_wire_is_a_plain_mail_that_answers_to_no_machine(worker, smtp):
    post = smtp(Post())
    tell(worker)

    run_queued()

    (one,) = post.mails
    assert (one["From"], one["Auto-Submitted"], one.get_content_type()) == (
        "kudelma@example.org", "auto-generated", "text/plain",
    )  # fmt: skip
    assert link_in(one) == "https://testserver/today/"
    assert "Kudelmassa" in text_of(one)


def test_a_failed_job_leaves_the_kind_of_error_and_no_words(worker, monkeypatch):
    def write(seat, about):
        raise ValueError("Aino Canary")

    monkeypatch.setitem(letters.WRITERS, "waits", write)
    tell(worker)

    run_queued()

    (left,) = DBTaskResult.objects.all().values_list("exception_class_path", "traceback", "args_kwargs")
    assert left[0] == "kudelma.core.tasks.JobFailed"
    assert "ValueError" in left[1]
    assert "Canary" not in str(left)


# ---------------------------------------------------------------- neutral


def words_of_the_matter(cast):
    """Everything that must not stand in a message to an outsider's eye."""
    seats = Seat.objects.staff().select_related("account", "unit__sector")
    names = {word for seat in seats for word in seat.account.name.split() if not word.isdigit()}
    names |= {seat.title for seat in seats if seat.title} | {seat.unit.name for seat in seats if seat.unit}
    return {
        "Aino", "Elias", "Saarela", "Ritva", "Koskela", "mummo", "Aamut", "aamu", "huoli", "verkosto", "perhe",
        "Kirjaston", cast.region.name_fi, cast.controller.name_fi,
    } | names - {"Henkilö"}  # fmt: skip


SUBJECTS = [
    "Something waits for you",
    "Message",
    "Meeting",
    "Code",
    "Your way in",
    "A new password",
    "A new coordinator",
]


def every_kind(cast, language):
    """Send messages of many kinds in one language; the mails that left. All kinds: tests/doors/test_neutral.py."""
    cast.to("preparing")
    Account.objects.update(language=language)
    Seat.objects.filter(account=None).update(language=language)
    for act in (cast.ask_times, cast.choose, cast.invite):
        act()
    token = make_link(cast.mother.seat, at=timezone.now())
    send_code(PersonalLink.objects.of_token(token).get(), channel="address", at=timezone.now())
    for kind in ("first-sign-in", "new-password", "another-coordinator"):
        tell(cast.orderer, kind)
    tell(cast.mother.seat, "link")
    run_queued()
    return mail.outbox


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_of_any_kind_names_a_person_or_tells_why(cast, language):
    sent = every_kind(cast, language)

    with translation.override(language):
        assert {letter.subject for letter in sent} == {gettext(subject) for subject in SUBJECTS}
    for letter in sent:
        said = re.sub(r"https?://\S+", "", f"{letter.subject} {letter.body}").casefold()
        assert [word for word in words_of_the_matter(cast) if word.casefold() in said] == []


def test_the_search_for_words_finds_one_that_is_told(cast):
    cast.to("ordered")

    assert [word for word in words_of_the_matter(cast) if word.casefold() in "terveisin aino"] == ["Aino"]


def test_a_message_speaks_the_language_of_the_one_who_gets_it(region):
    sender = factories.seat(region, language="fi")
    getter = factories.seat(region, language="sv")

    send("waits", to=getter, by=sender, at=timezone.now())
    run_queued()

    with translation.override("sv"):
        assert [letter.subject for letter in mail.outbox] == [gettext("Something waits for you")]


# ---------------------------------------------------------------- to whom


def test_a_workers_address_is_sealed_and_a_message_holds_none(worker):
    tell(worker)
    run_queued()

    with connection.cursor() as cursor:
        cursor.execute("SELECT address, phone, name FROM people_account")
        kept = b" ".join(bytes(value) for row in cursor.fetchall() for value in row)
    assert Account.objects.get().address == "sari@example.org"
    assert b"sari" not in kept.lower()
    told = [*Message.objects.values_list(), *DBTaskResult.objects.values_list()]
    assert "sari" not in str(told).lower()


def test_a_participants_address_is_sealed_in_the_key_of_the_matter(prepared):
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, second_address FROM members_member")
        kept = [bytes(value) for row in cursor.fetchall() for value in row if value]

    assert len(kept) == 2
    assert [value for value in kept if b"aino" in value.lower() or b"example" in value.lower()] == []


def test_logs_tell_ids_and_no_address(prepared, caplog):
    message = tell(prepared.mother.seat, "link")

    with caplog.at_level("INFO", logger="kudelma"):
        run_queued()

    told = [record.getMessage() for record in caplog.records if record.name == "kudelma"]
    assert told == [f"message {message.pk} sent"]


def test_a_link_goes_to_the_first_address_and_its_code_another_way(prepared):
    tell(prepared.mother.seat, "link")
    run_queued()
    link = PersonalLink.objects.filter(seat=prepared.mother.seat).latest("made_at")
    send_code(link, channel="address", at=timezone.now())
    run_queued()

    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("Viesti", ["aino@example.org"]),
        ("Koodi", ["aino2@example.org"]),
    ]


def test_the_digits_are_made_when_the_message_leaves_and_work(prepared):
    token = make_link(prepared.mother.seat, at=timezone.now())
    link = PersonalLink.objects.of_token(token).get()
    send_code(link, channel="address", at=timezone.now())
    assert Code.objects.get().digest == ""

    run_queued()

    digits = re.search(r"\b\d{6}\b", mail.outbox[0].body).group()
    use_code(link, digits, at=timezone.now())
    assert Code.objects.get().used_at is not None


def test_digits_read_aloud_send_nothing(prepared):
    token = make_link(prepared.mother.seat, at=timezone.now())

    read_code_aloud(PersonalLink.objects.of_token(token).get(), by=prepared.coordinator, at=timezone.now())
    run_queued()

    assert mail.outbox == []


def test_a_line_break_in_an_address_sends_no_second_header(region, no_mail_server):
    seat = factories.seat(region, address="sari@example.org\nBcc: kaikki@example.org")
    message = tell(seat)

    run_queued()

    assert state(message) == set()
    with pytest.raises(ValueError, match=r"newline|Header values"):
        get_connection("django.core.mail.backends.locmem.EmailBackend").send_messages(
            [mail.EmailMessage("x", "x", to=[seat.account.address])]
        )
