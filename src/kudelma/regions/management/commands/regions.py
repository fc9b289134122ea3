"""`kudelma regions load`: the 21 counties, Helsinki and Åland, with names in three languages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kudelma.regions.actions import load_regions


class Command(BaseCommand):
    help = "load: add the 21 wellbeing services counties, Helsinki and Åland."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_regions()} regions added.")
