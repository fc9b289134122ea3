"""What the actions of this room are given: the seats of those who work here."""

from dataclasses import dataclass
from datetime import date

from kudelma.regions.models import Unit


@dataclass(frozen=True, kw_only=True)
class NewSeat:
    """A seat for somebody who works here, and how they are known and reached."""

    role: str
    name: str
    address: str
    starts_on: date
    ends_on: date | None = None
    unit: Unit | None = None
    title: str = ""
    leads: bool = False
    phone: str = ""
    language: str = "fi"


@dataclass(frozen=True)
class SeatChange:
    """Where somebody works from now on, as what, until when."""

    unit: Unit | None
    title: str
    leads: bool
    ends_on: date | None
