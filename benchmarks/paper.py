"""Three pages of paper: the plan's own sheet, tagged, with other words every time."""

import io
import random
import statistics
import time
import tomllib
from types import SimpleNamespace
from typing import Any

import pikepdf

from benchmarks.data import Data
from benchmarks.figure import Figure, Figures

RUNS = 20
PAGES = 3
PERSONS = 19
WORDS = 22


def three_pages(data: Data, *, quick: bool) -> Figures:
    data.settings()
    from django.utils import timezone, translation

    from kudelma.plans.sheet import sheet

    words, took = _words(), []
    with translation.override("fi"):
        for _ in range(RUNS):
            plan, people = _plan(words, timezone.now())
            began = time.perf_counter()
            document = sheet(plan, people)
            took.append((time.perf_counter() - began) * 1000)
            _check(document)
    yield Figure("paper-three-pages", statistics.median(took), "ms", "<=100")


def _check(document: bytes) -> None:
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert len(pdf.pages) == PAGES, f"the sheet has {len(pdf.pages)} pages"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def _words() -> list[str]:
    """Every word that the people of the demo have said, so that hyphenation has its usual work."""
    from kudelma.demo.loading import STORY

    matters = [tomllib.loads(file.read_text()) for file in sorted((STORY / "matters").glob("*.toml"))]
    return [word for matter in matters for line in matter.get("line", []) for word in line["text"].split()]


def _plan(words: list[str], now: Any) -> tuple[Any, list[dict[str, Any]]]:
    """A plan as `sheet` reads it, of as many people as fill three pages, said in words drawn anew."""

    def some(n_words: int) -> str:
        return " ".join(random.choices(words, k=n_words))  # noqa: S311  any words will do

    plan: Any = SimpleNamespace(
        meeting=SimpleNamespace(opened_at=now, held_at=now),
        matter=SimpleNamespace(topic=some(6), number="2026-0001"),
        responsible=some(8),
        follow_up=some(8),
    )
    people = [
        {
            "member": SimpleNamespace(name=some(1), relation=some(1), language="fi"),
            "row": SimpleNamespace(what=some(WORDS), with_whom=some(4), by_when=some(3), read=number % 5 > 0),
        }
        for number in range(PERSONS)
    ]
    return plan, people
