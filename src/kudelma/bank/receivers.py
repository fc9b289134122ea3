"""News from above: a consultant was given a seat, and gets a line in the bank."""

from typing import Any

from kudelma.bank.actions import open_line
from kudelma.core.news import seat_given
from kudelma.people.models import Role


@seat_given
def add_to_bank(seat: Any) -> None:
    if seat.role == Role.CONSULTANT:
        open_line(seat)
