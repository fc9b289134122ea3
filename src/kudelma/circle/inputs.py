"""What is drawn on the circle."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ThingNamed:
    """What a thing of everyday life is called, and what happens there."""

    name: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class NewThing(ThingNamed):
    """A day, a place or a thing of everyday life."""

    kind: str


@dataclass(frozen=True)
class SpotMoved:
    """A step some way, or a place in the room of the picture. version: of the spot, as it was seen."""

    way: str
    x: int | None
    y: int | None
    version: int
