"""The plan of a meeting: rows of those who were there, in their own words."""

from django.db import models
from django.urls import reverse

from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.meetings.models import Meeting
from kudelma.members.models import Member
from kudelma.people.models import Seat
from kudelma.plans.queries import PlanQuerySet, PlanRowQuerySet


class Plan(OfMatter):
    """Who does what, with whom, next. An empty plan is a complete meeting."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="plans")
    meeting = models.OneToOneField(Meeting, models.PROTECT, editable=False, related_name="plan")
    made_at = models.DateTimeField(editable=False)
    responsible = SealedText("plans.plan.responsible", max_length=120)
    follow_up = SealedText("plans.plan.follow_up", max_length=120)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"responsible": "names a person", "follow_up": "own words"}
        plain = OF_MATTER | {"meeting", "made_at", "version"}

    class Meta:
        ordering = ["made_at", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("plans:show", args=[self.pk])


class PlanRow(OfMatter):
    """One thing that a person does from here on. Nobody writes another's row: the writer writes what was said.

    position: among the rows of the same person; in which order people spoke is kept nowhere.
    continues: the row of a former round that it goes on from.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="plan_rows")
    plan = models.ForeignKey(Plan, models.CASCADE, editable=False, related_name="rows")
    member = models.ForeignKey(Member, models.PROTECT, editable=False, related_name="plan_rows")
    position = models.PositiveSmallIntegerField(editable=False)
    continues = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="+")
    what = SealedText("plans.plan_row.what", max_length=600)
    with_whom = SealedText("plans.plan_row.with_whom", max_length=200)
    # Words and no date: from dates somebody could list what a family has not done in time.
    by_when = SealedText("plans.plan_row.by_when", max_length=120)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    # Silence is never a yes: until its speaker has heard or read it, the row is printed as not yet read.
    read = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanRowQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"what": "own words", "with_whom": "names people", "by_when": "own words"}
        link = {"member": "whose row", "continues": "which row before", "by": "who wrote it down"}
        plain = OF_MATTER | {"plan", "position", "read", "version"}

    class Meta:
        ordering = ["plan", "member__position", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "member", "position"], name="one_row_a_place")]
