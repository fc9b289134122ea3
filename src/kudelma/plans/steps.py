"""What a plan asks next, and of whom."""

from typing import Any

from django.db.models import OuterRef, Subquery, UUIDField
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step
from kudelma.matters.page import FACTS, PAGE_FACTS, Fact, NextStep, Rank, Shown, next_step_of
from kudelma.pairing.steps import leads
from kudelma.plans.models import Plan


@FACTS
@Fact
def newest_plan(actor: Any) -> Any:
    """The id of the plan of the last round. For whoever leads, and so sees it: nobody else is told of it."""
    return _newest(Plan.objects.all()) if actor.works else None


@PAGE_FACTS
@Fact
def plan_in_sight(actor: Any) -> Any:
    """The same, of those that the actor may see."""
    return _newest(Plan.objects.visible_to(actor))


def _newest(plans: Any) -> Subquery:
    newest = plans.filter(matter=OuterRef("pk")).order_by("-meeting__round")
    return Subquery(newest.values("pk")[:1], output_field=UUIDField())


@next_step_of(Rank.LEADING, Step.PLANNING)
def to_the_plan(matter: Matter, shown: Shown) -> NextStep | None:
    plan = shown.value(newest_plan, matter) if leads(matter, shown) else None
    if plan is None:
        return None
    return NextStep(_("The plan is being made"), "", reverse("plans:show", args=[plan]), _("To the plan"))


@next_step_of(Rank.STANDING, Step.PLANNING)
def being_made(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The plan is being made"))


@next_step_of(Rank.LEADING, Step.FOLLOWING)
def back_to_the_plan(matter: Matter, shown: Shown) -> NextStep | None:
    plan = shown.value(newest_plan, matter) if leads(matter, shown) and not shown.coordinates else None
    if plan is None:
        return None
    return NextStep(_("The meeting has been held"), "", reverse("plans:show", args=[plan]), _("To the plan"))
