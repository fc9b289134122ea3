"""What the tests walk most often, walked once before all judging. Only `python -m tests.mutants` runs it."""

import pytest

STEPS = [
    "ordered",
    "pairing",
    "preparing",
    "timing",
    "inviting",
    "invited",
    "meeting",
    "planning",
    "following",
    "closed",
]


@pytest.mark.parametrize("step", STEPS)
def test_the_walk_to_each_step(cast, step):
    assert cast.to(step).fresh().step == step
