"""A meeting: its time and answers, invitations, who was there, and the board of voices and questions."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, Member, OfMatter, Pairing
from kudelma.meetings.queries import (
    AnswerQuerySet,
    BoardQuerySet,
    InvitationQuerySet,
    LineQuerySet,
    MeetingQuerySet,
    WishToStopQuerySet,
)
from kudelma.methods.models import Question
from kudelma.people.models import Seat


class Meeting(OfMatter):
    """One gathering. It has a time once somebody has chosen one, and has been held once it was ended.

    sequence: how many times a settled time was postponed, moved or cancelled.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="meetings")
    minutes = models.PositiveSmallIntegerField()
    place = SealedText(max_length=200)
    place_shown = models.BooleanField(default=False)
    starts_at: datetime | None = models.DateTimeField(null=True)  # type: ignore[assignment]
    chosen_at = models.DateTimeField(null=True, editable=False)
    chosen_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    held_at = models.DateTimeField(null=True, editable=False)
    held_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"place": "where people will be"}
        link = {"chosen_by": "who chose", "opened_by": "who opened", "held_by": "who ended it"}
        plain = OF_MATTER | {
            "minutes", "place_shown", "starts_at", "chosen_at", "opened_at", "held_at", "sequence",
        }  # fmt: skip

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            both_or_neither("chosen_at", "chosen_by"),
            both_or_neither("opened_at", "opened_by"),
            both_or_neither("held_at", "held_by"),
            models.CheckConstraint(
                name="a_chosen_meeting_has_a_time",
                condition=models.Q(chosen_at__isnull=True) | models.Q(starts_at__isnull=False),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("meetings:board", args=[self.pk])

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def was_put_off(self) -> bool:
        """Whether it had a time before, and is looking for another one now."""
        return self.chosen_at is None and self.sequence > 0

    @property
    def is_going_on(self) -> bool:
        return self.opened_at is not None and self.held_at is None


class TimeOption(OfMatter):
    """A time that is asked about."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="time_options")
    meeting = models.ForeignKey(Meeting, models.CASCADE, editable=False, related_name="options")
    starts_at = models.DateTimeField()

    class Privacy:
        plain = OF_MATTER | {"meeting", "starts_at"}

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "starts_at"], name="a_time_is_asked_once")]


class Value(models.TextChoices):
    """The five answers, as large as each other. The last two are about coming at all, not about a time."""

    WELL = "well", _("Suits me well")
    IF_NEEDED = "if_needed", _("Possible if needed")
    CANNOT = "cannot", _("I cannot come")
    CALL = "call", _("Please call me")
    UNSURE = "unsure", _("I am not sure whether I want to come")


OF_A_TIME = [Value.WELL, Value.IF_NEEDED, Value.CANNOT]
OF_COMING = [Value.CALL, Value.UNSURE]


class Answer(OfMatter):
    """What somebody answered: about one time, or (without a time) about coming."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="answers")
    meeting = models.ForeignKey(Meeting, models.CASCADE, editable=False, related_name="answers")
    option = models.ForeignKey(TimeOption, models.CASCADE, null=True, editable=False, related_name="answers")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="answers")
    value = models.CharField(max_length=10, choices=Value)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    objects = AnswerQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"member": "who answered", "by": "who wrote it down"}
        plain = OF_MATTER | {"meeting", "option", "value", "at"}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["option", "member"], condition=models.Q(option__isnull=False), name="one_answer_a_time"
            ),
            models.UniqueConstraint(
                fields=["meeting", "member"], condition=models.Q(option=None), name="one_answer_about_coming"
            ),
            models.CheckConstraint(
                name="a_time_gets_an_answer_about_it",
                condition=models.Q(option__isnull=False, value__in=OF_A_TIME)
                | models.Q(option__isnull=True, value__in=OF_COMING),
            ),
        ]


class Told(models.TextChoices):
    """How somebody was told who gets no message, or got one that did not arrive."""

    PHONE = "phone", _("told by telephone")
    FACE = "face", _("told face to face")
    LETTER = "letter", _("letter printed")


class Coming(models.TextChoices):
    """What a calendar answered to an invitation. RFC 5545, section 3.2.12."""

    ACCEPTED = "accepted", _("has accepted")
    DECLINED = "declined", _("cannot come")
    TENTATIVE = "tentative", _("comes perhaps")


