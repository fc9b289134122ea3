"""What goes by itself: unfinished orders that were left, and declined ones when their thirty days are over."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from kudelma.core.errors import Refused
from kudelma.core.record import record
from kudelma.live.actions.rights import taken_away
from kudelma.live.actions.withdrawing import empty
from kudelma.matters.models import Matter
from kudelma.orders.actions.drafts import discard_draft
from kudelma.orders.models import DECLINED_DAYS, Draft, OrderReply
from kudelma.people.models import Message, Role, Seat
from kudelma.regions.models import Region
from kudelma.trust.models import Retention
from kudelma.trust.vault import destroy_space_key


def lapse(*, at: datetime) -> None:
    """Take away what has lain for as long as it may, as the clock of its region. Doing it again changes nothing."""
    for draft in Draft.objects.past(timezone.localdate(at)).select_related("region"):
        with suppress(Refused):  # saved or sent just now
            discard_draft(draft, by=_clock(draft.region), at=at)
    declined = OrderReply.objects.declined_until(at - timedelta(days=DECLINED_DAYS))
    for matter in Matter.objects.filter(pk__in=declined.values("matter")).select_related("region"):
        forget_matter(matter, by=_clock(matter.region), at=at)


@transaction.atomic
def forget_matter(matter: Matter, *, by: Seat, at: datetime) -> None:
    """Delete every row of the matter and destroy its key. What the access record tells of it stays."""
    _delete_rows(matter)
    Retention.objects.filter(space=matter.pk).update(emptied_at=at)
    taken_away(matter.pk)
    record("orders.forget", by=by, at=at, space=matter.pk)
    # Last, for it cannot be taken back: what fails before it leaves rows that still open.
    destroy_space_key(matter.pk, at=at)


def _delete_rows(matter: Matter) -> None:
    """Delete the matter with all that belongs to it, each kind of row once nothing protects it any more."""
    # By the relations themselves: rooms below may not be imported here, and a new one of them is emptied unasked.
    kinds = list(Matter._meta.related_objects)
    while kinds:
        left = [kind for kind in kinds if not _could_delete(kind, matter)]
        if len(left) == len(kinds):
            break  # what still stands is protected from elsewhere: deleting the matter says by what
        kinds = left
    # Messages and operations know a matter by its id alone, without a foreign key, so no relation leads to them.
    Message.objects.filter(space=matter.pk).delete()
    empty(matter.pk)
    Matter.objects.filter(pk=matter.pk).delete()  # the row itself keeps its id, for what follows


def _could_delete(kind: Any, matter: Matter) -> bool:
    """Whether the rows that point at the matter by this key could be deleted now."""
    # Django looks for what protects a row before it deletes any, so no statement fails and no savepoint is needed.
    try:
        kind.related_model._base_manager.filter(**{kind.field.name: matter.pk}).delete()
    except models.ProtectedError:
        return False
    return True


def _clock(region: Region) -> Seat:
    return Seat.objects.door(region, Role.CLOCK)  # type: ignore[no-any-return]
