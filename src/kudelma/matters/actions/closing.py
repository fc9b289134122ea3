"""Closing: read-only, ways in revoked, and the day on which the working space is emptied."""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from kudelma.core.record import record
from kudelma.live.actions.withdrawing import end_undo
from kudelma.matters.actions.leading import lead_no_longer
from kudelma.matters.actions.steps import advance
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.people.models import Admission, PersonalLink, Seat
from kudelma.trust.models import Retention


@transaction.atomic
def close_matter(matter: Matter, *, by: Seat, at: datetime, since: str = Step.FOLLOWING) -> None:
    """End the matter for good. Raises Refused when it is not at `since` any more, or somebody closed it first."""
    # Before it is shut: a closed matter moves no more, and would be refused.
    advance(matter, Step.CLOSED, since=since, waits_for=WaitsFor.NOBODY, at=at)
    shut(matter, keeps=relativedelta(months=matter.region.space_months), by=by, at=at)
    record("matters.close", by=by, at=at, space=matter.pk)


def shut(matter: Matter, *, keeps: relativedelta, by: Seat, at: datetime) -> None:
    """Read-only from here, no way in for participants, and the day of emptying. A part of what closes a matter.

    keeps: how long the working space stays after today.
    """
    Matter.objects.filter(pk=matter.pk).update(closed_at=at, closed_by=by)
    lead_no_longer(matter, at=at)
    # A closed matter is changed no more, so nothing in it is taken back either.
    end_undo(matter.pk)
    # Nobody keeps a way into a matter that is over, whatever link lies in an old mail.
    participants = Seat.objects.filter(space=matter.pk, ended_at=None)
    PersonalLink.objects.filter(seat__in=participants, revoked_at=None).update(revoked_at=at, revoked_by=by.pk)
    # Digits given face to face and not typed yet are to open nothing either.
    Admission.objects.filter(seat__in=participants, ended_at=None).update(ended_at=at)
    # The seats last: the two lines above find them by their not having ended.
    participants.update(ended_at=at, ended_by=by.pk)
    closed_on = timezone.localdate(at)
    Retention.objects.create(
        space=matter.pk, region=matter.region_id, closed_on=closed_on, empties_on=closed_on + keeps
    )
