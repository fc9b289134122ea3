"""Everything that writes the plan: its rows, and whom to ask afterwards."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.phrases import CHANGED_MEANWHILE, GOES_ON_ANOTHER_DAY
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.matters.actions.steps import advance
from kudelma.matters.models import Step, WaitsFor
from kudelma.meetings.models import Attendance, Meeting, Sitting
from kudelma.members.models import Member
from kudelma.people.models import Seat
from kudelma.plans.inputs import Onwards, RowSaid
from kudelma.plans.models import Plan, PlanRow

HAS_ENDED = _("The meeting has ended. The plan stands as it was agreed.")


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
def add_row(
    plan: Plan,
    member: Member,
    *,
    idempotency_key: UUID,
    values: RowSaid,
    continues: PlanRow | None = None,
    by: Seat,
    at: datetime,
) -> PlanRow:
    """Write down one more thing that this person said they do. Each row has one speaker.

    continues: the row of a former round that it goes on from. Raises Refused for somebody who was not there, for a
    row that is none of a former round, and when the meeting is over.
    idempotency_key: id of the row, so that pressing twice adds once. Raises KeyReused when it is another's.
    """
    # Before looking whether it is there: of two presses at once the second waits here, and then sees the row.
    goes_on = _goes_on(plan)
    existing = PlanRow.objects.filter(pk=idempotency_key).first()
    if existing:
        same = as_it_stands(existing, values) == {**columns(values), "version": existing.version}
        whose = (existing.plan_id, existing.member_id, existing.continues_id)
        if not same or whose != (plan.pk, member.pk, continues and continues.pk):
            raise KeyReused
        return existing
    if not goes_on:
        raise Refused(HAS_ENDED)
    _must_sit(plan)
    if not Attendance.objects.filter(meeting=plan.meeting_id, member=member).exists():
        raise Refused(_("They were not there. Somebody will ask them; nobody writes for them."))
    if continues is not None:
        _must_be_former(continues, plan)
    last = PlanRow.objects.filter(plan=plan, member=member).aggregate(last=Max("position"))["last"]
    row = PlanRow(
        pk=idempotency_key, matter=plan.matter, plan=plan, member=member, position=0 if last is None else last + 1,
        continues=continues, by=by, **columns(values),
    )  # fmt: skip
    row.save(force_insert=True)
    _record_writing(plan, by=by, at=at)
    return row


@transaction.atomic
def change_row(row: PlanRow, *, version: int, values: RowSaid, by: Seat, at: datetime) -> None:
    """Correct a row as its speaker says. Raises Stale when somebody changed it first, and Refused when it is gone."""
    _must_go_on(row.plan)
    changed = PlanRow.objects.filter(pk=row.pk, version=version).update(
        **closed_values(row, {**columns(values), "version": version + 1})
    )
    if not changed:
        now = PlanRow.objects.filter(pk=row.pk).first()
        if now is None:
            raise Refused(_("This row is not there any more. Open the page again."))
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    _record_writing(row.plan, by=by, at=at)


@transaction.atomic
def take_back(row: PlanRow, *, by: Seat, at: datetime) -> None:
    """A row that its speaker does not want after all: it is gone, not marked as gone."""
    _must_go_on(row.plan)
    if PlanRow.objects.filter(pk=row.pk).delete()[0]:
        _record_writing(row.plan, by=by, at=at)


def _must_go_on(plan: Plan) -> None:
    if not _goes_on(plan):
        raise Refused(HAS_ENDED)
    _must_sit(plan)


def _must_sit(plan: Plan) -> None:
    if not Sitting.objects.going_on().filter(meeting=plan.meeting_id).exists():
        raise Refused(GOES_ON_ANOTHER_DAY)


def _goes_on(plan: Plan) -> bool:
    """Whether the meeting still goes on. It stays so until the caller is done, and whoever else writes waits."""
    # A write that changes nothing: what ends the meeting writes the same row.
    return bool(Meeting.objects.filter(pk=plan.meeting_id, held_at=None).update(held_at=None))


def _must_be_former(row: PlanRow, plan: Plan) -> None:
    if row.matter_id != plan.matter_id or row.plan.meeting.round >= plan.meeting.round:
        raise Refused(_("A row can go on only from what was agreed in an earlier meeting of the same people."))


def _record_writing(plan: Plan, *, by: Seat, at: datetime) -> None:
    # Once a day: a line for each row would tell in which order people spoke, and for how long.
    record("plans.write_row", by=by, at=at, space=plan.matter_id, once_a_day=True)


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
