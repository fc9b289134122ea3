"""Where things stand on the circle: a room of 1000 × 1000 with everyday life in its middle. Plain numbers only.

`circle-geometry.js` computes `clamped` and `thread` the same way; a test holds the two together.
"""

from collections.abc import Iterable
from functools import cache
from math import atan2, cos, floor, hypot, sin, tau
from typing import NamedTuple

from django.db import models
from django.utils.translation import pgettext_lazy

CENTRE, EDGE, ROOM = 500, 40, 1000
SHAPE = 54
"""How far apart two shapes stand at least, where the room has a say in it."""


class Ring(models.TextChoices):
    """How far from the middle somebody stands. Everyday life is the middle, never a person."""

    EVERYDAY = "everyday", pgettext_lazy("ring", "everyday life")
    PEOPLE = "people", pgettext_lazy("ring", "the people of everyday life")
    CLOSE = "close", pgettext_lazy("ring", "close people")
    SERVICES = "services", pgettext_lazy("ring", "services")


RADIUS = {Ring.EVERYDAY: 100, Ring.PEOPLE: 190, Ring.CLOSE: 310, Ring.SERVICES: 440}
BOUNDS = [(150, Ring.EVERYDAY), (250, Ring.PEOPLE), (375, Ring.CLOSE)]
"""Up to which distance each ring reaches."""


class Direction(models.TextChoices):
    """A step that needs no picture."""

    NEARER = "nearer", pgettext_lazy("step", "Nearer the middle")
    FARTHER = "farther", pgettext_lazy("step", "Farther out")
    CLOCKWISE = "clockwise", pgettext_lazy("step", "Clockwise")
    ANTICLOCKWISE = "anticlockwise", pgettext_lazy("step", "Anticlockwise")


class Point(NamedTuple):
    x: int
    y: int


def rounded(value: float) -> int:
    """Halves go up, as Math.round does; Python's own `round` takes them to the even number."""
    return floor(value + 0.5)


def clamped(x: float, y: float) -> Point:
    """The nearest place inside the room."""
    low, high = EDGE, ROOM - EDGE
    return Point(min(max(rounded(x), low), high), min(max(rounded(y), low), high))


def ring_of(x: int, y: int) -> Ring:
    away = hypot(x - CENTRE, y - CENTRE)
    return next((ring for bound, ring in BOUNDS if away <= bound), Ring.SERVICES)


def thread(first: Point, second: Point) -> str:
    """The path of a tie: a thread that bends a little towards the middle."""
    x, y = (first.x + second.x) / 2, (first.y + second.y) / 2
    bend = Point(rounded(x + (CENTRE - x) / 4), rounded(y + (CENTRE - y) / 4))
    return f"M{first.x} {first.y}Q{bend.x} {bend.y} {second.x} {second.y}"


# ---------------------------------------------------------------- where somebody stands who was not placed yet

TRACKS = {
    "own": [(190, 6, 0.5), (190, 6, 0.0), (247, 28, 0.25)],
    "close": [(310, 12, 0.5), (310, 12, 0.0), (370, 20, 0.0)],
    "professional": [(440, 14, 0.5), (440, 14, 0.0), (380, 20, 0.5)],
}
"""Each side's places, as (radius, how many, turned by which part of a step). Names do not meet on the first
track of each; shapes do not meet on any."""


def default_place(side: str, index: int) -> Point:
    """The place of the `index`-th of a side. It never changes when more people come."""
    places = _places(side)
    return places[index % len(places)]


@cache
def _places(side: str) -> list[Point]:
    return [
        _at(radius, (step + turned) / number)
        for radius, number, turned in TRACKS[side]
        for step in _spread_order(number)
    ]


def _spread_order(number: int) -> list[int]:
    """Steps around a ring so that a few are spread as evenly as many: each as far as can be from those before."""
    order, left = [number - 1], set(range(number - 1))
    while left:
        order.append(max(sorted(left), key=lambda step: min(_steps_between(step, taken, number) for taken in order)))
        left.remove(order[-1])
    return order


def _steps_between(first: int, second: int, number: int) -> int:
    return min((first - second) % number, (second - first) % number)


def _at(radius: float, turn: float) -> Point:
    """turn: part of the whole round, from the top clockwise."""
    return clamped(CENTRE + radius * sin(turn * tau), CENTRE - radius * cos(turn * tau))


MIDDLE = [Point(CENTRE + x, CENTRE + y) for x, y in (
    (0, -110), (-78, 0), (78, 0), (0, 110), (-78, -55), (78, -55), (-78, 55), (78, 55), (0, 0), (0, -55), (0, 55),
)]  # fmt: skip


def free_place(taken: Iterable[Point]) -> Point:
    """Where in the middle a new thing of everyday life stands: the first free place, otherwise the freest."""
    others = list(taken)
    # Words are wider than high: side by side they need more room than one above the other.
    free = [at for at in MIDDLE if all(abs(at.x - other.x) > 140 or abs(at.y - other.y) > 50 for other in others)]
    if free:
        return free[0]
    return max(MIDDLE, key=lambda at: min(hypot(at.x - other.x, at.y - other.y) for other in others))


# ---------------------------------------------------------------- a step without a picture


def stepped(at: Point, way: str, taken: Iterable[Point]) -> Point:
    """The place one step away, and on from there until no other shape is in the way.

    Nearer and farther go to the next ring, the others a sixth of a right angle along it.
    """
    away = hypot(at.x - CENTRE, at.y - CENTRE)
    turn = atan2(at.x - CENTRE, CENTRE - at.y) / tau
    others = list(taken)
    if way in {Direction.NEARER, Direction.FARTHER}:
        away = _next_radius(away, inwards=way == Direction.NEARER)
        tries = [turn + sign * step / 48 for step in range(24) for sign in (1, -1)]
    else:
        sign = 1 if way == Direction.CLOCKWISE else -1
        tries = [turn + sign * step / 48 for step in range(2, 48)]
    places = [_at(away, turned) for turned in tries]
    return next((place for place in places if _is_free(place, others)), places[0])


def _next_radius(away: float, *, inwards: bool) -> float:
    """The next ring; whoever stands on the innermost or outermost one stays on it."""
    # Two to spare below: a place is rounded to whole numbers, and may stand a little off its ring.
    radii = list(RADIUS.values())
    if inwards:
        return max((radius for radius in radii if radius < away - 2), default=min(away, radii[0]))
    return min((radius for radius in radii if radius > away + 2), default=max(away, radii[-1]))


def _is_free(place: Point, others: list[Point]) -> bool:
    return all(hypot(place.x - other.x, place.y - other.y) >= SHAPE for other in others)
