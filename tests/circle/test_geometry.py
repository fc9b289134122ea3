"""Where people stand before anybody has drawn, where a step leads, and that the browser reckons alike."""

from itertools import combinations
from math import hypot
from pathlib import Path

import pytest

import kudelma
from kudelma.circle import geometry
from kudelma.circle.geometry import Direction, Point, Ring

SCRIPT = Path(kudelma.__file__).parent / "matters/static/circle/js/circle-geometry.js"


def test_nobody_stands_in_the_middle_by_themselves():
    """Principle 6: everyday life is the centre, never a person."""
    places = {geometry.default_place(side, index) for side in geometry.TRACKS for index in range(40)}

    assert Ring.EVERYDAY not in {geometry.ring_of(*place) for place in places}
    assert geometry.ring_of(500, 500) == Ring.EVERYDAY


@pytest.mark.parametrize(("side", "ring"), [("own", "people"), ("close", "close"), ("professional", "services")])
def test_a_side_stands_on_its_own_ring_however_many_they_are(side, ring):
    assert {geometry.ring_of(*geometry.default_place(side, index)) for index in range(40)} == {ring}


def test_no_shape_meets_another_before_anybody_has_drawn():
    places = [geometry.default_place(side, index) for side in geometry.TRACKS for index in range(40)]

    assert len(set(places)) == 120
    assert min(hypot(one.x - other.x, one.y - other.y) for one, other in combinations(places, 2)) >= geometry.SHAPE


def test_a_few_are_spread_around_the_ring():
    turns = [Point(*geometry.default_place("professional", index)) for index in range(4)]

    assert all(hypot(one.x - other.x, one.y - other.y) > 400 for one, other in combinations(turns, 2))


def test_things_find_a_free_place_in_the_middle():
    taken = []
    for _ in range(8):
        taken.append(geometry.free_place(taken))

    assert {geometry.ring_of(*place) for place in taken} == {Ring.EVERYDAY}
    assert all(abs(a.x - b.x) > 140 or abs(a.y - b.y) > 50 for a, b in combinations(taken, 2))


@pytest.mark.parametrize(
    ("way", "ring"),
    [(Direction.NEARER, Ring.PEOPLE), (Direction.FARTHER, Ring.SERVICES), (Direction.CLOCKWISE, Ring.CLOSE)],
)
def test_a_step_leads_to_the_next_ring_or_along_the_same(way, ring):
    start = Point(500, 190)

    to = geometry.stepped(start, way, [])

    assert (geometry.ring_of(*to), to == start) == (ring, False)


def test_a_step_does_not_end_on_somebody_else():
    start, taken = Point(500, 190), [geometry.stepped(Point(500, 190), Direction.NEARER, [])]

    to = geometry.stepped(start, Direction.NEARER, taken)

    assert hypot(to.x - taken[0].x, to.y - taken[0].y) >= geometry.SHAPE


def test_clockwise_goes_to_the_right_of_the_top_and_anticlockwise_comes_back():
    there = geometry.stepped(Point(500, 190), Direction.CLOCKWISE, [])

    assert there.x > 500
    assert geometry.stepped(there, Direction.ANTICLOCKWISE, []) == Point(500, 190)
