"""What a run of the tests does, in numbers that no machine changes, each with its bound.

Times differ from machine to machine, so a time can hold nothing; a count can. Every process of a run adds to a file of
its own in one folder, which `tests/everything.py` names in the environment, sums up and prints. Without it nothing is
counted: a single test at one's desk writes no file.
"""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

FOLDER = "TESTS_COUNTS_FOLDER"


@dataclass(frozen=True)
class Bound:
    """most: what one whole `make test` may reach; why: what would make it grow, and what to do then."""

    most: int
    why: str


# A bound stands a little above what was measured. Whoever has to raise it says in the commit which proof needs it.
BOUNDS = {
    "pages drawn": Bound(1_600, "a page is drawn when its skeleton is new; seats and languages alone draw nothing"),
    "axe looks": Bound(680, "axe looks once at each skeleton and colour scheme"),
    "server starts": Bound(12, "a process of the run starts a server once and shares it"),
    "rows scanned by snapshots": Bound(100_000, "a walk is recognised by what was written before it, not by reading"),
}


def add(name: str, number: int = 1) -> None:
    """Adds to the sum of the run. A name without a bound is refused, counted or not."""
    if name not in BOUNDS:
        raise KeyError(f"{name!r} has no bound in tests/counts.py")
    if folder := os.environ.get(FOLDER):
        # The workers of a run write at the same time: a file for each needs no lock.
        with (Path(folder) / f"{os.getpid()}.counts").open("a", encoding="utf-8") as file:
            file.write(f"{number}\t{name}\n")


def sums(folder: Path) -> dict[str, int]:
    """{name: sum over every process so far}, in the order of the bounds."""
    counted: Counter[str] = Counter()
    for path in folder.glob("*.counts"):
        for line in path.read_text(encoding="utf-8").splitlines():
            number, name = line.split("\t", 1)
            counted[name] += int(number)
    return {name: counted[name] for name in BOUNDS}


def lines(counted: dict[str, int]) -> list[str]:
    """What is printed: sum, bound, name, and the reason of a bound that did not hold."""
    return [_line(name, number, BOUNDS[name]) for name, number in counted.items()]


def above(counted: dict[str, int]) -> list[str]:
    """The names whose sum is above its bound: the run fails when it is not empty."""
    return [name for name, number in counted.items() if number > BOUNDS[name].most]


def _line(name: str, number: int, bound: Bound) -> str:
    reason = f" ({bound.why})" if number > bound.most else ""
    return f"{'FAIL' if reason else 'ok  '} {name}: {number} of at most {bound.most}{reason}"
