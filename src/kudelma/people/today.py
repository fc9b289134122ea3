"""What a first page tells its reader: what waits for them, and what is coming. The rooms that know hand it up here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from kudelma.core.handed import HandedUp


@dataclass(frozen=True)
class Waiting:
    """One line of a list: what waits, or what is coming.

    station: 0 when it is not shown how far the matter is. called: what its people call it; empty on the coordinator's
    desk. since: «odottanut 9 päivää», empty when that is told nowhere.
    """

    number: str
    text: str
    detail: str
    station: int
    url: str
    verb: str
    since: str = ""
    is_long: bool = False
    called: str = ""


WAITS: HandedUp[Callable[[Any], list[Waiting]]] = HandedUp()
"""waits(seat): what waits for this seat beside the next steps of its matters, such as an offer to answer."""
COMING: HandedUp[Callable[[Any], list[Waiting]]] = HandedUp()
"""coming(seat): to what this seat goes, the next first. Whoever hands it up records what it opens."""


def waited_since(since: date, today: date | None = None) -> str:
    """«odottanut 9 päivää», or empty for today."""
    days = ((today or timezone.localdate()) - since).days
    if days < 1:
        return ""
    return ngettext("has waited {days} day", "has waited {days} days", days).format(days=days)
