"""The way of a matter, step by step, by actions."""

import pytest

from kudelma.matters.models import Step


@pytest.mark.parametrize("step", [step for step in Step if step != Step.CONSULTING])
def test_the_way_can_be_walked_to_each_step(cast, step):
    cast.to(step)

    assert cast.matter.step == step
