"""What the coordinator is to remember of those who lead: a part that nobody has, and people who have not been told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.matters.models import PAIR, Matter, Step, ToTell

OF_A_PAIR = [Step.PREPARING, Step.TIMING, Step.INVITING, Step.INVITED, Step.MEETING]
OF_A_CHAIR = [Step.TIMING, Step.INVITING, Step.INVITED, Step.MEETING]
"""From when on a chair and a secretary should be known; before that they are a part of preparing."""


@dataclass(frozen=True)
class Remembered:
    """One thing to do about those who lead. since: None when it is told nowhere."""

    matter: Matter
    text: str
    url: str
    verb: str
    since: date | None


def to_remember(actor: Any) -> list[Remembered]:
    """For the coordinator: in 2 queries, whatever their number."""
    return [_missing(matter) for matter in without_two(actor)] + [_untold(one) for one in _to_tell(actor)]


def without_two(actor: Any) -> Any:
    """Matters further on than finding the two, in which fewer than two have been asked or have accepted."""
    stands = Q(pairings__withdrew_at=None, pairings__ended_at=None, pairings__isnull=False)
    return (
        Matter.objects.visible_to(actor)
        .open()
        .filter(Q(method__leading="pair", step__in=OF_A_PAIR) | Q(method__leading="chair", step__in=OF_A_CHAIR))
        .annotate(n_standing=Count("pairings", filter=stands), ended=Max("pairings__ended_at"))
        .filter(n_standing__lt=len(PAIR))
        .for_list()
        .order_by("waits_since", "running")
    )


def _to_tell(actor: Any) -> Any:
    found = ToTell.objects.visible_to(actor).open()
    return found.select_related("matter__order__unit", "matter__method").order_by("since", "pk")


def _missing(matter: Any) -> Remembered:
    if matter.is_chaired:
        page, text = "matters:chair", _("The meeting has no chair or no secretary")
    else:
        page, text = "matters:pair", _("One of those who lead cannot come")
    return Remembered(matter, text, reverse(page, args=[matter.pk]), _("Ask somebody else"), _day(matter.ended))


def _untold(one: ToTell) -> Remembered:
    text = _("Somebody else leads: tell the people")
    return Remembered(one.matter, text, one.matter.get_absolute_url(), _("See who"), _day(one.since))


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
