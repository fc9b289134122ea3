"""`kudelma migrate`: both databases, the cache table, and what each room loads of its own."""

from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from kudelma.core.db import KEYS_ROOM

WITHOUT_SEAL_NAMES = ("regions", "0001_the_house")
WITH_SEAL_NAMES = ("regions", "0004_seals_have_names")


class Command(migrate.Command):
    help = "Bring the content and the keys to the newest shape. Run it before `serve` after every update."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_from_before_seal_names()
        one_only = options["database"] != "default" or options.get("app_label")
        if one_only or options["run_syncdb"]:  # a test run makes each of its databases by itself
            super().handle(*args, **options)
            return
        quiet = {**options, "verbosity": min(options["verbosity"], 1)}
        super().handle(*args, **{**quiet, "database": "keys", "app_label": KEYS_ROOM})
        super().handle(*args, **quiet)
        call_command("createcachetable", verbosity=0)


def refuse_from_before_seal_names() -> None:
    """Raises CommandError for a content whose values are bound to names of tables: nothing of it would open."""
    applied = MigrationRecorder(connections["default"]).applied_migrations()
    if WITHOUT_SEAL_NAMES in applied and WITH_SEAL_NAMES not in applied:
        raise CommandError(
            "An earlier version sealed this content in a way that this one cannot open: keep it for that version, and "
            "name an empty folder in KUDELMA_DATA, or an empty database in KUDELMA_DATABASE_URL."
        )
