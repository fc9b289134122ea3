"""What a plan asks next, and of whom."""

from typing import Any

from django.db.models import OuterRef, Subquery, UUIDField
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step
from kudelma.matters.page import FACTS, Fact, NextStep, Rank, Shown, next_step_of
from kudelma.pairing.steps import leads
from kudelma.people.models import Role
from kudelma.plans.models import Plan


@FACTS
@Fact
def newest_plan(actor: Any) -> Any:
    """Its id; of those that the actor may see the one of the last round."""
    here = OuterRef("pk")
    # Who leads sees the plan, and a consultant leads all that they see: the matter is not asked for again.
    plans = Plan.objects.all() if actor.role == Role.CONSULTANT else Plan.objects.visible_to(actor)
    return Subquery(plans.filter(matter=here).order_by("-meeting__round").values("pk")[:1], output_field=UUIDField())


@next_step_of(Rank.LEADING, Step.PLANNING)
def to_the_plan(matter: Matter, shown: Shown) -> NextStep | None:
    plan = shown.value(newest_plan, matter)
    if plan is None or not leads(matter, shown):
        return None
    return NextStep(_("The plan is being made"), "", reverse("plans:show", args=[plan]), _("To the plan"))


@next_step_of(Rank.STANDING, Step.PLANNING)
def being_made(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The plan is being made"))


@next_step_of(Rank.LEADING, Step.FOLLOWING)
def back_to_the_plan(matter: Matter, shown: Shown) -> NextStep | None:
    plan = shown.value(newest_plan, matter)
    if plan is None or shown.coordinates or not leads(matter, shown):
        return None
    return NextStep(_("The meeting has been held"), "", reverse("plans:show", args=[plan]), _("To the plan"))
