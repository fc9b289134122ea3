"""What pytest's report of a run says, read from its JUnit file: how many tests with which end, and which were slow."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True, order=True)
class Case:
    """seconds: with what was made for it and taken away after it; end: passed, failed, error or skipped."""

    seconds: float
    name: str
    end: str


def read(file: Path) -> list[Case]:
    return [_test(case) for case in ElementTree.parse(file).iter("testcase")]  # noqa: S314  pytest wrote it just now


def ends(tests: list[Case]) -> str:
    """`312 passed, 1 failed`"""
    counted = Counter(test.end for test in tests)
    return ", ".join(f"{number} {end}" for end, number in sorted(counted.items(), reverse=True)) or "no test"


def slowest(parts: dict[str, list[Case]], number: int = 20) -> Iterator[str]:
    """A line for each of the slowest tests of a run, slowest first, whatever part it was in."""
    every = sorted(((test, part) for part, tests in parts.items() for test in tests), reverse=True)
    for test, part in every[:number]:
        yield f"{test.seconds:6.1f} s  {test.name}  ({part})"


def _test(case: ElementTree.Element) -> Case:
    troubles = [child.tag for child in case if child.tag in {"failure", "error", "skipped"}]
    end = {"failure": "failed"}.get(troubles[0], troubles[0]) if troubles else "passed"
    place = case.get("classname", "").removeprefix("tests.")
    return Case(float(case.get("time", 0)), f"{place}::{case.get('name')}", end)
