"""Judges all changes, or those of some files, and tells what came out; ends with 0 when enough were noticed."""

import argparse
import sys
import time

from .figures import Figures
from .kept import Kept, equivalent, key_of, sources
from .runner import MOST_SECONDS, SEED, Run, judge
from .targets import targets


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    kept = Kept(key_of(sources()))
    known = kept.verdicts()
    if options.survivors:
        older = kept.verdicts(also_older=True)
        known = {name: verdict for name, verdict in older.items() if verdict.is_killed}
    until = time.monotonic() + options.minutes * 60
    run = Run(
        targets(), _chosen(options.files), kept, until=until, gone=known, seed=options.seed, seconds=options.seconds
    )
    if run.order:
        try:
            judge(run)
        except KeyboardInterrupt:
            print("stopped; the next run goes on from here", flush=True)
    figures = run.figures(equivalent())
    print("\n".join(figures.told()), flush=True)
    return _code(figures)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help="such as matters/rules.py; without any, all")
    parser.add_argument("--minutes", type=float, default=24 * 60, help="begin no further change after so long")
    parser.add_argument(
        "--seconds", type=float, default=MOST_SECONDS, help="how long tests are asked about one change, at most"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="the order in which changes are judged")
    parser.add_argument(
        "--survivors", action="store_true", help="while writing tests: take for granted what was killed before"
    )
    return parser.parse_args(arguments)


def _chosen(files: list[str]) -> list[str]:
    known = [target.file for target in targets()]
    unknown = [file for file in files if file not in known]
    if unknown:
        raise SystemExit(f"no such file is judged: {', '.join(unknown)}. There are {', '.join(known)}.")
    return files or known


def _code(figures: Figures) -> int:
    """0: enough. 1: too few were noticed. 2: it is not finished."""
    if figures.unjudged:
        return 2
    return 0 if figures.is_enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
