"""Who may follow what: said by a room below, asked here by the one task that watches for all readers of a process."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import Error, close_old_connections

from kudelma.core.handed import HandedUp
from kudelma.live.models import Counter, Generation

logger = logging.getLogger("kudelma")
Cookies = dict[str, str]


@dataclass(frozen=True)
class Followed:
    """What lets a reader follow a target, until it is taken away or ends by itself.

    hangs_on: the seat, account, session and space of which no right may be taken away meanwhile (`taken_away`).
    until: when it ends by itself; then the reader comes again, with the cookies of that hour.
    """

    hangs_on: frozenset[UUID]
    until: datetime


@dataclass(frozen=True)
class Unknown:
    """The database did not answer whether a reader may follow."""


@dataclass(frozen=True)
class Seen:
    """answers: to those who were asked, in their order. numbers: the newest of each target. generations: whose.

    The last two are None when the database did not answer.
    """

    answers: list[Followed | Unknown | None]
    numbers: dict[UUID, int] | None
    generations: dict[int, UUID] | None


Follow = Callable[[Cookies, UUID], Followed | None]
"""follow(cookies, target): what lets these cookies follow the target, or None when they may not."""
FOLLOW: HandedUp[Follow] = HandedUp()
"""By the room that has the targets."""


def followed(cookies: Cookies, target: UUID) -> Followed | None:
    return FOLLOW.only(cookies, target)


def look(asked: list[tuple[Cookies, UUID]], targets: set[UUID], newest: int | None) -> Seen:
    """One look for all readers of a process. newest: the generation up to which it has looked before."""
    # This thread serves no request, so nobody else looks whether its connections still stand.
    close_old_connections()
    answers = [_answer(cookies, target) for cookies, target in asked]
    # Generations last: what is taken away after an answer was given is met now, or by the next look.
    try:
        return Seen(answers, Counter.objects.newest(targets), Generation.objects.recent(newest))
    except Error:
        return Seen(answers, None, None)


def _answer(cookies: Cookies, target: UUID) -> Followed | Unknown | None:
    try:
        return followed(cookies, target)
    except Error:
        return Unknown()
    except Exception:
        # One reader whose right cannot be told is refused, and takes nobody else's stream along.
        logger.exception("streams: whether somebody may follow could not be told")
        return None
