"""Asking: the round after the family's, those permitted late, who is needed, and one reminder to the missing."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.record import record
from kudelma.meetings.actions.times import tell, tell_what_is_new, wait
from kudelma.meetings.models import Meeting, Reminder, TimeOption
from kudelma.meetings.timing import TimePoll, is_family
from kudelma.members.models import Member
from kudelma.people.models import Seat


@transaction.atomic
def ask_next(meeting: Meeting, *, by: Seat, at: datetime) -> None:
    """Ask the others about the times that suit the family, and everybody to whom no question has gone.

    Raises Refused when there is nobody to ask.
    """
    timing = TimePoll(meeting, at)
    if meeting.chosen_at or not (timing.for_others or timing.untold):
        raise Refused(_("There is nobody to ask just now. Nothing was sent."))
    new = {option.pk for option in timing.for_others}
    if new:
        TimeOption.objects.filter(pk__in=new).update(for_everybody=True)
        # Only the first round sets it: it says since when the others are asked, and by whom.
        Meeting.objects.filter(pk=meeting.pk, others_asked_at=None).update(others_asked_at=at, others_asked_by=by)
    record("meetings.ask", by=by, at=at, space=meeting.matter_id)
    # Read anew: what has just been opened to everybody is not in the first reading.
    tell_what_is_new(TimePoll(meeting, at), {*new}, by=by, at=at)
    wait(meeting, at)


@transaction.atomic
def set_needed(member: Member, *, is_needed: bool, by: Seat, at: datetime) -> None:
    """Whether people meet without this one. Raises Refused for the family, whose answer is always waited for."""
    if is_family(member):
        raise Refused(_("The family's answer is always waited for."))
    if Member.objects.filter(pk=member.pk, is_needed=not is_needed).update(is_needed=is_needed):
        record("meetings.set_needed", by=by, at=at, space=member.matter_id)


@transaction.atomic
def remind(meeting: Meeting, members: list[Member], *, by: Seat, at: datetime) -> int:
    """Remind these of the question, each with a link of their own. Returns how many.

    Nobody is reminded twice of the same question, nor anybody who has answered or wishes a call meanwhile. Whom
    the matter waits for does not change.
    """
    timing = TimePoll(meeting, at)
    option = timing.newest
    wanted = {member.pk for member in members}
    reminded = 0
    # Not the given ones themselves: one of them may have answered since the page was shown.
    for member in timing.to_remind:
        if member.pk not in wanted or option is None or meeting.chosen_at:
            continue
        reminder = Reminder(matter=meeting.matter, meeting=meeting, option=option, member=member, by=by, at=at)
        try:
            # A savepoint: on PostgreSQL one refused row would spoil the reminders before it.
            with transaction.atomic():
                reminder.save(force_insert=True)
        except IntegrityError:
            continue  # somebody else has just reminded them
        tell("time-reminder", member, about=reminder.pk, by=by, at=at)
        reminded += 1
    if reminded:
        record("meetings.remind", by=by, at=at, space=meeting.matter_id)
    return reminded
