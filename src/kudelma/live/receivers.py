"""The clock: what streams have no more use for goes."""

from datetime import datetime

from kudelma.core.news import every_minute
from kudelma.live.actions.rights import drop_old_generations


@every_minute
def clear_generations(at: datetime) -> None:
    drop_old_generations()
