"""News from above that concerns matters: a region has other limits."""

from typing import Any

from django.dispatch import receiver

from kudelma.core.signals import settings_changed
from kudelma.matters.actions.steps import follow_limits


@receiver(settings_changed)
def count_anew(sender: Any, region: Any, **kwargs: Any) -> None:
    follow_limits(region)
