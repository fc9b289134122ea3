"""What is kept of a run, so that the next one goes on where it ended: verdicts, and which test runs which statement.

Kept in a folder that git does not see, under a key of all sources and tests: whatever changes, all is asked anew. The
list of changes that make no difference stands beside this file, each with its reason.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .targets import HERE, SOURCE, TESTS

FOLDER = HERE / ".cache" / "mutants"
EQUIVALENT = Path(__file__).parent / "equivalent.txt"


@dataclass(frozen=True)
class Verdict:
    """outcome: killed, survived or timed out. by: the test that noticed. asked: how many tests were asked."""

    name: str
    outcome: str
    by: str = ""
    asked: int = 0
    key: str = ""

    @property
    def is_killed(self) -> bool:
        return self.outcome != "survived"


class Kept:
    """key: of the state that is judged now."""

    def __init__(self, key: str, folder: Path = FOLDER) -> None:
        self.key, self.folder = key, folder
        self.folder.mkdir(parents=True, exist_ok=True)

    def verdicts(self, *, also_older: bool = False) -> dict[str, Verdict]:
        """{change: its verdict} of this state; also_older: of earlier states too, where this one has none yet."""
        found: dict[str, Verdict] = {}
        path = self.folder / "verdicts.jsonl"
        for line in path.read_text().splitlines() if path.exists() else []:
            verdict = Verdict(**json.loads(line))
            if verdict.key == self.key or (also_older and getattr(found.get(verdict.name), "key", "") != self.key):
                found[verdict.name] = verdict
        return found

    def add(self, verdict: Verdict) -> None:
        with (self.folder / "verdicts.jsonl").open("a") as out:
            out.write(json.dumps(asdict(verdict) | {"key": self.key}, ensure_ascii=False) + "\n")

    def measured(self) -> dict[str, Any]:
        """{test: its seconds, marks, and whether it failed}, as far as this state has been measured."""
        path = self.folder / "measured.json"
        told = json.loads(path.read_text()) if path.exists() else {}
        return told["tests"] if told.get("key") == self.key else {}

    def keep_measured(self, tests: dict[str, Any]) -> None:
        """One that failed is asked again: the fault may have been the runner's, which the key does not cover."""
        passed = {name: told for name, told in tests.items() if not told[2]}
        (self.folder / "measured.json").write_text(json.dumps({"key": self.key, "tests": passed}))


def key_of(paths: Iterable[Path]) -> str:
    """One hash of what stands in these files, and of their names."""
    told = hashlib.sha256()
    for path in sorted(paths):
        told.update(str(path.relative_to(HERE) if path.is_relative_to(HERE) else path.name).encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:16]


def sources() -> list[Path]:
    """Everything on which a verdict may depend: the product, and all tests but those that judge nothing here."""
    product = [path for path in SOURCE.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".mo"}]
    apart = {"journeys", "mutants", "consistency", "doors"}
    tests = [path for path in TESTS.rglob("*.py") if path.relative_to(TESTS).parts[0] not in apart]
    return product + tests


def equivalent(path: Path = EQUIVALENT) -> dict[str, str]:
    """{change that makes no difference: the reason}. A reason stands below its change, set in."""
    found: dict[str, str] = {}
    name = ""
    for line in path.read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            found[name] = f"{found[name]} {line.strip()}".strip()
        else:
            name = line.strip()
            found[name] = ""
    return found
