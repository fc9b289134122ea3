"""`kudelma account create`: the first seat of a region, whose holder then makes the others."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kudelma.people.actions.seats import give_seat
from kudelma.people.inputs import NewSeat
from kudelma.people.models import Role, Seat
from kudelma.people.writers import password_link
from kudelma.regions.models import Region


class Command(BaseCommand):
    help = "create: make an account with a seat, and print the address at which its holder chooses a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["create"])
        parser.add_argument("--region", required=True, help="code of the region, e.g. 04")
        parser.add_argument("--role", default=Role.ADMINISTRATOR, choices=[Role.ADMINISTRATOR, Role.COORDINATOR])
        parser.add_argument("--name", help="asked for when not given, so that it need not stand in the history")
        parser.add_argument("--address", help="asked for when not given")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(code=options["region"]).first()
        if region is None:
            raise CommandError(f"There is no region {options['region']}: run `kudelma regions load` first.")
        seat = give_seat(
            region,
            values=NewSeat(
                role=options["role"],
                name=options["name"] or input("Name: "),
                address=options["address"] or getpass("Mail address (not shown): "),
                starts_on=timezone.localdate(),
            ),
            by=Seat.objects.door(region, Role.CLOCK),
            at=timezone.now(),
            invite=False,
        )
        self.stdout.write(password_link(seat.account))
