"""The job worker beside eight writers: nobody is locked out, and each message leaves once."""

import subprocess
import sys
import time
from collections import Counter

import pytest
from tests.patience import PATIENCE_SECONDS
from tests.postgres import postgres

from journeys.server import Server, server

pytestmark = pytest.mark.browser

WRITERS, EACH = 8, 10
WRITE = f"""
import sys, django
django.setup()
from django.db import transaction
from django.utils import timezone
from kudelma.people.actions.messages import send
from kudelma.people.models import Seat
to = Seat.objects.get(role="administrator")
for number in range({EACH}):
    with transaction.atomic():
        for _ in range(2):
            send("waits", to=to, by=to, at=timezone.now())
        if number % 5 == 4:
            transaction.set_rollback(True)
"""
SENT = 2 * WRITERS * (EACH - EACH // 5)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def one(request):
    if request.param == "SQLite":
        with server() as found:
            yield found
    else:
        with postgres() as settings, server(**settings) as found:
            yield found


def test_eight_writers_and_the_worker_do_not_lock_each_other_out(one: Server):
    one.command("migrate")
    one.command("regions", "load")
    one.command("account", "create", "--region", "04", "--name", "Pia", "--address", "pia@example.org")
    one.start()

    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE], env=one.environment() | {"DJANGO_SETTINGS_MODULE": "kudelma.settings"},
            stderr=subprocess.PIPE,
        )
        for _ in range(WRITERS)
    ]  # fmt: skip
    told = [writer.communicate(timeout=PATIENCE_SECONDS)[1].decode() for writer in writers]
    until = time.monotonic() + PATIENCE_SECONDS
    while len(one.post.mails) < SENT and time.monotonic() < until:
        time.sleep(0.2)

    assert [text for text in told if text] == []
    assert len(one.post.mails) == SENT
    assert Counter(str(mail["To"]) for mail in one.post.mails) == {"pia@example.org": SENT}
    one.stop()
    assert "locked" not in one.log.read_text()
