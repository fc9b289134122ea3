"""News that travels down the house, to rooms that may not be imported from above: they hand up who hears it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kudelma.core.handed import HandedUp

language_chosen: HandedUp[Callable[[Any, str], None]] = HandedUp()
"""request, language: so that a seat may keep it."""
sms_in_demo: HandedUp[Callable[[str, str], None]] = HandedUp()
"""number, text: the demo's letterbox takes it."""
region_made: HandedUp[Callable[[Any], None]] = HandedUp()
"""region: `people` adds its doors, `trust` its key."""
settings_changed: HandedUp[Callable[[Any], None]] = HandedUp()
"""region: `matters` counts anew by when what waits is due."""
about_to_serve: HandedUp[Callable[[], None]] = HandedUp()
"""The server starts: a room may refuse by raising Misconfigured."""
every_minute: HandedUp[Callable[[datetime], None]] = HandedUp()
"""at: the clock of the job worker."""
seat_given: HandedUp[Callable[[Any], None]] = HandedUp()
"""seat: `bank` opens a line for a consultant."""
uninvited: HandedUp[Callable[[Any, Any, datetime], None]] = HandedUp()
"""member, by, at: the people do not want this one along after all; entries (`meetings`) and moves (`circle`) go."""
pair_changed: HandedUp[Callable[[Any, Any, datetime], None]] = HandedUp()
"""matter, by, at: somebody leads no more, or has accepted; `meetings` tells calendars."""
