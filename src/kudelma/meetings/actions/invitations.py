"""Inviting: one message to each, to nobody else."""

from datetime import datetime

from django.db import transaction

from kudelma.core.record import record
from kudelma.matters.actions.steps import move
from kudelma.matters.models import Step, WaitsFor
from kudelma.meetings.actions.times import asked, tell
from kudelma.meetings.models import Invitation, Meeting
from kudelma.people.actions.messages import send
from kudelma.people.models import Seat


@transaction.atomic
def invite(meeting: Meeting, *, by: Seat, at: datetime) -> None:
    """Invite everybody whom the people want to invite. Raises Refused when it has been done."""
    move(meeting.matter, Step.INVITED, since=Step.INVITING, waits_for=WaitsFor.NOBODY, at=at)
    members = asked(meeting.matter)
    for member in members:
        Invitation(matter=meeting.matter, meeting=meeting, member=member, by=by, at=at).save(force_insert=True)
        tell("invitation", member, about=meeting.pk, by=by, at=at)
    invited = {member.seat_id for member in members} - {None}  # a chair who is along gets one invitation
    for pairing in meeting.matter.pairings.accepted().exclude(seat__in=invited).select_related("seat"):  # type: ignore[attr-defined]
        send("invitation", to=pairing.seat, by=by, at=at, about=meeting.pk)
    record("meetings.invite", by=by, at=at, matter=meeting.matter_id)
