"""That scripts behind the stage know nothing of each other, and tell when they break."""

import pytest

pytestmark = pytest.mark.browser

WALK = """
import factories
matter = factories.Cast(factories.region()).to("ordered").matter.pk
"""
READ = """
from kudelma.orders.models import Order
answer = [str(matter), Order.objects.get(matter=matter).worry]
"""


def test_a_script_gives_its_answer_and_leaves_no_name(house):
    assert house.backstage.run("answer = left = 2 * number", number=21) == 42
    assert house.backstage.run("answer = 'left' in globals()") is False


def test_a_script_that_breaks_tells_where_and_the_next_one_runs(house):
    with pytest.raises(AssertionError, match="in <module>\nZeroDivisionError"):
        house.backstage.run("answer = 1 / 0")

    assert house.backstage.run("answer = 1") == 1


def test_a_matter_that_one_script_has_opened_is_closed_to_the_next(house):
    matter, worry = house.backstage.run(WALK + READ)

    assert worry == "Olen huolissani aamuista."
    with pytest.raises(AssertionError, match=f"NotRecorded: space {matter} was read"):
        house.backstage.run(READ, matter=matter)
