"""`kudelma demo`: the made-up region, ready to be served. Running it again changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kudelma.demo.loading import is_loaded, load
from kudelma.demo.receivers import has_real_people
from kudelma.regions.actions import load_regions


class Command(BaseCommand):
    help = "Bring the databases up to date and load the demo. Needs KUDELMA_DEMO=1."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is loaded only with KUDELMA_DEMO=1, so that no real installation gets it.")
        # First: on a fresh machine there is no table yet in which somebody could be found.
        call_command("migrate", interactive=False, verbosity=0)
        if has_real_people():
            raise CommandError("These databases hold real people: the demo is not loaded beside them.")
        load_regions()
        if is_loaded():
            self.stdout.write("The demo is already here.")
            return
        self.stdout.write("Loading the demo …")
        self.stdout.write(f"{load()} matters loaded.")
