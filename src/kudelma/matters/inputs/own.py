"""What people tell of themselves before the meeting."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Needs:
    """What helps somebody to take part."""

    interpreter: str = ""
    support: str = ""
    ride: str = ""
    childcare: str = ""
    access: str = ""
    needs: str = ""


@dataclass(frozen=True)
class SafetyTold:
    """What one person told, asked alone."""

    freely: str
    apart: str
    safer: str


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
