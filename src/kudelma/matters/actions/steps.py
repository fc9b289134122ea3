"""How far the matter is and whom it waits for: the short telling, written with every change that moves it."""

from datetime import datetime, timedelta

from django.utils import timezone

from kudelma.core.errors import Refused
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.matters.models import Matter


def move(
    matter: Matter,
    step: str,
    *,
    waits_for: str,
    at: datetime,
    since: str | None = None,
    waited_for: str | None = None,
    days: int | None = None,
) -> None:
    """Take the matter to `step`, waiting for `waits_for` from today.

    since: the step it must still be at; raises Refused when somebody has moved it on. waited_for: the same of
    whom it waited for.
    days: in how many days an answer is due; the region's answering time when not given.
    """
    today = timezone.localdate(at)
    limit = days if days is not None else matter.region.answer_days
    still = {name: value for name, value in (("step", since), ("waits_for", waited_for)) if value}
    moved = Matter.objects.filter(pk=matter.pk, closed_at=None, **still).update(
        step=step,
        waits_for=waits_for,
        waits_since=today,
        due_on=None if waits_for == "nobody" else today + timedelta(days=limit),
    )
    if not moved:
        raise Refused(SOMEBODY_WAS_FIRST)
    matter.step, matter.waits_for, matter.waits_since = step, waits_for, today
