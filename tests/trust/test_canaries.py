"""A person's words stand nowhere in clear: not in the databases, files or logs, not in mails or text messages.

Canaries are put into every sealed column and into every field where a person types, then looked for.
What is plain by design (names of places, kinds, days) is classified in tests/consistency/test_columns.py.
"""

import base64
import logging
import tempfile
from datetime import timedelta

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

import factories
from doors import table
from doors.bad_inputs import registry
from kudelma.core.forms import AddressField, PhoneField, TextField
from kudelma.core.logs import NoPersons
from kudelma.meetings.models import Meeting
from kudelma.people import sms, tasks
from kudelma.people.actions import links
from kudelma.people.actions.messages import send
from kudelma.people.models import PersonalLink
from kudelma.regions.models import Sector
from kudelma.trust import vault
from kudelma.trust.models import RegionKey
from trust.canaries import (
    NUMBER,
    SHAPES,
    Flock,
    found_in,
    in_database,
    in_files,
    in_mail,
    sealed_columns,
)  # fmt: skip
from trust.walked import walked

HOUSE = [model for model in apps.get_models() if model.__module__.startswith("kudelma.")]
PLAIN_BY_DESIGN = {"name_fi", "name_sv", "name_en", "municipality", "help_phone"}
"""Names of places, and the number that stands on every family's page."""
ONLY_BUTTONS = {
    "agreed", "acceptance", "offer", "permission", "admission", "own_answer", "answer", "answer_by_phone", "here",
    "feedback", "consultant", "channel", "settings", "new_place", "new_unit", "place", "unit", "new_factor",
    "step_on_circle", "tie", "two", "chair", "free_time", "rest",
    "preparer", "speaking",
    "same_hours", "remind", "choose",
    "tell_place", "told", "calendar", "seen_to",
}  # fmt: skip
"""Forms without a field for a person's words; on some stand names of places, on one a code that is too short."""
WAYS_IN = {"sign_in", "second_factor", "code", "room", "printed_code"}
"""Forms on which a canary is a wrong word, so that they are refused."""
WATCHED = ["own2", "orderer", "pair", "coord", "admin"]


class Ear(logging.Handler):
    """Hears every line at DEBUG, with the words that were handed in and as the house writes it."""

    def __init__(self):
        super().__init__()
        self.lines: list[str] = []
        self.formatter = NoPersons()

    def emit(self, line):
        self.lines += [line.getMessage(), self.format(line)]

    def heard(self):
        return [line[:200] for line in self.lines if found_in(line)] if found_in("\n".join(self.lines)) else []


@pytest.fixture
def ear():
    """Every logger at DEBUG, the statements to the databases with what was sent along included."""
    hearing = Ear()
    loggers = {name: logging.getLogger(name) for name in (None, *settings.LOGGING["loggers"], "asyncio")}
    levels = {name: logger.level for name, logger in loggers.items()}
    logging.getLogger().addHandler(hearing)
    for name, logger in loggers.items():
        logger.setLevel(logging.WARNING if name == "asyncio" else logging.DEBUG)
    for connection in connections.all():
        connection.force_debug_cursor = True
    yield hearing
    for connection in connections.all():
        connection.force_debug_cursor = False
    for name, logger in loggers.items():
        logger.setLevel(levels[name])
    logging.getLogger().removeHandler(hearing)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where this test's temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def texts(monkeypatch):
    """Text messages that would have left: [(number, words)]."""
    sent = []
    monkeypatch.setattr(sms, "is_possible", lambda: True)
    monkeypatch.setattr(sms, "send", lambda number, words: sent.append((number, words)))
    return sent


@pytest.fixture
def flock():
    return Flock()


def everywhere(temporary, ear):
    """{place: canaries}, of all that is kept."""
    found = in_database("default") | in_database("keys")
    found |= in_files(settings.CONFIGURATION.data, settings.CONFIGURATION.master_key_file.parent, temporary)
    heard = ear.heard()
    return found | ({"logs": heard} if heard else {})


