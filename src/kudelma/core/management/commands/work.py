"""`kudelma work`: run queued jobs, one at a time; `serve` keeps one such process going.

Ends when its standard input closes, so that it never outlives the server that started it.
"""

import logging
import sys
import threading
import time
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kudelma.core.news import every_minute

logger = logging.getLogger("kudelma")
PAUSE_SECONDS = 0.3
# A worker that was killed says nothing. Taken up too early, a job runs twice; `deliver` bears that.
LOST_AFTER = timedelta(minutes=5)
KEPT = timedelta(days=3)


class Command(BaseCommand):
    help = "Run queued jobs: messages, reminders, clean-up."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is queued, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            run_queued()
            return
        parent_gone = threading.Event()
        threading.Thread(target=_watch_parent, args=[parent_gone], daemon=True).start()
        next_minute = 0.0
        while not parent_gone.is_set():
            # Not the time of day: a clock that is set back must not stop the minutes.
            if time.monotonic() >= next_minute:
                take_up_lost()
                strike(timezone.now())
                next_minute = time.monotonic() + 60
            if not run_queued():
                parent_gone.wait(PAUSE_SECONDS)


def strike(at: datetime) -> None:
    """Tell every room that a minute has passed. One that breaks is told in the log and stops no other."""
    for act in every_minute:
        try:
            act(at)
        except Exception as error:
            logger.exception("the clock: %s", type(error).__name__)


def run_queued() -> bool:
    """Run every job that is ready. Returns whether there was one."""
    if not DBTaskResult.objects.ready().exists():
        return False
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=f"work-{timezone.now():%Y%m%d%H%M%S%f}", excluded_queue_names=[],
    )  # fmt: skip
    worker.run()
    return True


def take_up_lost() -> None:
    """A job whose worker was killed stays «running»: give it to the next one. Jobs may run twice by design."""
    now = timezone.now()
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER)
    count = lost.update(status=TaskResultStatus.READY)
    if count:
        logger.warning("%d lost jobs were taken up again", count)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()


def _watch_parent(gone: threading.Event) -> None:
    # At a terminal it is stopped by hand; only the pipe of a server closes when that server is gone.
    if not sys.stdin.isatty():
        sys.stdin.buffer.read()
        gone.set()
