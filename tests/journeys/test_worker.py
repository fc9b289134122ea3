"""The job worker beside eight writers: nobody is locked out, and each message leaves once."""

from collections import Counter

import pytest

from journeys import installations
from journeys.server import Server

pytestmark = pytest.mark.browser

WRITERS, EACH = 8, 10
WRITE = f"""
import os
from multiprocessing import get_context
from pathlib import Path
from django.db import connections, transaction
from django.utils import timezone
import factories
from kudelma.people.actions.messages import send
from kudelma.people.models import Seat

factories.seat(factories.region(), "administrator", address="pia@example.org")

def write(said):
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT), 2)
    to = Seat.objects.get(role="administrator")
    for number in range({EACH}):
        with transaction.atomic():
            for _ in range(2):
                send("waits", to=to, by=to, at=timezone.now())
            if number % 5 == 4:
                transaction.set_rollback(True)

connections.close_all()  # each writer opens its own
said = [Path(folder) / str(number) for number in range({WRITERS})]
writers = [get_context("fork").Process(target=write, args=[file]) for file in said]
for writer in writers:
    writer.start()
for writer in writers:
    writer.join()
answer = [[writer.exitcode for writer in writers], [file.read_text() for file in said]]
"""
SENT = 2 * WRITERS * (EACH - EACH // 5)


@pytest.fixture(params=[installations.house, installations.house_on_postgresql], ids=["SQLite", "PostgreSQL"])
def one(request):
    with request.param() as found:
        yield found


def test_eight_writers_and_the_worker_do_not_lock_each_other_out(one: Server, tmp_path):
    one.start()

    ended, said = one.backstage.run(WRITE, folder=str(tmp_path))
    one.post.wait_for_all(SENT)

    assert (ended, said) == ([0] * WRITERS, [""] * WRITERS)
    assert len(one.post.mails) == SENT
    assert Counter(str(mail["To"]) for mail in one.post.mails) == {"pia@example.org": SENT}
    one.stop()
    assert "locked" not in one.log.read_text()
