"""A settled time that does not hold: postponed, moved, cancelled, or somebody stops everything.

Everybody who was told is told once more, once; whoever had already said that they cannot come is not told
of a cancellation.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.matters.actions.closing import close_matter
from kudelma.matters.actions.steps import advance
from kudelma.matters.actions.telling import tell_coordinators
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.meetings.actions.invitations import LETTER_STAYS, notified_seats, take_back, tell
from kudelma.meetings.actions.times import must_be_free
from kudelma.meetings.models import Change, Coming, Invitation, Meeting, Postponement, TimeOption, WishToStop
from kudelma.members.actions.people import revoke_links
from kudelma.members.models import Member
from kudelma.people.actions.printed import keep_printed_until
from kudelma.people.models import Message, Seat
from kudelma.people.queries import MessageQuerySet

SETTLED = (Step.INVITING, Step.INVITED)
CHANGED = _("Somebody has changed the time meanwhile. Look at it once more; nothing was changed by you.")
TOO_LATE = _("This can be stopped here only before the meeting has begun.")


@transaction.atomic
def put_off(meeting: Meeting, *, seen: int, why: str = "", by: Seat, at: datetime) -> None:
    """No time holds any more: ask for times anew. Answers about other times that are still to come stay.

    seen: `meeting.sequence` as it stood on the page. Raises Refused when somebody has changed the time first.
    """
    _take_time_away(meeting, Change.PUT_OFF, seen=seen, why=why, by=by, at=at)
    # The row at hand still has the hour that does not hold: only the table was changed.
    gone = Q(starts_at__lte=at) | Q(starts_at=meeting.starts_at)
    TimeOption.objects.filter(gone, meeting=meeting).delete()
    advance(meeting.matter, Step.TIMING, since=meeting.matter.step, waits_for=WaitsFor.COORDINATOR, at=at)
    record("meetings.put_off", by=by, at=at, space=meeting.matter_id)


@transaction.atomic
def move_to(
    meeting: Meeting, *, starts_at: datetime, place: str, place_shown: bool, seen: int, why: str = "", by: Seat,
    at: datetime,
) -> None:  # fmt: skip
    """Another time or place that has been agreed on with the people already, told to everybody who is invited.

    What was answered about the time that does not hold goes with it; answers about other times stay.
    Raises Refused when somebody has changed the time first, or one of those who lead is elsewhere then.
    """
    must_be_settled(meeting)
    # Accounts before the meeting, as when a time is chosen: one order everywhere, so that no two wait for each other.
    if starts_at != meeting.starts_at:
        must_be_free(meeting, starts_at)
    _count(meeting, seen, starts_at=starts_at, chosen_at=at, chosen_by=by, place_shown=place_shown)
    was_at, meeting.starts_at = meeting.starts_at, starts_at
    # Sealed, so no update sets it: the row itself has to be saved.
    meeting.place = place
    meeting.save(update_fields=["place"])
    _keep(meeting, Change.MOVED, was_at=was_at, why=why, by=by, at=at)
    # Left there, it would stand on the page of answers with everybody's yes, beside the new time.
    if was_at and was_at != starts_at:
        TimeOption.objects.filter(meeting=meeting, starts_at=was_at).delete()
    invitations = _standing(meeting)
    # A yes to the old time is no yes to the new one.
    Invitation.objects.filter(pk__in=[row.pk for row in invitations]).update(
        sequence=F("sequence") + 1, reply="", replied_at=None, stamped_at=None
    )
    on_their_way = set(_unsent(meeting).values_list("seat", flat=True))
    for invitation in invitations:
        if invitation.seat is None or invitation.seat.pk not in on_their_way:  # else the new time is told at once
            tell("moved", invitation, by=by, at=at)
    keep_printed_until(starts_at + timedelta(minutes=meeting.minutes), seats=_seats(invitations))
    record("meetings.move", by=by, at=at, space=meeting.matter_id)


@transaction.atomic
def call_off(meeting: Meeting, *, seen: int, why: str = "", by: Seat, at: datetime) -> None:
    """The meeting is not held. The matter goes back to being prepared; nothing that was asked about times stays."""
    _take_time_away(meeting, Change.CALLED_OFF, seen=seen, why=why, by=by, at=at)
    TimeOption.objects.filter(meeting=meeting).delete()
    advance(meeting.matter, Step.PREPARING, since=meeting.matter.step, waits_for=WaitsFor.COORDINATOR, at=at)
    record("meetings.call_off", by=by, at=at, space=meeting.matter_id)


@transaction.atomic
def stop(
    matter: Matter, *, seen: str, leaving: list[Member], closes: bool, why: str = "", by: Seat, at: datetime
) -> None:  # fmt: skip
    """Somebody does not want to go on: cancelled for all, and the matter waits for a call, or closes.

    seen: the step of the matter as it stood on the page. leaving: those whose links are revoked, because they
    wish so. Raises Refused once people have met, or when the matter has moved on meanwhile.
    """
    if matter.step != seen:
        raise Refused(CHANGED)
    if not matter.is_before_meeting:
        raise Refused(TOO_LATE)
    step = matter.step
    meeting = Meeting.objects.present().select_related("matter__region").filter(matter=matter, opened_at=None).first()
    if meeting is not None:
        meeting.matter = matter
        if step in SETTLED:
            _take_time_away(meeting, Change.STOPPED, seen=meeting.sequence, why=why, by=by, at=at)
        elif step == Step.TIMING:
            # Nobody has an entry yet, but the number rises: a page open elsewhere must not act on what is stopped.
            _count(meeting, meeting.sequence)
            _ask_anew(meeting)
            _keep(meeting, Change.STOPPED, was_at=None, why=why, by=by, at=at)
        TimeOption.objects.filter(meeting=meeting).delete()
    # Whoever stops has called first: the wishes wait for no second call.
    WishToStop.objects.open().filter(matter=matter).update(called_at=at, called_by=by)
    for member in leaving:
        if member.seat is not None and not member.signs_in:
            revoke_links(member, by=by, at=at)
    if closes:
        close_matter(matter, since=step, by=by, at=at)
    else:
        advance(matter, Step.PREPARING, since=step, waits_for=WaitsFor.COORDINATOR, at=at)
    record("meetings.stop", by=by, at=at, space=matter.pk)


@transaction.atomic
def wish_to_stop(member: Member, *, by: Seat, at: datetime) -> None:
    """A participant wants to stop. Nothing is cancelled by it: the coordinator calls first.

    Pressing twice wishes once. Raises Refused once people have met.
    """
    if not member.matter.is_before_meeting:
        raise Refused(TOO_LATE)
    try:
        with transaction.atomic():
            WishToStop(matter=member.matter, member=member, at=at).save(force_insert=True)
    except IntegrityError:
        return
    record("meetings.wish_to_stop", by=by, at=at, space=member.matter_id)
    tell_coordinators(member.matter, by=by, at=at)


@transaction.atomic
def has_called(wish: WishToStop, *, by: Seat, at: datetime) -> None:
    """The coordinator has called, and it goes on. Raises Refused when somebody has called before."""
    if not WishToStop.objects.open().filter(pk=wish.pk).update(called_at=at, called_by=by):
        raise Refused(SOMEBODY_WAS_FIRST)
    record("meetings.call_about_stopping", by=by, at=at, space=wish.matter_id)


def _take_time_away(meeting: Meeting, what: str, *, seen: int, why: str, by: Seat, at: datetime) -> None:
    """No time, no invitations; a CANCEL or a message to each who had been told and had not said no."""
    must_be_settled(meeting)
    _count(meeting, seen, starts_at=None, chosen_at=None, chosen_by=None)
    _keep(meeting, what, was_at=meeting.starts_at, why=why, by=by, at=at)
    invitations = _standing(meeting)
    notified = notified_seats(invitations)
    take_back(invitations, by=by, at=at)
    _ask_anew(meeting)
    for invitation in invitations:
        is_told = invitation.seat is not None and invitation.seat.pk in notified
        if is_told and invitation.reply != Coming.DECLINED:
            tell("called-off", invitation, by=by, at=at)
    # Nobody can call a letter back: its code still leads to the page that says that the time does not hold.
    keep_printed_until(at + LETTER_STAYS, seats=_seats(invitations))


def _ask_anew(meeting: Meeting) -> None:
    """Questions about times that were sent before count no more: the rounds begin anew, and who is asked is told so."""
    Meeting.objects.filter(pk=meeting.pk).update(others_asked_at=None, others_asked_by=None)
    Message.objects.filter(about=meeting.pk, kind__startswith="time-").delete()


def _count(meeting: Meeting, seen: int, **values: object) -> None:
    """Change the meeting if nobody has changed it since `seen`."""
    # One update decides between two coordinators; and no meeting is moved from under those who have begun it.
    unchanged = Meeting.objects.filter(pk=meeting.pk, sequence=seen, opened_at=None)
    if not unchanged.update(sequence=seen + 1, **values):
        raise Refused(CHANGED)


def _keep(meeting: Meeting, what: str, *, was_at: datetime | None, why: str, by: Seat, at: datetime) -> None:
    Postponement(matter=meeting.matter, meeting=meeting, what=what, was_at=was_at, why=why, by=by, at=at).save(
        force_insert=True
    )


def _standing(meeting: Meeting) -> list[Invitation]:
    return list(Invitation.objects.standing().filter(meeting=meeting).for_page())


def _seats(invitations: list[Invitation]) -> list[Seat]:
    return [invitation.seat for invitation in invitations if invitation.seat]


def _unsent(meeting: Meeting) -> MessageQuerySet:
    return Message.objects.waiting().filter(about=meeting.pk, way="")


def must_be_settled(meeting: Meeting) -> None:
    """Raises Refused when there is no time that could be changed, or people have met already."""
    if meeting.opened_at is not None:
        raise Refused(_("The meeting has begun. Its time is not changed any more."))
    if meeting.matter.step not in SETTLED:
        raise Refused(_("No time is settled just now."))
