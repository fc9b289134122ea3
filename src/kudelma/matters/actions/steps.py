"""How far the matter is and whom it waits for: written with every change that moves it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kudelma.core.errors import Refused
from kudelma.core.phrases import DONE_BY_YOU, IS_CLOSED, SOMEBODY_WAS_FIRST
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.regions.models import Region

OF_THE_REGION = [Step.CONSULTING, Step.ORDERED, Step.PAIRING, Step.PREPARING, Step.TIMING, Step.INVITING]
"""Steps whose limits the region sets; from the meeting on they are the same everywhere."""


def advance(
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
    days: in how many days it is due; the region's own limit when not given.
    """
    today = timezone.localdate(at)
    limit = days if days is not None else limit_of(matter.region, step, waits_for)
    still = {name: value for name, value in (("step", since), ("waits_for", waited_for)) if value}
    # Asked and moved in one statement: of two who press at once one moves it, and the other is told.
    moved = Matter.objects.filter(pk=matter.pk, closed_at=None, **still).update(
        step=step,
        waits_for=waits_for,
        waits_since=today,
        due_on=None if waits_for == "nobody" else today + timedelta(days=limit),
    )
    if not moved:
        raise Refused(SOMEBODY_WAS_FIRST)
    matter.step, matter.waits_for, matter.waits_since = step, waits_for, today


def limit_of(region: Region, step: str, waits_for: str) -> int:
    """After how many days something at this step has waited long in the region."""
    if waits_for == WaitsFor.CONSULTANTS:
        return region.offer_days
    if waits_for == WaitsFor.PEOPLE:
        return region.times_days
    return region.preparing_days if step == Step.PREPARING else region.answer_days


@transaction.atomic
def follow_limits(region: Region) -> None:
    """Count anew by when what waits now is due: the region has other limits."""
    waiting = Matter.objects.filter(region=region, step__in=OF_THE_REGION).waiting()
    # One update for a kind and not for a matter. Without the model's own order, whose columns would make all differ.
    kinds = waiting.order_by().values_list("step", "waits_for", "waits_since").distinct()
    for step, waits_for, since in list(kinds):
        due_on = since + timedelta(days=limit_of(region, step, waits_for))
        waiting.filter(step=step, waits_for=waits_for, waits_since=since).update(due_on=due_on)


def is_repeat_submit(mine: Any, **same: Any) -> bool:
    """Whether a press that came too late only repeats what its own seat has done.

    mine: rows by which this seat has done it; same: what the press asks of them. Raises Refused when
    the seat has done it otherwise than it asks now.
    """
    if mine.filter(**same).exists():
        return True
    if mine.exists():
        raise Refused(DONE_BY_YOU)
    return False


def must_be_open(matter: Matter) -> None:
    """Raises Refused in a matter that has been closed meanwhile."""
    if not Matter.objects.open().filter(pk=matter.pk).exists():
        raise Refused(IS_CLOSED)
