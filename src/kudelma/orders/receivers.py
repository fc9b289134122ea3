"""The clock, once an hour, takes away what has lain long enough."""

from datetime import datetime, timedelta

from kudelma.core.news import every_minute
from kudelma.orders.actions.lapsing import lapse

EVERY = timedelta(hours=1)


class _Last:
    """When this process looked last. A new process looks at once, which does no harm."""

    at: datetime | None = None


@every_minute
def lapse_hourly(at: datetime) -> None:
    # A clock that was set back does not keep it waiting until the old hour has come again.
    if _Last.at is not None and _Last.at <= at < _Last.at + EVERY:
        return
    _Last.at = at
    lapse(at=at)
