"""What a child says on their own page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChildSaid:
    """The child's own part. pictures: their names, one space between; drawing: as `ChildPage` keeps it."""

    beside: str
    wish: str
    turn: str
    words: str
    pictures: str
    drawing: str
    leave_sign: str
    leave_with: str
    shown_to: str
