"""What lists and pages of matters join of rooms below, in the question that reads the matters: handed up by them."""

from dataclasses import dataclass

from kudelma.core.handed import HandedUp


@dataclass(frozen=True)
class Joined:
    """listed: relations that a list of matters joins, and `fields` what it reads of them. shown: those of a page."""

    listed: tuple[str, ...]
    fields: tuple[str, ...]
    shown: tuple[str, ...]


JOINED: HandedUp[Joined] = HandedUp()
