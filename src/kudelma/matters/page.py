"""What lists and pages of matters read of rooms below together with the matters: handed up by those rooms."""

from dataclasses import dataclass

from kudelma.core.handed import HandedUp


@dataclass(frozen=True)
class Joined:
    """listed: relations that a list of matters joins, and `fields` what it reads of them. shown: those of a page."""

    listed: tuple[str, ...]
    fields: tuple[str, ...]
    shown: tuple[str, ...]


JOINED: HandedUp[Joined] = HandedUp()
