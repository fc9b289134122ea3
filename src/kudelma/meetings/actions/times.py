"""Finding a time: proposals, answers, and the choice that never overrides the family."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused, Used
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.matters.actions.people import give_seat_in_matter
from kudelma.matters.actions.steps import move
from kudelma.matters.models import Matter, Member, Step, WaitsFor
from kudelma.meetings.models import OF_COMING, Answer, Meeting, TimeOption, Value
from kudelma.methods.models import Side
from kudelma.people.actions.messages import send
from kudelma.people.models import Message, Seat

ANSWER_DAYS = 7


@transaction.atomic
def propose_times(
    matter: Matter, *, key: UUID, starts: list[datetime], values: dict[str, Any], by: Seat, at: datetime
) -> Meeting:
    """Ask everybody who may be invited about these times. Earlier answers stay.

    values: minutes, place, place_shown. Pressing twice asks once. Raises Refused when nobody may be invited yet.
    """
    meeting = Meeting.objects.filter(matter=matter, chosen_at=None).first()
    members = asked(matter)
    if not members:
        raise Refused(_("Nobody may be invited yet. Agree with the people first whom to invite."))
    since = Step.TIMING if matter.step == Step.TIMING else Step.PREPARING
    move(matter, Step.TIMING, since=since, waits_for=WaitsFor.PEOPLE, at=at, days=ANSWER_DAYS)
    told = _told_this(meeting, starts, values) if meeting else set()
    if meeting is None:
        if Meeting.objects.filter(pk=key).exists():
            raise Used
        meeting = Meeting(pk=key, matter=matter, **values)
        meeting.save(force_insert=True)
    elif not told:
        for name, value in values.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(values))
    for start in starts:
        if not TimeOption.objects.filter(meeting=meeting, starts_at=start).exists():
            TimeOption(matter=matter, meeting=meeting, starts_at=start).save(force_insert=True)
    record("meetings.propose_times", by=by, at=at, matter=matter.pk)
    for member in members:
        if member.seat_id not in told:
            tell("time-question", member, about=meeting.pk, by=by, at=at)
    return meeting


def _told_this(meeting: Meeting, starts: list[datetime], values: dict[str, Any]) -> set[UUID]:
    """The seats that have been asked about just this: every one of these times, so long, in this place."""
    there = set(TimeOption.objects.filter(meeting=meeting).values_list("starts_at", flat=True))
    if not there >= set(starts) or any(getattr(meeting, name) != value for name, value in values.items()):
        return set()
    return set(Message.objects.filter(kind="time-question", about=meeting.pk).values_list("seat", flat=True))


@transaction.atomic
def answer(
    meeting: Meeting, member: Member, *, options: dict[TimeOption, str], coming: str, by: Seat, at: datetime
) -> None:
    """Keep what one person answered, in the place of what they answered before.

    options: value for each time answered; coming: CALL or UNSURE instead of times, or empty.
    Raises Refused when the time has been chosen meanwhile.
    """
    if not Meeting.objects.filter(pk=meeting.pk, chosen_at=None).exists():
        raise Refused(_("The time has already been chosen. Your earlier answer stands."))
    if coming:
        _keep(meeting, member, None, coming, by=by, at=at)
    else:
        Answer.objects.filter(meeting=meeting, member=member, option=None).delete()
        for option, value in options.items():
            _keep(meeting, member, option, value, by=by, at=at)
    record("meetings.answer", by=by, at=at, matter=meeting.matter_id)
    _wait(meeting, at)


def _keep(meeting: Meeting, member: Member, option: TimeOption | None, value: str, *, by: Seat, at: datetime) -> None:
    Answer.objects.update_or_create(
        meeting=meeting, member=member, option=option,
        defaults={"value": value, "by": by, "at": at},
        create_defaults={
            "value": value, "by": by, "at": at, "matter": meeting.matter, "region_id": meeting.region_id,
        },
    )  # fmt: skip


@transaction.atomic
def choose_time(option: TimeOption, *, by: Seat, at: datetime) -> Meeting:
    """Choose this time. Raises Refused before somebody, and all who are asked, of the family have answered about it.

    A «cannot» of the family counts only when somebody has called: then it has been written down by
    another seat than their own.
    """
    meeting = option.meeting
    family = [member for member in asked(meeting.matter) if member.side == Side.OWN and member.answers_times]
    if not family:
        raise Refused(_("Nobody of the family is asked about times yet. Add at least one, and agree with them."))
    if not all(has_settled(member, option) for member in family):
        raise Refused(
            _("The family has not answered about this time yet, or wants a call first. Call, and write it down.")
        )
    chosen = Meeting.objects.filter(pk=meeting.pk, chosen_at=None).update(
        starts_at=option.starts_at, chosen_at=at, chosen_by=by
    )
    if not chosen:
        raise Refused(SOMEBODY_WAS_FIRST)
    move(meeting.matter, Step.INVITING, since=Step.TIMING, waits_for=WaitsFor.COORDINATOR, at=at)
    record("meetings.choose_time", by=by, at=at, matter=meeting.matter_id)
    meeting.refresh_from_db()
    return meeting


def has_settled(member: Member, option: TimeOption) -> bool:
    """Whether this person's answer about the time can be built on."""
    answers = {found.option_id: found for found in Answer.objects.filter(meeting=option.meeting_id, member=member)}
    if None in answers:
        return False
    found = answers.get(option.pk)
    if found is None:
        return False
    return found.value != Value.CANNOT or found.by_id != member.seat_id


def asked(matter: Matter) -> list[Member]:
    """Those who may be invited, each with a seat in which to answer; others answer by telephone.

    Not somebody to whom it was judged that the time is closed, or of whom nothing has been judged yet.
    """
    members = Member.objects.filter(matter=matter).with_permission().open_to("time")
    return list(members.for_circle().select_related("matter__region"))


def tell(kind: str, member: Member, *, about: UUID, by: Seat, at: datetime) -> None:
    """Send a message to a member: to their account, or by a personal link when there is an address."""
    if not member.answers_times and kind == "time-question":
        return
    if not member.signs_in:
        if not member.address:
            return
        give_seat_in_matter(member, by=by, at=at)
    if member.seat:
        send(kind, to=member.seat, by=by, at=at, about=about)


def _wait(meeting: Meeting, at: datetime) -> None:
    """When everybody who is asked has answered, or somebody wants a call, the coordinator is next."""
    members = [member for member in asked(meeting.matter) if member.answers_times]
    answers = list(Answer.objects.filter(meeting=meeting))
    about_coming = any(found.value in OF_COMING for found in answers)
    answered = {found.member_id for found in answers}
    everybody = all(member.pk in answered for member in members)
    waits_for = WaitsFor.COORDINATOR if about_coming or everybody else WaitsFor.PEOPLE
    if waits_for != meeting.matter.waits_for:
        move(meeting.matter, Step.TIMING, since=Step.TIMING, waits_for=waits_for, at=at)
