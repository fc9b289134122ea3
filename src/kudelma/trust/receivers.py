"""News from above that concerns keys: a region was made."""

from typing import Any

from django.dispatch import receiver

from kudelma.core.signals import every_minute, region_made
from kudelma.trust.sessions import drop_expired
from kudelma.trust.vault import make_region_key


@receiver(region_made)
def add_key(sender: Any, region: Any, **kwargs: Any) -> None:
    make_region_key(region.pk)


@receiver(every_minute)
def clear_sessions(sender: Any, at: Any, **kwargs: Any) -> None:
    drop_expired(at)
