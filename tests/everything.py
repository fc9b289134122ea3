"""Everything that `make test` runs, in order: style, types, catalogues, and the suite on both databases.

Prints how long each part took. Ends at the first part that fails, with its exit code.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.postgres import postgres

HERE = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def run(name: str, *command: str | Path, **environment: str) -> None:
    began = time.monotonic()
    told = subprocess.run([str(part) for part in command], cwd=HERE, env={**_clean(), **environment}, check=False)
    print(f"{'ok  ' if told.returncode == 0 else 'FAIL'} {name}: {time.monotonic() - began:.0f} s", flush=True)
    if told.returncode:
        sys.exit(told.returncode)


def suite(name: str, *chosen: str, **environment: str) -> None:
    run(name, BIN / "python", "-m", "pytest", "-n", "2", "--dist", "worksteal", *chosen, **environment)


def main(fast: bool) -> None:
    run("style", BIN / "ruff", "check", "--quiet", "src", "tests", "benchmarks")
    run("format", BIN / "ruff", "format", "--quiet", "--check", "src", "tests", "benchmarks")
    run("types", BIN / "python", "-m", "tests.types_checked")
    suite("suite on SQLite, without browsers", "-m", "not browser")
    if fast:
        return
    with postgres() as settings:
        suite("suite on PostgreSQL, without browsers", "-m", "not browser", **settings)
    suite("journeys in the browser, on both databases", "-m", "browser")


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("KUDELMA_")}


if __name__ == "__main__":
    main(fast="--fast" in sys.argv)
