"""`make prove PART=…`: what is too long for every run. What came out is written to its page, failures too.

pages     every page as every seat, looked at by axe and measured for width
ways      the long ways of a matter, in a real browser
trust     the whole suite without browsers on PostgreSQL, and what looks at trust at length, on both databases
mutants   the source changed at one point after another: whether a test notices

Each part has an hour. What takes longer is stopped, and is not proved.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

from tests import parts, proved, results
from tests.postgres import postgres

MOST_SECONDS = 60 * 60
TO_END_IN_SECONDS = 60
NO_TEST_CHOSEN = 5


class Proving:
    """A part while it is proved. troubles: why it does not hold; figures: what came out, piece by piece."""

    def __init__(self, folder: Path, seconds: float = MOST_SECONDS) -> None:
        self.folder = folder
        self.began = time.monotonic()
        self.seconds = seconds
        self.troubles: list[str] = []
        self.figures: list[str] = []

    def tests(self, where: str, chosen: str, start: parts.Start = parts.suite, **settings: str) -> None:
        report = self.folder / f"{len(self.figures)}.xml"
        code, _ = self.run(start(chosen, report), **settings)
        if code == NO_TEST_CHOSEN:
            return
        ends = results.ends(results.read(report)) if report.exists() else "no report"
        self._came_out(code, f"{where}: {ends}")

    def program(self, *words: str) -> None:
        """A program of its own; the last line that it prints is its figures."""
        code, output = self.run(parts.python(*words))
        self._came_out(code, output.strip().rpartition("\n")[2])

    def run(self, command: list[str], **settings: str) -> tuple[int, str]:
        """(exit code, what it printed). It is ended when the hour of its part is over."""
        process = subprocess.Popen(
            command, cwd=parts.HOUSE, env=parts.clean_environment(**settings), text=True, bufsize=1,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        # Interrupted first, for then pytest takes its servers and browsers with it.
        left = max(0.0, self.seconds - (time.monotonic() - self.began))
        timers = [
            Timer(left, self._stop, [process, signal.SIGINT]),
            Timer(left + TO_END_IN_SECONDS, self._stop, [process, signal.SIGKILL]),
        ]
        for timer in timers:
            timer.start()
        try:
            with process:
                return self._listen(process)
        finally:
            for timer in timers:
                timer.cancel()

    def minutes(self) -> str:
        return f"{(time.monotonic() - self.began) / 60:.0f} min"

    def _came_out(self, code: int, figures: str) -> None:
        self.figures.append(figures)
        if code:
            self.troubles.append(f"exit code {code}")

    def _stop(self, process: subprocess.Popen[str], how: signal.Signals) -> None:
        if how == signal.SIGINT:
            self.troubles.append(f"stopped after {self.seconds / 60:.0f} min")
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)

    def _listen(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        assert process.stdout
        printed = []
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                printed.append(line)
        except KeyboardInterrupt:  # whoever sits at the desk has enough of it
            self._stop(process, signal.SIGINT)
            raise
        return process.wait(), "".join(printed)


def pages(proving: Proving) -> None:
    proving.tests("pages", parts.PAGES, parts.journeys)


def ways(proving: Proving) -> None:
    proving.tests("ways", parts.WAYS, parts.journeys)


def trust(proving: Proving) -> None:
    with postgres() as settings:
        proving.tests("PostgreSQL", parts.TRUST_ON_POSTGRESQL, **settings)
    proving.tests("SQLite", parts.TRUST)


def mutants(proving: Proving) -> None:
    """Begins no further change when its hour is nearly over; the next run goes on from there."""
    proving.program("-m", "tests.mutants", "--minutes", str(MOST_SECONDS // 60 - 5))


PARTS: dict[str, Callable[[Proving], None]] = {"pages": pages, "ways": ways, "trust": trust, "mutants": mutants}


def prove(part: str, house: Path = parts.HOUSE) -> bool:
    """Proves a part and writes its line. Whether it holds."""
    tree = proved.tree(house)
    with TemporaryDirectory(prefix="kudelma-prove-") as folder:
        proving = Proving(Path(folder))
        PARTS[part](proving)
    if not proving.figures:
        proving.troubles.append("nothing was run")
    if proved.tree(house) != tree:
        proving.troubles.append("the files changed while it ran")
    words = [f"FAILED ({', '.join(proving.troubles)})"] if proving.troubles else []
    figures = "; ".join([*words, *proving.figures, proving.minutes()])
    proved.write(proved.Proof(part, tree, date.today(), figures), house)  # noqa: DTZ011  the day at this desk
    print(f"{part}: {figures}", flush=True)
    return not proving.troubles


def main(chosen: list[str]) -> int:
    unknown = set(chosen) - set(PARTS)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    held = [prove(part) for part in chosen or PARTS]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
