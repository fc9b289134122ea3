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
