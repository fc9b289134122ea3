"""What the ledger keeps of a move so that it can be taken back and done again. Plain values; no table.

Coordinates and words alike are sealed: words that were changed are still their words.
"""

import json
from dataclasses import dataclass

from django.db import models

from kudelma.circle.inputs import ThingNamed

Place = tuple[int, int]


class MoveKind(models.TextChoices):
    """What an operation did to the circle."""

    PLACED = "spot.place"
    MOVED = "spot.move"
    NAMED = "spot.name"
    REMOVED = "spot.remove"
    TIED = "tie.draw"
    UNTIED = "tie.remove"


@dataclass(frozen=True)
class Step:
    """From one place to another. before: None for who had not been placed. is_alone: nobody had moved it meanwhile."""

    before: Place | None
    after: Place
    is_alone: bool

    def payload(self) -> str:
        return json.dumps([self.before, self.after, self.is_alone])

    @classmethod
    def read(cls, payload: str) -> "Step":
        before, after, is_alone = json.loads(payload)
        return cls(tuple(before) if before else None, tuple(after), is_alone)


@dataclass(frozen=True)
class Renaming:
    """From one name and note to others."""

    before: ThingNamed
    after: ThingNamed

    def payload(self) -> str:
        words = [[named.name, named.note] for named in (self.before, self.after)]
        return json.dumps(words, ensure_ascii=False)

    @classmethod
    def read(cls, payload: str) -> "Renaming":
        before, after = json.loads(payload)
        return cls(ThingNamed(*before), ThingNamed(*after))


LEFT = "left"
"""What undoing keeps that found the work of others, and left it as it was."""
