"""News from the matter: somebody does not come along after all, or another one leads."""

from datetime import datetime

from kudelma.core.news import pair_changed, uninvited
from kudelma.matters.models import Matter, Step
from kudelma.meetings.actions.invitations import expected, invite_one, uninvite
from kudelma.meetings.actions.times import must_be_free
from kudelma.meetings.models import Invitation, Meeting
from kudelma.members.models import Member
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat


@uninvited
def take_entry_away(member: Member, by: Seat, at: datetime) -> None:
    for invitation in Invitation.objects.standing().filter(member=member, meeting__held_at=None).for_page():
        uninvite(invitation, by=by, at=at)


@pair_changed
def keep_hours_apart(matter: Matter, by: Seat, at: datetime) -> None:
    """Nobody comes in another's place who leads elsewhere at the hour that is settled. Raises Refused."""
    meeting = Meeting.objects.present().filter(matter=matter, chosen_at__isnull=False, held_at=None).first()
    # Of the one who has just accepted: that a task has ended changes nobody's hours.
    comes = LeadAssignment.objects.filter(matter=matter, seat=by.pk).accepted()
    if meeting is not None and meeting.starts_at and comes.exists():
        must_be_free(meeting, meeting.starts_at)


@pair_changed
def keep_pair_in_calendars(matter: Matter, by: Seat, at: datetime) -> None:
    """Whoever leads no more has the entry taken away; whoever leads now gets one. Only once people are invited."""
    meeting = Meeting.objects.present().select_related("matter__region").filter(matter=matter, held_at=None).first()
    if meeting is None or meeting.matter.step != Step.INVITED:
        return
    leads = {who.pk: who for who in expected(meeting.matter) if not isinstance(who, Member)}
    standing = Invitation.objects.standing().filter(meeting=meeting, pairing__isnull=False).for_page()
    for invitation in standing:
        if leads.pop(invitation.pairing_id, None) is None:
            uninvite(invitation, by=by, at=at)
    for pairing in leads.values():
        invite_one(meeting, pairing, by=by, at=at)
