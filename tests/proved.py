"""`docs/proved.md`: what `make prove` has shown, of which tree, on which day; and how old that is by now.

A part that was not run keeps its line, with the tree and the day that it was run for.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

HOUSE = Path(__file__).parent.parent
PAGE = "docs/proved.md"
PARTS = ("pages", "ways", "trust", "mutants")
HEAD = """\
# What was proved

Written by `make prove`; [decision 14](decisions/0014-what-runs-when.md) says what each part is. `tree` is what git
calls the tracked files without this page: `python -m tests.proved` prints it for the tree at hand.

| part | tree | day | figures |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Proof:
    """tree: the hash of the files that were proved; figures: what came out, in a few words."""

    part: str
    tree: str
    day: date
    figures: str


def tree(house: Path = HOUSE) -> str:
    """The hash of the tracked files as they are now, without the page itself.

    Made in an index and an object store that are thrown away: looking changes nothing in the repository.
    """
    with TemporaryDirectory(prefix="kudelma-tree-") as folder:
        index, objects = Path(folder) / "index", Path(folder) / "objects"
        objects.mkdir()
        shutil.copy(_git(house, "rev-parse", "--path-format=absolute", "--git-path", "index"), index)
        apart = {
            "GIT_INDEX_FILE": str(index),
            "GIT_OBJECT_DIRECTORY": str(objects),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _git(
                house, "rev-parse", "--path-format=absolute", "--git-path", "objects"
            ),
        }
        _git(house, "add", "--update", **apart)
        _git(house, "rm", "--cached", "--quiet", "--ignore-unmatch", PAGE, **apart)
        return _git(house, "write-tree", **apart)


def read(page: str) -> dict[str, Proof]:
    """{part: the last proof of it}"""
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    return {part: Proof(part, of, date.fromisoformat(day), figures) for part, of, day, figures in rows[2:]}


def written(proofs: dict[str, Proof]) -> str:
    """The page with a line for each part that was ever run, in the order of the parts."""
    known = [proofs[part] for part in PARTS if part in proofs]
    return HEAD + "".join(
        f"| {proof.part} | {proof.tree} | {proof.day.isoformat()} | {_on_a_line(proof.figures)} |\n" for proof in known
    )


def write(proof: Proof, house: Path = HOUSE) -> None:
    page = house / PAGE
    proofs = read(page.read_text(encoding="utf-8")) if page.exists() else {}
    page.write_text(written(proofs | {proof.part: proof}), encoding="utf-8")


def ages(proofs: dict[str, Proof], now: str, today: date) -> Iterator[str]:
    """How old each part's proof is: it informs, and fails nobody."""
    for part in PARTS:
        if part not in proofs:
            yield f"{part}: never proved"
            continue
        days = (today - proofs[part].day).days
        of = "this tree" if proofs[part].tree == now else "another tree"
        yield f"{part}: {of}, {days} {'day' if days == 1 else 'days'} ago: {proofs[part].figures}"


def report(house: Path = HOUSE) -> list[str]:
    """The ages of this house's proofs. Where git is missing, its tree is nobody's."""
    page = house / PAGE
    try:
        now = tree(house)
    except (OSError, subprocess.CalledProcessError):
        now = ""
    return list(ages(read(page.read_text(encoding="utf-8")) if page.exists() else {}, now, date.today()))  # noqa: DTZ011


def _on_a_line(figures: str) -> str:
    return " ".join(figures.replace("|", "/").split())


def _git(house: Path, *words: str, **environment: str) -> str:
    answer = subprocess.run(
        ["git", *words], cwd=house, env=os.environ | environment, check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()


if __name__ == "__main__":
    print(tree())
