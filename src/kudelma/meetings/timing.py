"""What is known about the times of a meeting: who is asked what, who has said what, whose turn it is.

Reads only, in six queries however many people and times there are. Nothing is stored of it: a time that
has passed drops off by itself, and a permission that is given late makes somebody one to be asked.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kudelma.matters.models import WaitsFor
from kudelma.meetings.models import CAN, Answer, Call, Meeting, Reminder, TimeOption, Value
from kudelma.members.models import Member
from kudelma.methods.models import Side
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Message

QUESTIONS = ["time-question", "time-news"]
"""The messages by which somebody has been asked."""


LONGEST = timedelta(hours=8)
"""A meeting that began longer ago than this is over. See `TimesForm`."""


class Reach(models.TextChoices):
    """How far the question has come to somebody."""

    ASKED = "asked", _("has been asked")
    UNTOLD = "untold", _("has not been asked yet")
    AFTER_FAMILY = "after_family", _("is asked after the family")
    NO_WAY = "no_way", _("no mail address: ask by telephone")
    NOT_AGREED = "not_agreed", _("it has not been agreed yet that this one is invited")
    NOT_TO_ANSWER = "not_to_answer", _("need not answer")


def is_family(member: Member) -> bool:
    """Whether this one answers for the family: no time is settled over their heads."""
    return member.side == Side.OWN and member.answers_times


def is_waited_for(member: Member) -> bool:
    """Whether no time is chosen before this one has said that it suits, or was called."""
    return is_family(member) or (member.is_needed and member.answers_times)


def can_be_built_on(member: Member, answer: Answer | None) -> bool:
    """Whether an answer about a time settles it for this one: they can come, or it was written down in a call."""
    return answer is not None and (answer.value in CAN or answer.by_id != member.seat_id)


def reaches(member: Any) -> bool:
    """Whether a message reaches this one, as `TimePoll` has loaded them."""
    return bool(member.signs_in or member.has_address)


def is_led_elsewhere(meeting: Meeting, starts_at: datetime) -> bool:
    """Whether one of those who lead, in whatever seat, leads another conversation while this one would go on."""
    leads = LeadAssignment.objects.filter(matter=meeting.matter_id).accepted().values("seat__account")
    others = LeadAssignment.objects.accepted().filter(seat__account__in=leads).exclude(matter=meeting.matter_id)
    ends_at = starts_at + timedelta(minutes=meeting.minutes)
    # No end is stored, so the database narrows by the longest possible one and Python decides.
    around = Meeting.objects.filter(starts_at__lt=ends_at, starts_at__gt=starts_at - LONGEST)
    settled = around.filter(
        matter__in=others.values("matter"), matter__closed_at=None, chosen_at__isnull=False, held_at=None
    )
    return any(other.ends_at and other.ends_at > starts_at for other in settled)


class TimePoll:
    """One meeting's times at one moment.

    Not in it: somebody to whom it was judged that the time is closed. Its members know `is_told`, whether a
    question has gone to them, and `has_address`, without unsealing it.
    """

    def __init__(self, meeting: Meeting, at: datetime) -> None:
        self.meeting = meeting
        self.options = list(TimeOption.objects.filter(meeting=meeting))
        self.open = [option for option in self.options if option.withdrawn_at is None and option.starts_at > at]
        members = Member.objects.filter(matter=meeting.matter_id).open_to("time").for_circle()
        asked = Message.objects.filter(kind__in=QUESTIONS, about=meeting.pk, seat=OuterRef("seat"))
        self.members: list[Any] = list(members.annotate(has_address=~Q(address=b""), is_told=Exists(asked)))
        for member in self.members:
            # One matter for all of them: otherwise each would ask the database for it again.
            member.matter = meeting.matter
        answers = Answer.objects.filter(meeting=meeting).select_related("by__account")
        self.answers: Mapping[tuple[UUID, UUID | None], Answer] = {
            (answer.member_id, answer.option_id): answer for answer in answers
        }
        self.calls = {
            call.member_id: call for call in Call.objects.filter(meeting=meeting).select_related("by__account")
        }

    @cached_property
    def reminders(self) -> dict[UUID, Reminder]:
        """{member: the last reminder}"""
        return {reminder.member_id: reminder for reminder in Reminder.objects.filter(meeting=self.meeting)}

    # ------------------------------------------------------------ who is asked what

    @cached_property
    def invited(self) -> list[Any]:
        return [member for member in self.members if member.may_be_invited]

    @cached_property
    def family(self) -> list[Any]:
        return [member for member in self.invited if is_family(member)]

    def asked_of(self, member: Member) -> list[TimeOption]:
        """The open times that this one is asked about; none before it is their turn."""
        if not (member.may_be_invited and member.answers_times):
            return []
        return [option for option in self.open if option.for_everybody or is_family(member)]

    def reach(self, member: Any) -> Reach:
        if not member.answers_times:
            return Reach.NOT_TO_ANSWER
        if not member.may_be_invited:
            return Reach.NOT_AGREED
        if self.open and not self.asked_of(member):
            return Reach.AFTER_FAMILY
        if not reaches(member):
            return Reach.NO_WAY
        return Reach.ASKED if member.is_told else Reach.UNTOLD

    @cached_property
    def untold(self) -> list[Any]:
        """Those whose turn it is and to whom no question has gone: permitted late, for example."""
        return [member for member in self.invited if self.asked_of(member) and self.reach(member) == Reach.UNTOLD]

    # ------------------------------------------------------------ who has said what

    def answer(self, member: Member, option: TimeOption | None) -> Answer | None:
        return self.answers.get((member.pk, option.pk if option else None))

    def unanswered(self, member: Member) -> list[TimeOption]:
        """What this one has still to answer. Who wishes a call has answered."""
        if self.answer(member, None):
            return []
        return [option for option in self.asked_of(member) if not self.answer(member, option)]

    def wishes_call(self, member: Member) -> bool:
        """Whether a wish for a call, or not being sure, waits for the coordinator's call."""
        wish, call = self.answer(member, None), self.calls.get(member.pk)
        return wish is not None and (call is None or call.at < wish.at)

    @cached_property
    def missing(self) -> list[Any]:
        """Those who have got the question by a message and have not answered all of it."""
        return [member for member in self.invited if reaches(member) and self.unanswered(member)]

    @property
    def newest(self) -> TimeOption | None:
        """The time that was asked about last: it tells one question from the next."""
        # Times of one form share a moment. Without the id another of them might be the newest at the next look, and
        # everybody would be reminded twice.
        return max(self.options, key=lambda option: (option.asked_at, str(option.pk)), default=None)

    @cached_property
    def to_remind(self) -> list[Any]:
        """The missing who have been asked, and not been reminded of this question."""
        return [member for member in self.missing if member.is_told and not self.is_reminded(member)]

    def is_reminded(self, member: Member) -> bool:
        reminder = self.reminders.get(member.pk)
        return reminder is not None and self.newest is not None and reminder.option_id == self.newest.pk

    # ------------------------------------------------------------ what can be done next

    def settled(self, member: Member, option: TimeOption) -> bool:
        """Whether what this one said about the time can be built on."""
        return self.answer(member, None) is None and can_be_built_on(member, self.answer(member, option))

    def suits_family(self, option: TimeOption) -> bool:
        """Whether all of the family have settled the time, and somebody of them can come."""
        # A «cannot» that was told in a call settles a time as well: a time may be settled for all and suit nobody.
        can = [answer for member in self.family if (answer := self.answer(member, option)) and answer.value in CAN]
        return bool(can) and all(self.settled(member, option) for member in self.family)

    @cached_property
    def for_others(self) -> list[TimeOption]:
        """The times that suit the family and that the others have not been asked about."""
        return [option for option in self.open if not option.for_everybody and self.suits_family(option)]

    def hindrances(self, option: TimeOption) -> list[tuple[Member, Any]]:
        """(who, why) for each who answers about times and has not said that this one suits."""
        hindrances: list[tuple[Member, Any]] = []
        for member in self.members:
            reach, answer, coming = self.reach(member), self.answer(member, option), self.answer(member, None)
            if reach == Reach.NOT_TO_ANSWER:
                continue
            if reach == Reach.NOT_AGREED:
                hindrances.append((member, reach))
            elif coming:
                hindrances.append((member, Value(coming.value)))
            elif answer and answer.value == Value.CANNOT:
                hindrances.append((member, Value.CANNOT))
            elif not answer:
                hindrances.append((member, None if reach == Reach.ASKED else reach))
        return hindrances

    @property
    def waits_for(self) -> WaitsFor:
        """People, while somebody who has got the question may still answer; otherwise the coordinator."""
        wishes = any(self.wishes_call(member) for member in self.invited)
        return WaitsFor.COORDINATOR if wishes or not self.missing else WaitsFor.PEOPLE
