"""Inviting: one message to each, to nobody else; those who come along later, those who do not after all."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.phrases import IS_CLOSED, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.matters.actions.steps import advance
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.meetings.actions.times import asked
from kudelma.meetings.models import ByHand, Invitation, Meeting
from kudelma.members.actions.people import give_seat_in_matter
from kudelma.members.models import Member
from kudelma.members.reaching import contact_of
from kudelma.pairing.models import LeadAssignment
from kudelma.people.actions.messages import mark_seen_to, send
from kudelma.people.actions.printed import print_code
from kudelma.people.models import Message, Seat, SeenTo

LETTER_STAYS = timedelta(days=90)
"""How long a printed code works when the meeting it was printed for has no time any more."""

CHANGED = _("The messages have changed since you looked at them. Look at them once more.")


@transaction.atomic
def tell_place(meeting: Meeting, *, shown: bool, by: Seat, at: datetime) -> None:
    """Whether the place may stand in messages. Raises Refused once everybody has been invited."""
    waiting = Meeting.objects.filter(pk=meeting.pk, matter__step=Step.INVITING, matter__closed_at=None)
    if not waiting.update(place_shown=shown):
        raise Refused(_("Everybody has been invited already. To tell another place, move the meeting."))
    record("meetings.tell_place", by=by, at=at, space=meeting.matter_id)
    meeting.place_shown = shown


@transaction.atomic
def invite(meeting: Meeting, *, seen: tuple[bool, int] | None = None, by: Seat, at: datetime) -> None:
    """Invite everybody whom the people want to invite, and the two who lead. Raises Refused when it has been done.

    seen: whether the place stood in the messages as they were shown, and how many times the time had changed;
    raises Refused when that is not so any more.
    """
    if seen is not None:
        shown, sequence = seen
        # A place that was told by mistake cannot be called back from mailboxes and calendars.
        if not Meeting.objects.filter(pk=meeting.pk, place_shown=shown, sequence=sequence).exists():
            raise Refused(CHANGED)
    advance(meeting.matter, Step.INVITED, since=Step.INVITING, waits_for=WaitsFor.NOBODY, at=at)
    # Only after the step has moved: the second of two presses is refused there, before anybody is told.
    for who in expected(meeting.matter):
        _invite(meeting, who, by=by, at=at)
    record("meetings.invite", by=by, at=at, space=meeting.matter_id)


@transaction.atomic
def invite_one(meeting: Meeting, who: Member | LeadAssignment, *, by: Seat, at: datetime) -> None:
    """Invite somebody who has come along later. Raises Refused when they are invited, or nobody is yet."""
    # Held by a write that changes nothing: whoever invites the same one at the same moment waits here.
    Meeting.objects.filter(pk=meeting.pk).update(round=meeting.round)
    if not Matter.objects.open().filter(pk=meeting.matter_id, step=Step.INVITED).exists():
        raise Refused(_("Nobody has been invited yet. Invite everybody at once."))
    if Invitation.objects.standing().filter(_of(who), meeting=meeting).exists():
        raise Refused(SOMEBODY_WAS_FIRST)
    _invite(meeting, who, by=by, at=at)
    record("meetings.invite_one", by=by, at=at, space=meeting.matter_id)


@transaction.atomic
def send_again(invitation: Invitation, *, by: Seat, at: datetime) -> None:
    """The same invitation once more, to a participant with a link of their own. Raises Refused for no message."""
    _must_stand(invitation)
    if not tell("invitation", invitation, by=by, at=at):
        raise Refused(_("No message goes to this person. Tell them yourself, or print a letter."))
    if invitation.seat:
        mark_seen_to(invitation.seat, how=SeenTo.AGAIN, by=by, at=at, space=invitation.matter_id)
    record("meetings.send_again", by=by, at=at, space=invitation.matter_id)


@transaction.atomic
def tell_by_hand(invitation: Invitation, *, how: str, by: Seat, at: datetime) -> None:
    """Somebody has told this person the time and the place, or that it is off. What did not arrive is seen to."""
    _must_be_open(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(told=how, told_at=at, told_by=by)
    if invitation.seat:
        seen = SeenTo.PHONED if how == ByHand.PHONE else SeenTo.OTHER_WAY
        mark_seen_to(invitation.seat, how=seen, by=by, at=at, space=invitation.matter_id)
    record("meetings.tell_by_hand", by=by, at=at, space=invitation.matter_id)


@transaction.atomic
def print_letter(invitation: Invitation, *, by: Seat, at: datetime) -> str:
    """The code for a letter to this participant; the letter printed before dies.

    Raises Refused for a worker, and when it was judged that the time is not told to this person.
    """
    _must_stand(invitation)
    member, meeting = invitation.member, invitation.meeting
    if member is None or meeting.ends_at is None:
        raise Refused(_("This person works here and signs in with their own account."))
    seat = give_seat_in_matter(member, by=by, at=at)
    if not member.sees("time"):
        raise Refused(_("It was judged that the time is not told to this person."))
    code = print_code(seat, ends_at=meeting.ends_at, by=by, at=at)
    tell_by_hand(invitation, how=ByHand.LETTER, by=by, at=at)
    return code


@transaction.atomic
def wish_calendar(member: Member, *, wants: bool, by: Seat, at: datetime) -> None:
    """A participant wants the meeting in their calendar, or does not. Sent at once when they are invited."""
    Member.objects.filter(pk=member.pk).update(wants_calendar=wants)
    record("meetings.wish_calendar", by=by, at=at, space=member.matter_id)
    invitation = Invitation.objects.standing().filter(member=member, meeting__held_at=None).for_page().first()
    # `member` still says what was wished before: pressing twice sends once. And no entry fits into a text message:
    # whoever gets those fetches the file from their own page.
    if wants and not member.wants_calendar and invitation and contact_of(member).way == "mail":
        tell("calendar", invitation, by=by, at=at)


@transaction.atomic
def take_reply(invitation: Invitation, coming: str, *, stamped_at: datetime, by: Seat, at: datetime) -> bool:
    """What a worker's calendar answered. Returns whether it was news: an older answer, or the same, is not."""
    # Weighed by the update itself: each mail is taken by a process of its own, and two may come at once.
    newer = Invitation.objects.standing().filter(
        Q(stamped_at=None) | Q(stamped_at__lt=stamped_at), pk=invitation.pk, meeting__held_at=None
    )
    if not newer.update(reply=coming, replied_at=at, stamped_at=stamped_at):
        return False
    record("meetings.reply", by=by, at=at, space=invitation.matter_id)
    return True


