"""The coordinator's desk: all that waits for a human answer in the region, hers first, the long waited first."""

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kudelma.desk.holders import OTHERS, holders
from kudelma.desk.lines import Waiting, led_by, lines
from kudelma.desk.next import AT_THE_TABLE
from kudelma.desk.paging import Pages
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.people.models import Seat
from kudelma.trust.models import Pin

MOST = 50
"""Of her own, as many as on a page of the list; the rest stand behind a link."""
MOST_OF_OTHERS = 20


def desk_of(actor: Seat) -> dict[str, Any]:
    """{"groups": {"long", "new", "now", "others"}, "n_waiting": all that wait for her, "n_others": for others}."""
    on = timezone.localdate()
    every = Matter.objects.visible_to(actor).open()
    rests = Q(step=Step.FOLLOWING, due_on__gte=on)  # a meeting that has been held, until the matter is due
    # Whatever the step: whoever has identified stands outside until a person has confirmed who it is.
    somebody_identified = Q(pk__in=Pin.objects.held().values("space"))
    led = led_by(actor)
    chaired = Q(pk__in=led, step__in=AT_THE_TABLE)
    mine = every.filter(Q(waits_for=WaitsFor.COORDINATOR) & ~rests | somebody_identified | chaired)
    hers, n_hers = _first(mine.for_list().longest_first(on), MOST)
    theirs = every.filter(waits_for__in=OTHERS).exclude(somebody_identified | chaired)
    others, n_others = _first(theirs.for_list().select_related("order__by__account").longest_first(on), MOST_OF_OTHERS)
    # Both lists at once: each has its own questions to the database, and the desk is held to twelve.
    waiting = lines([*hers, *others], actor, "desk:today", led=led)
    groups: dict[str, list[Waiting]] = {"long": [], "new": [], "now": []}
    # Not strict: the lines of what others have follow after hers.
    for matter, line in zip(hers, waiting, strict=False):
        is_new = matter.step in {Step.ORDERED, Step.CONSULTING}
        groups["long" if line.is_long else "new" if is_new else "now"].append(line)
    groups["others"] = _with_whom(others, waiting[len(hers) :], actor)
    return {"groups": groups, "n_waiting": n_hers, "n_others": n_others, "more": n_hers > len(hers)}


def _with_whom(matters: list[Matter], waiting: list[Waiting], actor: Seat) -> list[Waiting]:
    held_by = holders(matters, actor)
    return [
        replace(line, detail=" · ".join(part for part in (line.detail, held_by.get(matter.pk, "")) if part))
        for matter, line in zip(matters, waiting, strict=True)
    ]


def _first(matters: Any, most: int) -> tuple[list[Matter], int]:
    """The first ones, and how many there are in all."""
    pages = Pages(matters, most)
    return pages.page(1).object_list, pages.count
