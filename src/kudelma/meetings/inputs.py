"""What the actions of a meeting are given: times, answers, what becomes of a time."""

from dataclasses import dataclass
from datetime import datetime

from kudelma.meetings.models import TimeOption


@dataclass(frozen=True)
class TimesAsked:
    """Times to ask about, how long people meet and where. family_first: the others are asked about what suits it."""

    starts: list[datetime]
    minutes: int
    place: str
    place_shown: bool
    family_first: bool = False


@dataclass(frozen=True)
class AnswerGiven:
    """A value for each time that was answered; or `coming`, CALL or UNSURE, instead of times."""

    options: dict[TimeOption, str]
    coming: str = ""


@dataclass(frozen=True)
class TimeGone:
    """That the time does not hold. seen: `meeting.sequence` as it stood on the page."""

    seen: int
    why: str


@dataclass(frozen=True)
class NewTime(TimeGone):
    """Another time or place that people have agreed on already."""

    starts_at: datetime
    place: str
    place_shown: bool


@dataclass(frozen=True)
class Stopped:
    """That somebody stops everything. seen: the step of the matter on the page; leaving: ids of members."""

    seen: str
    leaving: list[str]
    closes: bool
    why: str
