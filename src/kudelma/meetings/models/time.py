"""Looking for a time: what is asked about, what was answered, who was called and who was reminded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.meetings.queries import AnswerQuerySet, AskedQuerySet, TimeOptionQuerySet
from kudelma.members.models import Member
from kudelma.people.models import Seat


class TimeOption(OfMatter):
    """A time that is asked about, until it has passed or is withdrawn.

    for_everybody: asked of all, not of the family alone.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="time_options")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, editable=False, related_name="options")
    starts_at = models.DateTimeField()
    asked_at = models.DateTimeField(editable=False)
    for_everybody = models.BooleanField(default=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = TimeOptionQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"withdrawn_by": "who withdrew it"}
        plain = OF_MATTER | {"meeting", "starts_at", "asked_at", "for_everybody", "withdrawn_at"}

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="a_time_is_asked_once"),
        ]


class Value(models.TextChoices):
    """The five answers, as large as each other. The last two are about coming at all, not about a time."""

    WELL = "well", _("Suits me well")
    IF_NEEDED = "if_needed", _("Possible if needed")
    CANNOT = "cannot", _("I cannot come")
    CALL = "call", _("Please call me")
    UNSURE = "unsure", _("I am not sure whether I want to come")


OF_A_TIME = [Value.WELL, Value.IF_NEEDED, Value.CANNOT]
CAN = [Value.WELL, Value.IF_NEEDED]
OF_COMING = [Value.CALL, Value.UNSURE]


class Answer(OfMatter):
    """What somebody answered: about one time, or (without a time) about coming."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="answers")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, editable=False, related_name="answers")
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
            # Two of them, for to a database no empty column equals another: one would let answers about coming pile up.
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


class Call(OfMatter):
    """That somebody was called about the time. What they said is kept as their answers."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="calls")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, editable=False, related_name="calls")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="calls")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    objects = AskedQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"member": "whom", "by": "who called"}
        plain = OF_MATTER | {"meeting", "at"}

    class Meta:
        ordering = ["at", "pk"]


class Reminder(OfMatter):
    """That somebody who had not answered was reminded: once for the same question.

    option: the newest time of the question; when times are added later, the question is another one.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="reminders")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, editable=False, related_name="reminders")
    option = models.ForeignKey(TimeOption, models.CASCADE, editable=False, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="reminders")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    objects = AskedQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"member": "whom", "by": "who reminded"}
        plain = OF_MATTER | {"meeting", "option", "at"}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["option", "member"], name="reminded_once_a_question")]
