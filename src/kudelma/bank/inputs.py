"""What the actions of the bank are given."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Training:
    """What the coordinator knows of a consultant."""

    trained_on: date | None
    speaks_fi: bool
    speaks_sv: bool
    speaks_en: bool


@dataclass(frozen=True)
class Rest:
    """How much suits a consultant, and the last day on which nothing is asked of them."""

    most_at_once: int
    rests_until: date | None


@dataclass(frozen=True)
class FreeTime:
    """Hours in which a consultant could lead."""

    starts_at: datetime
    ends_at: datetime
