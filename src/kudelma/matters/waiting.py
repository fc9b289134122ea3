"""Which matters wait for whom, and what is to be remembered of them: handed up by the rooms that know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.handed import HandedUp
from kudelma.people.today import waited_since

WAITS_FOR: HandedUp[Callable[[Any], Q | None]] = HandedUp()
"""waits_for(actor): which of the matters that this seat sees wait for it; None where none of them ever does."""


def waiting_for(actor: Any) -> Q:
    """All reasons together, so that they are one question."""
    reasons = [reason for waits_for in WAITS_FOR if (reason := waits_for(actor)) is not None]
    together = Q(pk__in=[])
    for reason in reasons:
        together |= reason
    return together


@dataclass(frozen=True)
class Remembered:
    """One thing to do beside the next step. since: None when it is told nowhere."""

    text: str
    url: str
    verb: str
    since: date | None = None


@dataclass(frozen=True)
class Reminder:
    """Something that the coordinator is to remember of some matters.

    annotations(actor): what `holds` reads, by names that no other reminder has. rank: its place among those of a
    matter. tell: of a matter that bears the annotations.
    """

    rank: int
    annotations: Callable[[Any], dict[str, Any]]
    holds: Q
    tell: Callable[[Any], Remembered]


REMINDERS: HandedUp[Reminder] = HandedUp()


def reminded(matters: Any, actor: Any) -> list[tuple[Any, Remembered]]:
    """What is to be remembered of these matters, in 1 query. matters: a queryset, in the order of the answer."""
    reminders = {
        f"reminder_{reminder.rank}": reminder for reminder in sorted(REMINDERS, key=lambda reminder: reminder.rank)
    }
    if not reminders:
        return []
    some = Q(pk__in=[])
    for name, reminder in reminders.items():
        matters = matters.annotate(**reminder.annotations(actor)).annotate(**{name: _whether(reminder.holds)})
        some |= Q(**{name: True})
    flagged: QuerySet = matters.filter(some)
    return [
        (matter, reminder.tell(matter))
        for matter in flagged
        for name, reminder in reminders.items()
        if getattr(matter, name)
    ]


def _whether(holds: Q) -> Case:
    return Case(When(holds, then=Value(True)), default=Value(False))


@dataclass(frozen=True)
class Holder:
    """With whom matters are that wait for one of these. tell(matters, actor): {matter: in words, naming no family}."""

    waits_for: frozenset[str]
    tell: Callable[[list[Any], Any], dict[UUID, str]]


HOLDERS: HandedUp[Holder] = HandedUp()


def turn_of(*names: str) -> str:
    return _("It is the turn of {names}").format(names=", ".join(names))


ORIGIN: HandedUp[Callable[[Any], str]] = HandedUp()
"""By `orders`: where a matter comes from, as a list tells it. Reads what is loaded with it."""


def waited(matter: Any, today: date | None = None) -> str:
    return waited_since(matter.waits_since, today)


def is_long(matter: Any, today: date | None = None) -> bool:
    """Whether it has waited for longer than the region lets wait."""
    return matter.due_on is not None and (today or timezone.localdate()) > matter.due_on
