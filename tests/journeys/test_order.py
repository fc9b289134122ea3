"""Whatever the order, every test is in it once."""

import pytest

from journeys.order import in_order


class Collected:
    """Of a collected test, what the order looks at."""

    def __init__(self, *marks, fixtures=()):
        self.marks, self.fixturenames = marks, fixtures

    def get_closest_marker(self, name):
        return name in self.marks


OTHER, LONG, LONGER = Collected(), Collected("browser", "long"), Collected("browser", "long", fixtures=("demo",))
DEMO, HOUSE, STAGE = Collected("browser", fixtures=("demo",)), Collected("browser"), Collected("browser")


@pytest.mark.parametrize(
    ("items", "ordered"),
    [
        ([DEMO, LONG, OTHER, HOUSE, LONGER, STAGE], [OTHER, LONG, HOUSE, LONGER, STAGE, DEMO]),
        ([LONG, LONGER, HOUSE], [LONG, HOUSE, LONGER]),
        ([DEMO, HOUSE, OTHER], [OTHER, HOUSE, DEMO]),
        ([], []),
    ],
    ids=["all kinds", "more long ones than short ones", "none is long", "nothing"],
)
def test_the_long_ones_begin_each_with_a_short_one_and_the_demo_comes_last(items, ordered):
    assert in_order(items) == ordered
