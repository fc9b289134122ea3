"""Which operations stand, which can be taken back or done again, and how far each target is."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

OVERLAP = 100
"""How many that came before are looked at again: on PostgreSQL a lower id may be committed after a higher one."""


class AtHand(NamedTuple):
    """The operation that undoing takes back, and the one that doing again does; None where there is none."""

    undo: Any
    redo: Any


class CounterQuerySet(models.QuerySet):
    def newest(self, targets: Iterable[UUID]) -> dict[UUID, int]:
        """{target: how many operations it has had}, in one query. A target that nothing has happened to is missing."""
        return dict(self.filter(pk__in=list(targets)).values_list("pk", "number"))

    def of_outer(self, target: str = "pk") -> Any:
        """The same as a column of another query, whose `target` names the row that is counted; 0 for nothing yet."""
        return Coalesce(Subquery(self.filter(pk=OuterRef(target)).values("number")), 0)


class OperationQuerySet(models.QuerySet):
    def changes(self, target: UUID, seat: UUID) -> "OperationQuerySet":
        """What this seat has changed on the target, and what of it can be taken back: neither holes nor undoing."""
        return self.filter(target=target, seat=seat, undoes=None, gone=False)

    def standing(self) -> "OperationQuerySet":
        """Those that were not taken back, or were done again since."""
        return self.exclude(Exists(self._standing_undoing()))

    def undone(self) -> "OperationQuerySet":
        return self.filter(Exists(self._standing_undoing()))

    def last_standing(self) -> Any:
        """The one that undoing takes back."""
        return self.standing().order_by("-number").first()

    def first_undone(self, last: Any) -> Any:
        """The one that doing again does: the earliest that was taken back since `last`, the last that stands."""
        return self.undone().filter(number__gt=last.number if last else 0).order_by("number").first()

    def at_hand(self) -> AtHand:
        """Both at once, for whoever only shows them: `last_standing`, and what `first_undone` is after it."""
        last = self.standing().order_by("-number")
        after = Coalesce(Subquery(last.values("number")[:1]), 0)
        first = self.undone().filter(number__gt=after).order_by("number")
        either = Q(pk=Subquery(last.values("pk")[:1])) | Q(pk=Subquery(first.values("pk")[:1]))
        rows: Any = self.filter(either).annotate(is_undone=Exists(self._standing_undoing()))
        at_hand = {row.is_undone: row for row in rows}
        return AtHand(undo=at_hand.get(False), redo=at_hand.get(True))

    def undoing(self, change: UUID) -> Any:
        """What takes `change` back as things are; None when it stands."""
        return self.filter(undoes=change).exclude(Exists(self._undoing_of_outer())).first()

    def concerning(self, thing: UUID) -> "OperationQuerySet":
        """Whatever changed `thing`, or tied it to another."""
        return self.filter(Q(about=thing) | Q(also=thing))

    def _undoing_of_outer(self) -> Any:
        return self.model._base_manager.filter(undoes=OuterRef("pk"))

    def _standing_undoing(self) -> Any:
        # Two floors are enough: undoing takes back a change, doing again takes back that undoing, and what is taken
        # back once more is the change itself.
        return self._undoing_of_outer().exclude(Exists(self._undoing_of_outer()))


class GenerationQuerySet(models.QuerySet):
    def recent(self, newest: int | None) -> dict[int, UUID]:
        """{id: whose} of those after `newest` and a few before; of the last few when nobody has looked yet."""
        if newest is None:
            newest = self.order_by("-pk").values_list("pk", flat=True).first() or 0
        return dict(self.filter(pk__gt=newest - OVERLAP).order_by("pk").values_list("pk", "whose"))
