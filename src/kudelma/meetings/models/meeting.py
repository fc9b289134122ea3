"""The rounds in which a matter meets, the days of each, and who was there."""

from datetime import datetime, timedelta

from django.db import models

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.meetings.queries import MeetingQuerySet, SittingQuerySet
from kudelma.members.models import Member
from kudelma.members.queries import OfMemberQuerySet
from kudelma.methods.models import Method
from kudelma.people.models import Seat


class Meeting(OfMatter):
    """One round of a matter. It has a time once somebody has chosen one, and has been held once it was ended.

    round: the first is 1; the last one is the present meeting of its matter. method: in the version in which it meets.
    family_first: the family is asked about times before the others. others_asked_at: since when the others are too.
    sequence: how many times a settled time was postponed, moved or cancelled. goes_on: whether it has been agreed in it
    when people look at how it goes. starts_at, minutes: of its present sitting, once it has begun.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="meetings")
    round = models.PositiveSmallIntegerField(editable=False)
    method = models.ForeignKey(Method, models.PROTECT, editable=False, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    place = SealedText("meetings.meeting.place", max_length=200)
    # A place may give away why people meet: it stands in messages only when somebody has chosen so.
    place_shown = models.BooleanField(default=False)
    family_first = models.BooleanField(default=False)
    others_asked_at = models.DateTimeField(null=True, editable=False)
    others_asked_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    starts_at: datetime | None = models.DateTimeField(null=True)  # type: ignore[assignment]
    chosen_at = models.DateTimeField(null=True, editable=False)
    chosen_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    held_at = models.DateTimeField(null=True, editable=False)
    held_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    goes_on = models.BooleanField(default=False, editable=False)

    objects = MeetingQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"place": "where people will be"}
        link = {
            "others_asked_by": "who asked them",
            "chosen_by": "who chose",
            "opened_by": "who opened",
            "held_by": "who ended it",
        }
        plain = OF_MATTER | {
            "round", "method", "minutes", "place_shown", "family_first", "others_asked_at", "starts_at", "chosen_at",
            "opened_at", "held_at", "sequence", "goes_on",
        }  # fmt: skip

    class Meta:
        ordering = ["matter", "round"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "round"], name="one_meeting_a_round"),
            both_or_neither("others_asked_at", "others_asked_by"),
            both_or_neither("chosen_at", "chosen_by"),
            both_or_neither("opened_at", "opened_by"),
            both_or_neither("held_at", "held_by"),
            models.CheckConstraint(
                name="a_chosen_meeting_has_a_time",
                condition=models.Q(chosen_at__isnull=True) | models.Q(starts_at__isnull=False),
            ),
        ]

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def asks_others(self) -> bool:
        """Whether others than the family have been asked about a time."""
        return not self.family_first or self.others_asked_at is not None

    @property
    def was_put_off(self) -> bool:
        """Whether it had a time before, and is looking for another one now."""
        return self.chosen_at is None and self.sequence > 0

    @property
    def people_have_met(self) -> bool:
        """Whether there is something that people said: in this round, or in a former one."""
        return self.round > 1 or self.opened_at is not None

    @property
    def is_going_on(self) -> bool:
        return self.opened_at is not None and self.held_at is None


class Sitting(OfMatter):
    """One day of a meeting. The first is there once the meeting has begun, a further one once people agreed on it.

    starts_at, minutes: as agreed. began_at: none while it is to come.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="sittings")
    meeting = models.ForeignKey(Meeting, models.CASCADE, editable=False, related_name="sittings")
    number = models.PositiveSmallIntegerField(editable=False)
    starts_at = models.DateTimeField(editable=False)
    minutes = models.PositiveSmallIntegerField(editable=False)
    began_at = models.DateTimeField(null=True, editable=False)
    began_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = SittingQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"began_by": "who began it", "ended_by": "who ended it"}
        plain = OF_MATTER | {"meeting", "number", "starts_at", "minutes", "began_at", "ended_at"}

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_sitting_a_number"),
            # Of two who call people together, or adjourn, at once: the database lets one.
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(ended_at=None), name="one_sitting_at_a_time"
            ),
            both_or_neither("began_at", "began_by"),
            both_or_neither("ended_at", "ended_by"),
            models.CheckConstraint(
                name="what_ends_has_begun",
                condition=models.Q(ended_at__isnull=True) | models.Q(began_at__isnull=False),
            ),
        ]


class Attendance(OfMatter):
    """That somebody was there, on whichever of its days, and whether they have given feedback: not when, nor which."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="attendances")
    meeting = models.ForeignKey(Meeting, models.CASCADE, editable=False, related_name="attendances")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="attendances")
    gave_feedback = models.BooleanField(default=False, editable=False)

    objects = OfMemberQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"member": "who was there"}
        plain = OF_MATTER | {"meeting", "gave_feedback"}

    class Meta:
        ordering = ["meeting", "member"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="there_once")]
