"""Find, may, record: the first lines that every view of a matter shares."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from kudelma.core.http import Request
from kudelma.core.record import record_reading
from kudelma.core.rules import require
from kudelma.matters.models import Matter


def find_matter(request: Request, pk: UUID, rule: str | None = None, *, sitting: str = "") -> Matter:
    """The matter, if the actor may see it (404) and do this (403); its opening recorded, its words readable.

    sitting: see `find_of_matter`.
    """
    # Not there and not theirs look alike: that somebody is helped at all is a secret.
    matters = Matter.objects.visible_to(request.actor).for_page()
    matter = get_object_or_404(matters, pk=pk)
    through(request, matter, rule, sitting)
    return matter


def find_of_matter(
    request: Request, rows: Any, pk: UUID | None = None, rule: str | None = None, *, sitting: str = "", **which: Any
) -> Any:
    """The same for any row that belongs to a matter. rows: already `visible_to` the actor.

    which: other look-ups than the row's own id. sitting: the door that stands in the record once a day for
    all that is pressed around one table.
    """
    row = get_object_or_404(rows.select_related("matter__region"), **({"pk": pk} if pk else which))
    through(request, row.matter, rule, sitting)
    return row


def through(request: Request, matter: Matter, rule: str | None, sitting: str = "") -> None:
    if rule:
        require(request.actor, rule, matter)
    door = sitting or (request.resolver_match.view_name if request.resolver_match else "")
    # After the rule: a refusal is recorded as one, and opens nothing.
    record_reading(door, [matter.pk], by=request.actor, at=timezone.now(), once_a_day=bool(sitting))
