"""Who is asked to lead, to write, to chair or to be the secretary."""

from dataclasses import dataclass

from kudelma.bank.models import Consultant
from kudelma.people.models import Seat


@dataclass(frozen=True)
class OneAsked:
    """A consultant who is asked, and what for."""

    consultant: Consultant
    part: str


@dataclass(frozen=True)
class TwoAsked:
    """The two who are asked at once: the first leads or chairs, the second writes."""

    first: Consultant
    second: Consultant


@dataclass(frozen=True)
class ChairAsked:
    """Who is asked to chair or to be the secretary."""

    seat: Seat
    part: str
