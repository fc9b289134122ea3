"""One figure, and the one line in which it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What was measured, and the bound of docs that it is held to. bound: such as "<=25" or ">=30"."""

    name: str
    value: float
    unit: str
    bound: str

    @property
    def is_ok(self) -> bool:
        limit = float(self.bound[2:])
        return self.value >= limit if self.bound.startswith(">=") else self.value <= limit

    def __str__(self) -> str:
        value = f"{self.value:.1f}" if isinstance(self.value, float) else str(self.value)
        return f"figure {self.name} {value} {self.unit} held-to {self.bound} {'ok' if self.is_ok else 'short'}"


Figures = Iterator[Figure]


def orientation(*words: Any) -> None:
    """A line that belongs to no bound: what a figure is made of."""
    print("#", *words, flush=True)
