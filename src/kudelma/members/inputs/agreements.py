"""Consents, permits and judgements as they were heard."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ConsentGiven:
    """A consent or a disclosure permit: what for, to whom, from a day to a day."""

    kind: str
    what_for: str
    to_whom: str
    given_on: date
    until: date | None
    how: str


@dataclass(frozen=True)
class JudgementMade:
    """What somebody judged, why, and which parts it opens."""

    kind: str
    judged_by: str
    why: str
    opens_time: bool
    opens_theme: bool
    opens_people: bool
    opens_plan: bool
