"""Which tests a part of a run takes, and how a part is started: `tests/everything.py` and `tests/prove.py` share it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

Start = Callable[[str, Path], list[str]]
"""From the expression that chooses tests and the file for what came out: the command that runs them."""

HOUSE = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

# What each run of `make test` takes.
WITHOUT_BROWSERS = "not browser and not prove"
IN_THE_BROWSER = "browser and not prove"

# What `make prove` takes: nothing is left out of both.
PAGES = "prove(part='pages')"
WAYS = "prove(part='ways')"
TRUST = "prove(part='trust')"
TRUST_ON_POSTGRESQL = f"not browser and (not prove or {TRUST})"


def python(*words: str | Path) -> list[str]:
    return [str(word) for word in (sys.executable, *words)]


def suite(chosen: str, report: Path) -> list[str]:
    """The tests that the expression chooses, on both cores; what came out is written to `report`."""
    return python("-m", "pytest", "-n", "2", "--dist", "worksteal", f"--junit-xml={report}", "-m", chosen)


def journeys(chosen: str, report: Path) -> list[str]:
    """The same of the journeys, one after the other as a process is free: the long ones stand first."""
    how = ("-n", "2", "--dist", "load", "--maxschedchunk", "1")
    return python("-m", "pytest", "tests/journeys", *how, f"--junit-xml={report}", "-m", chosen)


def clean_environment(**settings: str) -> dict[str, str]:
    """No setting of whoever runs the tests reaches them.

    Also not the one that forbids Python to keep what it compiled: every process of the run would compile the house and
    its tests anew, which takes each of them longer than all else that it does before the first test.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("KUDELMA_")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own | settings
