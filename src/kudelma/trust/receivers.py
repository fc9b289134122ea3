"""News from above that concerns keys: a region was made."""

from typing import Any

from django.dispatch import receiver

from kudelma.core.signals import region_made
from kudelma.trust.vault import make_region_key


@receiver(region_made)
def add_key(sender: Any, region: Any, **kwargs: Any) -> None:
    make_region_key(region.pk)
