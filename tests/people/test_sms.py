"""Text messages: by the installation's own command, one at a time; what it does not take is kept as refused."""

import re
import sys
from dataclasses import replace

import pytest
from django.core import mail
from django.utils import timezone

from kudelma.core.management.commands.work import run_queued
from kudelma.people import sms
from kudelma.people.actions.links import make_link, send_code, use_code
from kudelma.people.models import Message, PersonalLink
from kudelma.people.tasks import deliver


@pytest.fixture
def link(cast):
    """The personal link of somebody who has a telephone."""
    mother = cast.to("preparing").mother
    run_queued()
    mail.outbox.clear()
    mother.phone = "+358401234567"
    mother.save(update_fields=["phone"])
    return PersonalLink.objects.of_token(make_link(mother.seat, at=timezone.now())).get()


KEEP = """
import sys
with open(sys.argv[1], "a") as kept:
    print(repr((sys.argv[2:], sys.stdin.read())), file=kept)
"""


@pytest.fixture
def sms_command(settings, tmp_path):
    """sms_command(words): the installation's own command; what the keeping one got is in `tmp_path / "sms"`."""

    def use(command):
        settings.CONFIGURATION = replace(settings.CONFIGURATION, sms_command=command)

    script = tmp_path / "keep.py"
    script.write_text(KEEP)
    use(f"{sys.executable} {script} {tmp_path / 'sms'} --to")
    return use


def got(tmp_path):
    file = tmp_path / "sms"
    return file.read_text().splitlines() if file.exists() else []


def test_the_command_gets_one_message_on_standard_input_and_the_number_last(sms_command, tmp_path):
    sms.send("+358401234567", "Koodi: 123456\nVoimassa 10 minuuttia; rm -rf ~ $(id)")

    assert got(tmp_path) == [repr((["--to", "+358401234567"], "Koodi: 123456\nVoimassa 10 minuuttia; rm -rf ~ $(id)"))]


def test_a_code_by_text_message_starts_the_command_once_and_sends_no_mail(link, sms_command, tmp_path):
    send_code(link, channel="sms", at=timezone.now())

    run_queued()
    deliver.func(str(Message.objects.get(kind="code").pk))

    (told,) = got(tmp_path)
    assert "'+358401234567'" in told
    use_code(link, re.search(r"\b\d{6}\b", told).group(), at=timezone.now())
    assert mail.outbox == []


FAILING = {
    "fails": "false",
    "is not there": "/does/not/exist",
    "is not set": "",
    "does not end": "sh -c 'exec sleep 60'",
}


@pytest.mark.parametrize("fault", FAILING)
def test_a_command_that_does_not_work_leaves_the_message_refused(link, sms_command, monkeypatch, fault):
    monkeypatch.setattr(sms, "TIMEOUT_SECONDS", 0.5)
    send_code(link, channel="sms", at=timezone.now())
    sms_command(FAILING[fault])

    run_queued()

    told = Message.objects.get(kind="code")
    assert told.refused_at is not None
    assert told.sent_at is None


def test_without_a_number_nothing_is_started(sms_command, tmp_path):
    with pytest.raises(sms.NotSent):
        sms.send("", "Koodi: 123456")

    assert got(tmp_path) == []


def test_text_messages_are_offered_when_there_is_a_way_to_send_them(sms_command):
    assert sms.is_possible()
    sms_command("")
    assert not sms.is_possible()
