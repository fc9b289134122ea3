"""News from above: a consultant was given a seat, and gets a line in the bank."""

from typing import Any

from django.dispatch import receiver

from kudelma.bank.actions import open_line
from kudelma.core.signals import seat_given
from kudelma.people.models import Role


@receiver(seat_given)
def add_to_bank(sender: Any, seat: Any, **kwargs: Any) -> None:
    if seat.role == Role.CONSULTANT:
        open_line(seat)
