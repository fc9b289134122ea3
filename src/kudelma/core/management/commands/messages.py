"""`kudelma messages`: gather every sentence into the catalogues (for developers; needs gettext's xgettext)."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import makemessages

from kudelma.core.catalogues import SOURCES

LOCALES = ["fi", "fi_X-selko", "sv"]


class Gather(makemessages.Command):
    """A new sentence begins empty: a guess from a similar one would have to be found and mended."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


class Command(BaseCommand):
    help = "Gather sentences into src/kudelma/locale. English needs no catalogue: it is what the code says."

    def handle(self, *args: Any, **options: Any) -> None:
        here = Path.cwd()
        settings.LOCALE_PATHS = [SOURCES]
        os.chdir(SOURCES.parent)
        try:
            call_command(Gather(), locale=LOCALES, no_wrap=True, no_obsolete=True, add_location="file", verbosity=0)
        finally:
            os.chdir(here)
        for catalogue in SOURCES.glob("*/LC_MESSAGES/django.po"):
            lines = catalogue.read_text().splitlines(keepends=True)
            # Without the day of gathering: of the same sentences it would make another file each time.
            catalogue.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date')))
