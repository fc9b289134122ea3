"""What pages and lists of matters show of rooms below: handed up here, read for all matters of the page at once.

A room hands up facts that are asked together (`FACTS`), next steps with a fixed rank (`next_step_of`), and panels of a
matter's page with links between them. The desk asks and sorts; it knows no room.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.apps import apps

from kudelma.core.handed import HandedUp
from kudelma.core.rules import asked_once
from kudelma.matters import access

Read = TypeVar("Read")


@dataclass(frozen=True, eq=False)
class Fact:
    """Something that is so of some matters for one seat: whether, or which.

    expression(actor): what the one question about all facts annotates; None where it is never so of that seat.
    """

    expression: Callable[[Any], Any]


FACTS: HandedUp[Fact] = HandedUp()
PAGE_FACTS: HandedUp[Fact] = HandedUp()
"""Those that only the page of one matter asks, to read nothing more of what is rarely there."""


class Shown:
    """Matters as one page or one list shows them to one seat. What rooms read of them is read once, for all of them."""

    def __init__(self, matters: Iterable[Any], actor: Any, *, is_page: bool = False) -> None:
        """matters: of those that the actor may see. is_page: they are shown whole, and not as lines."""
        self.matters, self.actor, self.is_page = list(matters), actor, is_page
        self._read: dict[Any, Any] = {}

    @cached_property
    def is_over(self) -> bool:
        """Of one matter: whether its meeting has been held."""
        (matter,) = self.matters
        return access.is_over(matter)

    @property
    def coordinates(self) -> bool:
        return self.actor.role == "coordinator"  # type: ignore[no-any-return]

    @property
    def is_known_surely(self) -> bool:
        """Of a participant: a link and a code may lie on a shared phone."""
        return self.actor.level >= 2  # type: ignore[no-any-return]

    def read(self, reader: Callable[["Shown"], Read]) -> Read:
        """What the reader reads of these matters; it is called once, whoever asks."""
        if reader not in self._read:
            self._read[reader] = reader(self)
        return self._read[reader]  # type: ignore[no-any-return]

    def is_so(self, fact: Fact, matter: Any) -> bool:
        return bool(self.value(fact, matter))

    def value(self, fact: Fact, matter: Any) -> Any:
        """Which, or None."""
        return self._facts.get(fact, {}).get(matter.pk)

    @cached_property
    def _facts(self) -> dict[Fact, dict[UUID, Any]]:
        """{fact: {matter: value}}, in 1 query; without one where there is nothing to ask."""
        asked = {fact: fact.expression(self.actor) for fact in [*FACTS, *(PAGE_FACTS if self.is_page else [])]}
        asked = {fact: expression for fact, expression in asked.items() if expression is not None}
        if not asked or not self.matters:
            return {}
        names = {f"fact_{number}": fact for number, fact in enumerate(asked)}
        expressions = dict(zip(names, asked.values(), strict=True))
        matters = apps.get_model("matters", "Matter").objects.filter(pk__in=[matter.pk for matter in self.matters])
        rows = list(matters.order_by().annotate(**expressions).values("pk", *names))
        return {fact: {row["pk"]: row[name] for row in rows} for name, fact in names.items()}


class Rank(IntEnum):
    """Of several next steps the first one is told, whichever room speaks first."""

    CALL = 1
    IDENTITY = 2
    OWN = 3
    """Asked of this very seat: which time suits, how it was, what is still open of its order."""
    LEADING = 4
    COORDINATING = 5
    """Asked of a coordinator alone."""
    STANDING = 6
    """It is somebody else's turn, or nobody's."""


@dataclass(frozen=True)
class NextStep:
    """url and verb are empty when it is not this seat's turn."""

    title: str
    text: str = ""
    url: str = ""
    verb: str = ""


Tell = Callable[[Any, Shown], NextStep | None]
"""tell(matter, shown): what this seat can do next; None when this is not for it."""


@dataclass(frozen=True)
class Proposal:
    rank: Rank
    steps: frozenset[str]
    tell: Tell


PROPOSALS: HandedUp[Proposal] = HandedUp()


def next_step_of(rank: Rank, *steps: str) -> Callable[[Tell], Tell]:
    """Hand up what can be done next in a matter that has come to one of these steps."""

    def hand_up(tell: Tell) -> Tell:
        PROPOSALS(Proposal(rank, frozenset(steps), tell))
        return tell

    return hand_up


def next_step(matter: Any, shown: Shown) -> NextStep:
    """The one next step of a matter for this seat. Raises LookupError when no room has a word for its step."""
    for tell in shown.read(_by_step).get(matter.step, []):
        step = tell(matter, shown)
        if step is not None:
            return step
    raise LookupError(matter.step)


def _by_step(shown: Shown) -> dict[str, list[Tell]]:
    """{step: what is proposed to this seat at it, by rank}"""
    by_step: dict[str, list[Tell]] = {}
    for proposal in sorted(PROPOSALS, key=lambda proposal: proposal.rank):
        if proposal.rank is Rank.COORDINATING and not shown.coordinates:
            continue
        for step in proposal.steps:
            by_step.setdefault(step, []).append(proposal.tell)
    return by_step


COLUMNS = ("notices", "main", "aside")


class Panel:
    """A part of a matter's page: a frozen dataclass, which its template reads as `panel`. rank: its place in `column`.

    card: by which name links are put into it.
    """

    template: ClassVar[str]
    column: ClassVar[str] = ""
    rank: ClassVar[int]
    card: ClassVar[str] = ""


@dataclass(frozen=True)
class Link:
    """A way on from a panel. of: the id of one of those whom the panel lists, when it leads to something of theirs."""

    card: str
    rank: int
    url: str
    text: str
    of: UUID | None = None


PANELS: HandedUp[Callable[[Any, Shown], Panel | None]] = HandedUp()
"""panel(matter, shown): None where there is nothing for this seat."""
OWN_PANELS: HandedUp[Callable[[Any, Shown], Panel | None]] = HandedUp()
"""The same of a participant's own page, which has one column."""
LINKS: HandedUp[Callable[[Any, Shown], list[Link]]] = HandedUp()
OWN_LINKS: HandedUp[Callable[[Any, Shown], list[Link]]] = HandedUp()


@dataclass(frozen=True)
class Card:
    """A panel with the links that lead on from it, and those beside somebody whom it lists."""

    panel: Panel
    links: list[Link]
    beside: list[Link]


def cards(matter: Any, shown: Shown) -> dict[str, list[Card]]:
    """{column: its panels in their order}"""
    columns: dict[str, list[Card]] = {column: [] for column in COLUMNS}
    for card in _cards(PANELS, LINKS, matter, shown):
        columns[card.panel.column].append(card)
    return columns


def own_cards(matter: Any, shown: Shown) -> list[Card]:
    """The panels of a participant's own page, in their order."""
    return _cards(OWN_PANELS, OWN_LINKS, matter, shown)


def _cards(panels: Iterable[Any], links: Iterable[Any], matter: Any, shown: Shown) -> list[Card]:
    with asked_once():
        every = [panel for tell in panels if (panel := tell(matter, shown)) is not None]
        ways = sorted((link for tell in links for link in tell(matter, shown)), key=lambda link: link.rank)
    return [_card(panel, ways) for panel in sorted(every, key=lambda panel: panel.rank)]


def _card(panel: Panel, links: list[Link]) -> Card:
    own = [link for link in links if panel.card and link.card == panel.card]
    return Card(panel, [link for link in own if link.of is None], [link for link in own if link.of is not None])
