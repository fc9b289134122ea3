"""`python -m benchmarks [NAME] [--quick]`: measures and prints one line a figure.

A figure that falls short is shown; the exit code tells only whether everything could be measured.
"""

import argparse

from benchmarks import first_page, listing, paper, queries, start, streams
from benchmarks.data import Data

FIGURES = {
    "list-ratio": listing.ratio,
    "list-p50": listing.alone,
    "queries": queries.most,
    "first-page": first_page.weight,
    "paper-three-pages": paper.three_pages,
    "streams": streams.streams,
    "start-warm": start.warm,
    "start-fresh": start.fresh,
}
ONLY_WHEN_ASKED = {"start-fresh"}  # it needs the package registry


def main() -> None:
    asked = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    asked.add_argument("name", nargs="?", default="", help=f"one of: {', '.join(FIGURES)}; or how some begin")
    asked.add_argument("--quick", action="store_true", help="shorter rounds: 3 s, median of 3")
    given = asked.parse_args()
    chosen = [name for name in FIGURES if _is_meant(name, given.name)]
    if not chosen:
        asked.error(f"there is no figure {given.name}")
    data = Data()
    try:
        for name in chosen:
            for figure in FIGURES[name](data, quick=given.quick):
                print(figure, flush=True)
    finally:
        data.remove()


def _is_meant(name: str, asked: str) -> bool:
    if name in ONLY_WHEN_ASKED or not asked:
        return asked == name or (not asked and name not in ONLY_WHEN_ASKED)
    return f"{name}-".startswith(f"{asked}-") or asked.startswith(f"{name}-")


if __name__ == "__main__":
    main()
