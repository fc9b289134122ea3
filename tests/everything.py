"""Everything that `make test` runs, in order: style, types, catalogues, and the suite on both databases.

Prints how long each part took, the slowest tests, the counts with their bounds, and how old the longer proofs are.
Ends at the first part that fails, with its exit code; a count above its bound fails at the end.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import counts, parts, proved, results, statements
from tests.postgres import postgres

CODE = ("src", "tests", "benchmarks")


class Run:
    """One run of everything: what its parts leave behind lies in `folder` until it has been told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, list[results.Case]] = {}

    def part(self, name: str, *command: str | Path, **settings: str) -> None:
        began = time.monotonic()
        environment = parts.clean_environment(**{counts.FOLDER: str(self.folder)}, **settings)
        code = subprocess.run([str(word) for word in command], cwd=parts.HOUSE, env=environment, check=False).returncode
        print(f"{'FAIL' if code else 'ok  '} {name}: {time.monotonic() - began:.0f} s", flush=True)
        if code:
            sys.exit(code)

    def suite(self, name: str, chosen: str, start: parts.Start = parts.suite, **settings: str) -> None:
        report = self.folder / f"{len(self.tests)}.xml"
        self.part(name, *start(chosen, report), **settings)
        self.tests[name] = results.read(report)

    def choose(self) -> str:
        """Writes to a file, whose name is given, which tests together send every piece of a statement."""
        asked = list(statements.read(self.folder))
        chosen = statements.covering(asked)
        sent, all_sent = (len(statements.pieces_sent(tests)) for tests in (chosen, asked))
        print(f"     {len(chosen)} of {len(asked)} tests send {sent} of {all_sent} pieces of statements", flush=True)
        file = self.folder / "chosen.json"
        file.write_text(json.dumps([test.test for test in chosen]), encoding="utf-8")
        return str(file)

    def end(self) -> None:
        """Prints what the parts left behind."""
        counted = counts.sums(self.folder)
        print("\nThe slowest tests:", *results.slowest(self.tests), sep="\n")
        print("\nCounts:", *counts.lines(counted), sep="\n")
        print("\nProved by `make prove`, which this run is not:", *proved.report(), sep="\n", flush=True)
        if counts.above(counted):
            sys.exit(1)


def main(fast: bool) -> None:
    with TemporaryDirectory(prefix="kudelma-run-") as folder:
        run = Run(Path(folder))
        run.part("style", parts.BIN / "ruff", "check", "--quiet", *CODE)
        run.part("format", parts.BIN / "ruff", "format", "--quiet", "--check", *CODE)
        run.part("types", *parts.python("-m", "tests.types_checked"))
        run.suite("suite on SQLite, without browsers", parts.WITHOUT_BROWSERS, **{statements.NOTES: folder})
        if not fast:
            with postgres() as settings:
                chosen = {statements.CHOSEN: run.choose()}
                run.suite("what PostgreSQL may answer otherwise", parts.WITHOUT_BROWSERS, **settings, **chosen)
            run.suite("journeys in the browser, on both databases", parts.IN_THE_BROWSER, parts.journeys)
        run.end()


if __name__ == "__main__":
    main(fast="--fast" in sys.argv)
