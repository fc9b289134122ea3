"""The meeting that lies ahead of those who are asked to lead it: `meetings` knows it, and hands it up."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from kudelma.core.handed import HandedUp
from kudelma.matters.models import Matter

MEETING_AHEAD: HandedUp[Callable[[Matter], Any]] = HandedUp()
"""The meeting whose time is chosen and which has not been held yet, or None."""
HOURS_AHEAD: HandedUp[Callable[[Matter], Iterable[tuple[datetime, datetime]]]] = HandedUp()
"""The hours of the meeting that lies ahead, or all those that are being asked about."""
