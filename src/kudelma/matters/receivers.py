"""The clock: once an hour, what has lain for as long as it may is taken away."""

from datetime import datetime, timedelta
from typing import Any

from django.dispatch import receiver

from kudelma.core.signals import every_minute
from kudelma.matters.actions.lapsing import lapse

EVERY = timedelta(hours=1)


class _Last:
    """When this process looked last. A new process looks at once, which does no harm."""

    at: datetime | None = None


@receiver(every_minute)
def lapse_hourly(sender: Any, at: datetime, **kwargs: Any) -> None:
    if _Last.at is not None and _Last.at <= at < _Last.at + EVERY:
        return
    _Last.at = at
    lapse(at=at)
