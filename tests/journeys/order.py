"""In which order journeys are made: no process waits for another, and no long one begins when all else is done."""

from itertools import chain, zip_longest
from typing import Any


def in_order(items: list[Any]) -> list[Any]:
    """All of the collected tests. Journeys come last: the long ones first, after each a short one, since a process that
    is free takes two at a time; then those that need not wait until the demo has been made.
    """
    others = [item for item in items if not item.get_closest_marker("browser")]
    journeys = [item for item in items if item.get_closest_marker("browser")]
    long = [item for item in journeys if item.get_closest_marker("long")]
    short = [item for item in journeys if not item.get_closest_marker("long")]
    short.sort(key=lambda item: "demo" in item.fixturenames)
    beside = zip_longest(long, short[: len(long)])
    return [*others, *(item for item in chain.from_iterable(beside) if item), *short[len(long) :]]
