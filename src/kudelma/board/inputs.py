"""What the actions of a board are given."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LineSaid:
    """What a voice said, in its own words."""

    text: str
