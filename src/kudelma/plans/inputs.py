"""What the actions of a plan are given."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowSaid:
    """What one person says they do. read: they have heard or read it as it is written, and accept it."""

    what: str
    with_whom: str = ""
    by_when: str = ""
    read: bool = False


@dataclass(frozen=True)
class Onwards:
    """Whom to ask afterwards, and when people look at how it goes."""

    responsible: str
    follow_up: str