def look_at_every_page(cast, clients):
    """How many pages were shown. The way out is not taken: it ends the session."""
    names = {line.name for line in table.read() if line.method == "GET"} - {"people:closed"}
    addresses = [table.url(name, cast) for name in sorted(names)]
    answers = [clients[kind].get(address, secure=True) for address in addresses for kind in WATCHED]
    return sum(answer.status_code == 200 for answer in answers)


def finish(cast):
    """The rest of the way, so that no table of the house is empty."""
    cast.end()
    Meeting.objects.filter(pk=cast.meeting.pk).update(held_at=timezone.now() - timedelta(days=1))
    client = factories.sit(cast.mother.seat, 1)
    client.post(f"/meetings/{cast.meeting.pk}/feedback/", {"kuunneltiin": "yes"}, secure=True)
    cast.close()


def test_no_canary_of_any_sealed_column_stands_in_clear(cast, flock, ear, temporary, texts, monkeypatch):
    clients = table.seats(walked(cast))
    vault.close_all()
    for model in HOUSE:
        for row in model._base_manager.all():
            flock.settle(row)
    client = clients["coord"]
    session = client.session
    session["note"] = flock.canary("session")
    session.save()
    link = PersonalLink.objects.filter(seat=cast.mother.seat).latest("made_at")
    for channel in ("sms", "address"):
        links.send_code(link, channel=channel, at=timezone.now())

    shown = look_at_every_page(cast, clients)
    call_command("work", once=True)
    break_a_page(clients["pair"], cast, flock, monkeypatch)
    break_a_job(cast, flock, monkeypatch)
    finish(cast)

    assert shown > 70
    assert set(flock.put.values()) >= sealed_columns(HOUSE)
    assert [model._meta.label for model in HOUSE if not model._base_manager.exists()] == []
    assert everywhere(temporary, ear) == {}
    signed = ["people.account.name"]  # the one reminder, by whoever pressed: a worker's first name, on purpose
    assert [flock.put[canary] for letter in mail.outbox for canary in in_mail(letter.message())] == signed
    assert [words for _number, words in texts if found_in(words)] == []


def break_a_page(client, cast, flock, monkeypatch):
    """An error that says a person's name, on a page."""
    canary = flock.canary("error")

    def broken(plan):
        raise ValueError(canary)

    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("kudelma.plans.views.people_of", broken)
        page = client.get(f"/plans/{cast.the_plan.pk}/", secure=True)
    assert page.status_code == 500
    assert canary not in page.text


def break_a_job(cast, flock, monkeypatch):
    """The same in a job: the queue keeps what is left of the error."""

    def broken(letter, address):
        raise ValueError(flock.canary("error"))

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "mail", broken)
        send("waits", to=cast.coordinator, by=cast.coordinator, at=timezone.now())
        call_command("work", once=True)


def test_everybody_is_written_to_at_the_own_address_and_it_stands_nowhere_else(cast, flock):
    """The one exception, and that it is one: without it the mails above would hold a canary."""
    walked(cast)
    for model in HOUSE:
        for row in model._base_manager.all():
            flock.settle(row)

    call_command("work", once=True)

    told = {flock.put[canary] for letter in mail.outbox for to in letter.to for canary in found_in(to)}
    assert told == {"people.account.address", "members.member.address"}
    assert {len(letter.to) for letter in mail.outbox} == {1}
    assert [letter for letter in mail.outbox if letter.cc or letter.bcc or letter.reply_to] == []


