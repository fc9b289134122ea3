"""News from above: a region has other limits, so what waits is due on other days."""

from typing import Any

from kudelma.core.news import settings_changed
from kudelma.matters.actions.steps import follow_limits


@settings_changed
def count_anew(region: Any) -> None:
    follow_limits(region)