class Invitation(OfMatter):
    """That somebody has been invited to a meeting: one of the circle, or one of the two who lead.

    sequence: the number of their calendar entry; it rises with each change that they are sent.
    reply: what their calendar answered, stamped_at by that calendar's own clock, so that an older answer
    that comes again changes nothing.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="invitations")
    meeting = models.ForeignKey(Meeting, models.CASCADE, editable=False, related_name="invitations")
    member = models.ForeignKey(Member, models.CASCADE, null=True, editable=False, related_name="invitations")
    pairing = models.ForeignKey(Pairing, models.CASCADE, null=True, editable=False, related_name="invitations")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    told = models.CharField(max_length=6, choices=Told, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    told_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    reply = models.CharField(max_length=9, choices=Coming, blank=True, editable=False)
    replied_at = models.DateTimeField(null=True, editable=False)
    stamped_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = InvitationQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {
            "member": "whom",
            "pairing": "whom",
            "by": "who invited",
            "told_by": "who told",
            "withdrawn_by": "who took it back",
        }
        plain = OF_MATTER | {
            "meeting", "at", "sequence", "told", "told_at", "reply", "replied_at", "stamped_at", "withdrawn_at",
        }  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            both_or_neither("told_at", "told_by"),
            both_or_neither("withdrawn_at", "withdrawn_by"),
            both_or_neither("replied_at", "stamped_at"),
            models.UniqueConstraint(fields=["meeting", "member"], name="invited_once"),
            models.UniqueConstraint(fields=["meeting", "pairing"], name="one_of_the_pair_invited_once"),
            models.CheckConstraint(
                name="an_invitation_is_for_one",
                condition=models.Q(member__isnull=True, pairing__isnull=False)
                | models.Q(member__isnull=False, pairing__isnull=True),
            ),
        ]

    @property
    def seat(self) -> Seat | None:
        """Where the invited one sits. Reads what `for_page` has loaded."""
        return self.member.seat if self.member else self.pairing.seat if self.pairing else None


class Change(models.TextChoices):
    """What became of a time that had been settled."""

    PUT_OFF = "put_off", _("postponed; a new time is looked for")
    MOVED = "moved", _("moved to a new time or place")
    CALLED_OFF = "called_off", _("cancelled")
    STOPPED = "stopped", _("stopped")


class Postponement(OfMatter):
    """That a meeting was postponed, moved, cancelled or stopped: who, when, and if told, why."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="postponements")
    meeting = models.ForeignKey(Meeting, models.CASCADE, editable=False, related_name="postponements")
    what = models.CharField(max_length=10, choices=Change, editable=False)
    was_at = models.DateTimeField(null=True, editable=False)
    why = SealedText(max_length=500)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    class Privacy:
        sealed = {"why": "own words"}
        link = {"by": "who decided"}
        plain = OF_MATTER | {"meeting", "what", "was_at", "at"}

    class Meta:
        ordering = ["at", "pk"]


class WishToStop(OfMatter):
    """A participant's «I want to stop»: open until somebody has called."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="wishes_to_stop")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="wishes_to_stop")
    at = models.DateTimeField(editable=False)
    called_at = models.DateTimeField(null=True, editable=False)
    called_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = WishToStopQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"member": "who wishes", "called_by": "who called"}
        plain = OF_MATTER | {"at", "called_at"}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            both_or_neither("called_at", "called_by"),
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(called_at=None), name="one_open_wish_to_stop_a_member"
            ),
        ]


class Attendance(OfMatter):
    """That somebody was there, and whether they have given feedback: not when, and not which."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="attendances")
    meeting = models.ForeignKey(Meeting, models.CASCADE, editable=False, related_name="attendances")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="attendances")
    gave_feedback = models.BooleanField(default=False, editable=False)

    class Privacy:
        link = {"member": "who was there"}
        plain = OF_MATTER | {"meeting", "gave_feedback"}

    class Meta:
        ordering = ["meeting", "member"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="there_once")]


class Board(OfMatter):
    """The weave of one meeting: rows are voices, columns are questions, cells hold what was said.

    `number` counts its operations. `asked` and `voice` say whose turn it is; how long it lasted is
    nowhere.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="boards")
    meeting = models.OneToOneField(Meeting, models.CASCADE, editable=False, related_name="board")
    number = models.PositiveIntegerField(default=0, editable=False)
    asked = models.ForeignKey(Question, models.PROTECT, null=True, editable=False, related_name="+")
    voice = models.ForeignKey("Voice", models.SET_NULL, null=True, editable=False, related_name="+")

    objects = BoardQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"voice": "whose turn it is"}
        plain = OF_MATTER | {"meeting", "number", "asked"}

    class Meta:
        ordering = ["pk"]


class Voice(OfMatter):
    """A row of the board: somebody who is there, in the order in which they are asked."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="voices")
    board = models.ForeignKey(Board, models.CASCADE, editable=False, related_name="voices")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="voices")
    position = models.PositiveSmallIntegerField(editable=False)

    class Privacy:
        link = {"member": "whose voice"}
        plain = OF_MATTER | {"board", "position"}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "member"], name="one_voice_a_member")]


class Turn(OfMatter):
    """That this voice has been asked this question. Without a time, on purpose."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="turns")
    board = models.ForeignKey(Board, models.CASCADE, editable=False, related_name="turns")
    voice = models.ForeignKey(Voice, models.CASCADE, editable=False, related_name="turns")
    question = models.ForeignKey(Question, models.PROTECT, editable=False, related_name="+")

    class Privacy:
        link = {"voice": "who was asked"}
        plain = OF_MATTER | {"board", "question"}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["voice", "question"], name="asked_once_of_each")]


class Line(OfMatter):
    """One thing that a voice said, in its own words. The room sees it when its speaker has nodded."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="lines")
    board = models.ForeignKey(Board, models.CASCADE, editable=False, related_name="lines")
    voice = models.ForeignKey(Voice, models.CASCADE, editable=False, related_name="lines")
    question = models.ForeignKey(Question, models.PROTECT, editable=False, related_name="+")
    position = models.PositiveIntegerField(editable=False)
    text = SealedText(max_length=600)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    nodded = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LineQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"text": "own words"}
        link = {"voice": "whose words", "by": "who wrote them down"}
        plain = OF_MATTER | {"board", "question", "position", "nodded", "version"}

    class Meta:
        ordering = ["voice", "question", "position", "pk"]
