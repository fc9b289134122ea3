"""`kudelma migrate`: both databases, the cache table, and what each room loads of its own."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from kudelma.core.db import KEYS_ROOM


class Command(migrate.Command):
    help = "Bring the content and the keys to the newest shape. Run it before `serve` after every update."

    def handle(self, *args: Any, **options: Any) -> None:
        one_only = options["database"] != "default" or options.get("app_label")
        if one_only or options["run_syncdb"]:  # a test run makes each of its databases by itself
            super().handle(*args, **options)
            return
        quiet = {**options, "verbosity": min(options["verbosity"], 1)}
        super().handle(*args, **{**quiet, "database": "keys", "app_label": KEYS_ROOM})
        super().handle(*args, **quiet)
        call_command("createcachetable", verbosity=0)