@pytest.mark.parametrize("name", sorted(registry.WAYS.keys() - ONLY_BUTTONS))
def test_what_a_person_types_stands_nowhere_in_clear(cast, flock, ear, name):
    """Sent by somebody who is not in, then with a text that is too long, then as it should be."""
    ready = registry.WAYS[name][1](cast)
    data = ready.filled()
    typed = {
        field: canary_for(kind, flock.canary(f"{name}.{field}"))
        for field, kind in ready.form.fields.items()
        if is_typed(kind) and field not in PLAIN_BY_DESIGN
    }
    assert typed
    if "password2" in typed:
        typed["password2"] = typed["password1"]
    last = list(typed)[-1]

    if not ready.is_public:
        Client().post(ready.to, data | typed, secure=True)
    ready.send(data | typed | {last: typed[last] + "ä" * 4000})
    answer = ready.send(data | typed)
    call_command("work", once=True)

    assert answer.status_code == (422 if name in WAYS_IN else ready.accepted)
    assert in_database("default", pages=False) | in_database("keys", pages=False) == {}
    assert ear.heard() == []
    assert [canary for letter in mail.outbox for canary in in_mail(letter.message())] == []
    assert found_in(answer.headers.get("Location", "")) == []


def is_typed(kind):
    return isinstance(kind, TextField) or isinstance(kind.widget, forms.PasswordInput)


def canary_for(kind, canary):
    if isinstance(kind, AddressField):
        return f"{canary}@example.org"
    return NUMBER if isinstance(kind, PhoneField) else canary


# ---------------------------------------------------------------- the twin: a canary that flew out is found


def test_a_canary_in_a_plain_column_is_found(cast, flock):
    canary = flock.canary("twin")
    Sector.objects.create(region=cast.region, name_fi=f"Koulu {canary}")

    found = in_database("default")

    assert found.pop("default pages", [canary]) == [canary]
    assert found == {"default.regions_sector.name_fi": [canary]}
    assert in_database("keys") == {}


def test_a_canary_is_found_in_whatever_shape_it_was_kept(region):
    missed = []
    for shape in SHAPES:
        RegionKey.objects.filter(region=region.pk).update(wrapped=b"\x01" + shape + b"\xff")
        if list(in_database("keys", pages=False)) != ["keys.trust_regionkey.wrapped"]:
            missed.append(shape)

    assert missed == []
    assert len(SHAPES) > 60


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_a_canary_inside_other_words_is_found_in_base64(flock, before):
    told = base64.b64encode(f"{before}{flock.canary('twin')} ja muuta".encode())

    assert len(found_in(told)) == 1


def test_a_canary_in_a_log_line_is_found(flock, ear):
    logging.getLogger("kudelma").debug("message to %s", flock.canary("twin"))

    assert len(ear.heard()) == 2


def test_a_canary_in_a_statement_to_the_database_is_heard(cast, flock, ear):
    canary = flock.canary("twin")
    Sector.objects.filter(name_fi=canary).exists()

    assert ear.heard() != []


def test_a_canary_in_a_mail_is_found_and_the_address_is_not(flock):
    canary, address = flock.canary("body"), flock.canary("address")
    letters = [
        EmailMessage("Hei", f"Hei {canary}", to=[f"{address}@example.org"]),
        EmailMessage(f"Hei {canary}", "Hei", to=[f"{address}@example.org"]),
        EmailMessage("Hei", "Hei", to=[f"{address}@example.org"], attachments=[("a.ics", canary, "text/calendar")]),
        EmailMessage("Hei", "Hei", to=[f"{address}@example.org"], reply_to=[f"{canary}@example.org"]),
        EmailMessage("Hei", "Hei", to=[f"{address}@example.org"]),
    ]

    assert [in_mail(letter.message()) for letter in letters] == [[canary], [canary], [canary], [canary], []]


def test_a_canary_in_a_file_and_in_its_name_is_found(flock, tmp_path):
    inside, outside = flock.canary("inside"), flock.canary("name")
    (tmp_path / "a").write_text(f"x{inside}")
    (tmp_path / f"{outside}.pdf").write_bytes(b"")
    (tmp_path / "empty").write_bytes(b"nothing")

    assert sorted(in_files(tmp_path).values()) == [[inside], [outside]]
