"""The coordinator's desk: all that waits for a human answer in the region, hers first, the long waited first."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from kudelma.desk.lines import lines
from kudelma.desk.paging import Pages
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.matters.waiting import HOLDERS, ORIGIN, Remembered, reminded, waiting_for
from kudelma.people.models import Seat
from kudelma.people.today import WAITS, Waiting, waited_since

MOST = 50
"""Of her own, as many as on a page of the list; the rest stand behind a link."""
MOST_OF_OTHERS = 20
OTHERS = [WaitsFor.ORDERER, WaitsFor.CONSULTANTS, WaitsFor.PEOPLE, WaitsFor.PAIR]
"""Everybody but the coordinator who can keep a matter waiting."""


def desk_of(actor: Seat) -> dict[str, Any]:
    """{"groups": {"long", "new", "now", "others"}, "n_waiting": all that wait for her, "n_others": for others}."""
    on = timezone.localdate()
    every = Matter.objects.visible_to(actor).open()
    for_her = waiting_for(actor)
    hers, n_hers = _first(every.filter(for_her).for_list().longest_first(on), MOST)
    theirs = every.filter(waits_for__in=OTHERS).exclude(for_her)
    others, n_others = _first(theirs.for_list().select_related("order__by__account").longest_first(on), MOST_OF_OTHERS)
    # Both lists at once: each has its own questions to the database, and the desk is held to twelve.
    waiting = lines([*hers, *others], actor, "desk:today")
    groups: dict[str, list[Waiting]] = {"long": [], "new": [], "now": beside_steps(actor)}
    n_beside = len(groups["now"])
    # Not strict: the lines of what others have follow after hers.
    for matter, line in zip(hers, waiting, strict=False):
        is_new = matter.step in {Step.ORDERED, Step.CONSULTING}
        groups["long" if line.is_long else "new" if is_new else "now"].append(line)
    groups["others"] = _with_whom(others, waiting[len(hers) :], actor)
    return {
        "groups": groups, "n_waiting": n_hers + n_beside, "n_others": n_others, "more": n_hers > len(hers),
    }  # fmt: skip


def beside_steps(actor: Seat) -> list[Waiting]:
    """What waits for her beside the next steps of matters: what others wait for too, and what is to be remembered."""
    return [line for waits in WAITS for line in waits(actor)] + [_remembered(*pair) for pair in to_remember(actor)]


def to_remember(actor: Seat) -> list[tuple[Matter, Remembered]]:
    """What she is to remember beside the steps: a matter and what it is, never a person. In 1 query."""
    matters = Matter.objects.visible_to(actor).open().for_list().select_related("method")
    return reminded(matters.order_by("waits_since", "running"), actor)


def _remembered(matter: Matter, item: Remembered) -> Waiting:
    return Waiting(
        number=matter.number, text=item.text, detail=ORIGIN.only(matter), station=matter.station, url=item.url,
        verb=item.verb, since=waited_since(item.since) if item.since else "",
    )  # fmt: skip


def _with_whom(matters: list[Matter], waiting: list[Waiting], actor: Seat) -> list[Waiting]:
    held_by = holders(matters, actor)
    return [
        replace(line, detail=" · ".join(part for part in (line.detail, held_by.get(matter.pk, "")) if part))
        for matter, line in zip(matters, waiting, strict=True)
    ]


def holders(matters: list[Matter], actor: Seat) -> dict[UUID, str]:
    """{matter: with whom it is}: those who work by name, people by number only. matters: with who ordered."""
    held_by: dict[UUID, str] = {}
    for holder in HOLDERS:
        own = [matter for matter in matters if matter.waits_for in holder.waits_for]
        held_by |= holder.tell(own, actor) if own else {}
    return held_by


def _first(matters: Any, most: int) -> tuple[list[Matter], int]:
    """The first ones, and how many there are in all."""
    pages = Pages(matters, most)
    return pages.page(1).object_list, pages.count
