"""What is drawn on a circle, once for the picture and once for the list: both read the same figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kudelma.circle.geometry import CENTRE, RADIUS, Point, Ring, default_place, ring_of, thread
from kudelma.circle.models import Spot, Thing, Tie
from kudelma.matters.models import Matter
from kudelma.members.models import Member
from kudelma.methods.models import Side

LONGEST_ROW, LONGEST_WORD, MOST_ROWS = 18, 22, 2
"""How many letters stand in a row of the picture, and how many rows a name or a trade has. The list has it all."""


@dataclass
class Figure:
    """One spot of the circle as it is shown. what: relation or trade of a person, note of a thing."""

    pk: UUID
    name: str
    what: str
    side: str
    kind: str
    at: Point
    version: int
    thread: str = ""
    is_agreed: bool = True
    ties: list["Figure"] = field(default_factory=list)

    @property
    def is_thing(self) -> bool:
        return not self.side

    @property
    def ring(self) -> Ring:
        return ring_of(*self.at)

    @property
    def key(self) -> str:
        return str(self.pk)

    @property
    def in_list(self) -> str:
        """What the list says beside the name."""
        permission = "" if self.is_agreed else _("not agreed yet")
        return ", ".join(part for part in (self.what, self.kind, permission) if part)

    @property
    def full_name(self) -> str:
        return ", ".join(part for part in (self.name, self.what) if part)

    @property
    def told(self) -> str:
        """All that the picture shows of it, in words; who stands on the ring of their own side says so once.

        It holds what can be read in the picture, so that somebody who speaks to their device is understood.
        """
        permission = "" if self.is_agreed else _("not agreed yet")
        shown = " ".join(row["text"] for row in self.rows)
        parts = (shown if "…" in shown else "", self.name, self.what, self.kind, str(self.ring.label), permission)
        return ", ".join(part for part in dict.fromkeys(parts) if part)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The name's rows and those of what follows, each with its height from the shape's middle.

        They stand on the outer side, so that the middle stays calm.
        """
        rows = [(text, True) for text in wrapped(self.name)] + [(text, False) for text in wrapped(self.what)]
        if self.is_thing:
            first = 7 - 13 * (len(rows) - 1)
        elif self.at.y < CENTRE:
            first = -36 - 26 * (len(rows) - 1)
        else:
            first = 50
        return [
            {"text": text, "is_name": is_name, "height": first + 26 * number}
            for number, (text, is_name) in enumerate(rows)
        ]


@dataclass
class Drawing:
    """A whole circle. threads: path, and the two that it ties. removed: things that can be brought back."""

    figures: list[Figure]
    threads: list[dict[str, Any]]
    removed: list[Figure] = field(default_factory=list)

    @property
    def rings(self) -> list[dict[str, Any]]:
        """The list: every ring with its figures, things before people."""
        return [{"ring": ring, "figures": [figure for figure in self.figures if figure.ring == ring]} for ring in Ring]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The rings as the picture draws them, with the height of each one's name."""
        shown = [(Ring.PEOPLE, Ring.EVERYDAY, 26), (Ring.CLOSE, Ring.CLOSE, -9), (Ring.SERVICES, Ring.SERVICES, -9)]
        return [
            {"ring": name, "radius": RADIUS[line], "text_y": CENTRE - RADIUS[line] + below}
            for line, name, below in reversed(shown)
        ]

    @property
    def is_agreed(self) -> bool:
        """Whether everybody who is drawn may be invited."""
        return all(figure.is_agreed for figure in self.figures)

    def find(self, pk: UUID) -> Figure | None:
        return next((figure for figure in self.figures if figure.pk == pk), None)

    def others(self, figure: Figure) -> list[Point]:
        """Where the others stand."""
        return [other.at for other in self.figures if other is not figure]


def draw(matter: Matter, actor: Any) -> Drawing:
    """The circle of the matter as this seat may see it, in 5 queries whatever the number of people."""
    members = Member.objects.visible_to(actor).filter(matter=matter).for_circle()
    spots = list(Spot.objects.visible_to(actor).filter(matter=matter))
    placed = {spot.pk: spot for spot in spots}
    things = [_of_thing(spot) for spot in spots if spot.member_id is None and spot.removed_at is None]
    # As one reads the picture: from above, then from the left.
    figures = sorted(things, key=lambda thing: (thing.at.y, thing.at.x, str(thing.pk))) + _of_members(
        members, placed, _order(matter)
    )
    return Drawing(
        figures, _tied(figures, Tie.objects.visible_to(actor).filter(matter=matter)),
        # For the people the query leaves these out: they see the circle as it was agreed.
        removed=[_of_thing(spot) for spot in spots if spot.removed_at is not None],
    )  # fmt: skip


def _of_thing(spot: Spot) -> Figure:
    return Figure(
        pk=spot.pk, name=spot.name, what=spot.note, side="", kind=str(Thing(spot.kind).label),
        at=Point(spot.x or 0, spot.y or 0), version=spot.version,
    )  # fmt: skip


def _order(matter: Matter) -> dict[UUID, int]:
    """Which of their side each member is, those counted whom a reader does not see: all see the same places."""
    met: Counter[str] = Counter()
    order = {}
    for pk, side in Member.objects.filter(matter=matter).values_list("pk", "side"):
        order[pk] = met[side]
        met[side] += 1
    return order


def _of_members(members: Iterable[Member], placed: dict[UUID, Spot], order: dict[UUID, int]) -> list[Figure]:
    """Everybody has a place: their own, or the next one of their side."""
    figures = []
    for member in members:
        spot = placed.get(member.pk)
        at = default_place(member.side, order[member.pk])
        if spot is not None and spot.x is not None and spot.y is not None:
            at = Point(spot.x, spot.y)
        figures.append(
            Figure(
                pk=member.pk,
                name=member.name,
                what=member.relation,
                side=member.side,
                kind=str(Side(member.side).label),
                at=at,
                version=spot.version if spot else 0,
                thread=member.thread,
                is_agreed=member.may_be_invited,
            )
        )
    return figures


def _tied(figures: list[Figure], ties: Iterable[Tie]) -> list[dict[str, Any]]:
    """Let each figure know those it is tied to; the paths of the picture."""
    known = {figure.pk: figure for figure in figures}
    threads = []
    for tie in ties:
        first, second = known.get(tie.one_id), known.get(tie.other_id)
        if first is not None and second is not None:
            first.ties.append(second)
            second.ties.append(first)
            threads.append({"one": first.pk, "other": second.pk, "path": thread(first.at, second.at)})
    return threads


def wrapped(text: str) -> list[str]:
    """Whole words in a few rows; what does not fit ends in three dots."""
    rows = wrap(text, LONGEST_ROW, max_lines=MOST_ROWS, placeholder="…", break_long_words=False, break_on_hyphens=False)
    return [row if len(row) <= LONGEST_WORD else f"{row[: LONGEST_WORD - 1]}…" for row in rows]
