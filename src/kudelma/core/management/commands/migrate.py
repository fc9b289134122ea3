"""`kudelma migrate`: both databases, the cache table, and what each room loads of its own."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kudelma.core.db import KEYS_ROOM


class Command(migrate.Command):
    help = "Bring the content and the keys to the newest shape. Run it before `serve` after every update."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_of_another_house()
        one_only = options["database"] != "default" or options.get("app_label")
        if one_only or options["run_syncdb"]:  # a test run makes each of its databases by itself
            super().handle(*args, **options)
            return
        quiet = {**options, "verbosity": min(options["verbosity"], 1)}
        super().handle(*args, **{**quiet, "database": "keys", "app_label": KEYS_ROOM})
        super().handle(*args, **quiet)
        call_command("createcachetable", verbosity=0)


def refuse_of_another_house() -> None:
    """Raises CommandError for a content that has come another way than this version knows.

    From before there were seal names, or rooms as they stand now, nothing of it would open.
    """
    applied = MigrationRecorder(connections["default"]).applied_migrations()
    ours = {step for step in applied if step[0] in settings.ROOMS}
    if ours - MigrationLoader(None).disk_migrations.keys():
        raise CommandError(
            "Another version wrote this content in a way that this one cannot open: keep it for that version, and "
            "name an empty folder in KUDELMA_DATA, or an empty database in KUDELMA_DATABASE_URL."
        )
