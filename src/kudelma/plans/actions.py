"""Everything that writes the plan: its rows, one for each who is there, and whom to ask afterwards."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.phrases import CHANGED_MEANWHILE
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.matters.actions.steps import advance
from kudelma.matters.models import Step, WaitsFor
from kudelma.meetings.models import Attendance, Meeting
from kudelma.members.models import Member
from kudelma.people.models import Seat
from kudelma.plans.inputs import Onwards, RowSaid
from kudelma.plans.models import Plan, PlanRow


@transaction.atomic
def begin_plan(meeting: Meeting, *, by: Seat, at: datetime) -> Plan:
    """The plan of this meeting; begun when there is none. Raises Refused before the meeting has begun."""
    if meeting.opened_at is None:
        raise Refused(_("The plan is made together: the meeting has not begun yet."))
    # The second of the two who lead gets the plan that the first one began, and moves nothing.
    plan, is_new = Plan.objects.get_or_create(
        meeting=meeting,
        defaults={"matter": meeting.matter, "region_id": meeting.region_id, "made_at": at},
    )
    if is_new:
        advance(meeting.matter, Step.PLANNING, since=Step.MEETING, waits_for=WaitsFor.PAIR, at=at, days=1)
        record("plans.begin", by=by, at=at, space=meeting.matter_id)
    return plan


@transaction.atomic
def write_row(plan: Plan, member: Member, *, version: int, values: RowSaid, by: Seat, at: datetime) -> None:
    """Write down what this person said they do. Each row has one speaker, and each speaker one row.

    version: 0 for a new row. Raises Stale when somebody wrote
    another first, and Refused for somebody who was not there or when the meeting is over.
    """
    # Asked anew: the other of the two who lead may have ended the meeting since this page was opened.
    if not Meeting.objects.filter(pk=plan.meeting_id, held_at=None).exists():
        raise Refused(_("The meeting has ended. The plan stands as it was agreed."))
    if not Attendance.objects.filter(meeting=plan.meeting_id, member=member).exists():
        raise Refused(_("They were not there. Somebody will ask them; nobody writes for them."))
    if version == 0:
        try:
            # In a savepoint: what stands there is read next, and PostgreSQL answers nothing in a failed transaction.
            with transaction.atomic():
                PlanRow(matter=plan.matter, plan=plan, member=member, by=by, **columns(values)).save(force_insert=True)
        except IntegrityError:
            raise _stale(plan, member, values) from None
    else:
        row = PlanRow.objects.filter(plan=plan, member=member).first()
        if row is None:
            raise Refused(_("There is no such row yet. Open the page again."))
        changed = PlanRow.objects.filter(pk=row.pk, version=version).update(
            **closed_values(row, {**columns(values), "version": version + 1})
        )
        if not changed:
            raise _stale(plan, member, values)
    # Once a day: a line for each row would tell in which order people spoke, and for how long.
    record("plans.write_row", by=by, at=at, space=plan.matter_id, once_a_day=True)


def _stale(plan: Plan, member: Member, values: RowSaid) -> Stale:
    now = PlanRow.objects.get(plan=plan, member=member)
    return Stale(CHANGED_MEANWHILE, as_it_stands(now, values))


@transaction.atomic
def agree_onwards(plan: Plan, *, version: int, values: Onwards, by: Seat, at: datetime) -> None:
    """Whom to ask afterwards, and when people look at how it goes. Raises Stale."""
    # The meeting first: of agreeing on it and ending it, one waits for the other.
    goes_on = Meeting.objects.filter(pk=plan.meeting_id, held_at=None).update(goes_on=bool(values.follow_up))
    changed = goes_on and Plan.objects.filter(pk=plan.pk, version=version).update(
        **closed_values(plan, {**columns(values), "version": version + 1})
    )
    if not changed:
        now = Plan.objects.get(pk=plan.pk)
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    record("plans.agree_onwards", by=by, at=at, space=plan.matter_id)
