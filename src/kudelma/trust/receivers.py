"""News from above that concerns keys: a region was made."""

from typing import Any

from kudelma.core.news import every_minute, region_made
from kudelma.trust.sessions import drop_expired
from kudelma.trust.vault import make_region_key


@region_made
def add_key(region: Any) -> None:
    make_region_key(region.pk)


@every_minute
def clear_sessions(at: Any) -> None:
    drop_expired(at)
