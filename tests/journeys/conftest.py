"""One server with the demo for all journeys that one process of the test run makes."""

from collections.abc import Iterator

import pytest

from journeys import demo as demos
from journeys.server import Server


@pytest.fixture(scope="session")
def demo() -> Iterator[Server]:
    with demos.demo() as one:
        yield one