@transaction.atomic
def uninvite(invitation: Invitation, *, by: Seat, at: datetime) -> None:
    """This one does not come along after all: their calendar entry is taken away, if it ever left."""
    was_told = invitation.seat is not None and invitation.seat.pk in notified_seats([invitation])
    take_back([invitation], by=by, at=at)
    # Only to those who work here. One of the people hears it from a person, and stands on the page until then.
    if was_told and invitation.seat and invitation.seat.account_id:
        tell("uninvited", invitation, by=by, at=at)
    record("meetings.uninvite", by=by, at=at, space=invitation.matter_id)


def expected(matter: Matter) -> list[Member | LeadAssignment]:
    """Who is to be there: those whom the people want, and the two who lead. A chair who is along comes once."""
    members = asked(matter)
    seats = {member.seat_id for member in members} - {None}
    pairings = (
        LeadAssignment.objects.filter(matter=matter).accepted().exclude(seat__in=seats).select_related("seat__account")
    )
    return [*members, *pairings]


def tell(kind: str, invitation: Invitation, *, by: Seat, at: datetime) -> bool:
    """Send a message about the meeting, the way that this one is reached. False when by no message."""
    member = invitation.member
    seat = invitation.seat
    if member is not None and not member.signs_in:
        if not contact_of(member).way or not member.sees("time"):
            return False
        seat = give_seat_in_matter(member, by=by, at=at)
    if seat is None:
        return False
    send(kind, to=seat, by=by, at=at, about=invitation.meeting_id, space=invitation.matter_id)
    return True


def take_back(invitations: list[Invitation], *, by: Seat, at: datetime) -> None:
    """Withdraw these; what had not left yet never leaves, and the number of each entry rises."""
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in invitations]).update(
        withdrawn_at=at, withdrawn_by=by, sequence=F("sequence") + 1
    )
    meetings = {invitation.meeting_id for invitation in invitations}
    seats = [invitation.seat for invitation in invitations if invitation.seat]
    # One that has its way is leaving this moment: without its row nobody would know that it had to be taken back.
    Message.objects.waiting().filter(way="", about__in=meetings, seat__in=seats).delete()


def notified_seats(invitations: list[Invitation]) -> set[Any]:
    """The seats to which a message about the time has left, or is leaving now, since they were invited."""
    since = {invitation.seat.pk: invitation.at for invitation in invitations if invitation.seat}
    sent = Message.objects.filter(
        seat__in=since, about__in={invitation.meeting_id for invitation in invitations},
        kind__in=["invitation", "moved"],
        # One that came back has told nobody anything, so there is nothing to call off.
        refused_at=None,
    ).exclude(way="")  # fmt: skip
    return {seat for seat, made_at in sent.values_list("seat", "made_at") if made_at >= since[seat]}


def _invite(meeting: Meeting, who: Member | LeadAssignment, *, by: Seat, at: datetime) -> None:
    existing = Invitation.objects.filter(_of(who), meeting=meeting).first()
    if existing is None:
        which = {"member": who} if isinstance(who, Member) else {"pairing": who}
        Invitation(matter=meeting.matter, meeting=meeting, by=by, at=at, **which).save(force_insert=True)
    else:
        # Never a second row: it would count from nought, and a calendar passes by an entry whose number has not risen.
        Invitation.objects.filter(pk=existing.pk).update(
            by=by, at=at, withdrawn_at=None, withdrawn_by=None, sequence=F("sequence") + 1, reply="", replied_at=None,
            stamped_at=None,
        )  # fmt: skip
    tell("invitation", Invitation.objects.for_page().get(_of(who), meeting=meeting), by=by, at=at)


def _of(who: Member | LeadAssignment) -> Q:
    return Q(member=who) if isinstance(who, Member) else Q(pairing=who)


def _must_stand(invitation: Invitation) -> None:
    if not Invitation.objects.standing().filter(pk=invitation.pk, meeting__held_at=None).exists():
        raise Refused(_("This invitation does not stand any more. Nothing was sent."))
    _must_be_open(invitation)


def _must_be_open(invitation: Invitation) -> None:
    if not Matter.objects.open().filter(pk=invitation.matter_id).exists():
        raise Refused(IS_CLOSED)
