"""The way to the plan on its matter's page, and on one's own page one's own rows."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter
from kudelma.matters.page import LINKS, OWN_PANELS, Link, Panel, Shown
from kudelma.meetings.steps import have_met
from kudelma.members.models import Member
from kudelma.members.panels import own_member
from kudelma.plans.models import PlanRow
from kudelma.plans.steps import plan_in_sight


@LINKS
def plan(matter: Matter, shown: Shown) -> list[Link]:
    plan = shown.value(plan_in_sight, matter)
    return [Link("meeting", 4, reverse("plans:show", args=[plan]), _("The plan"))] if plan else []


@dataclass(frozen=True)
class OwnPlan(Panel):
    template = "plans/own_panel.html"
    rank = 4

    member: Member
    rows: list[PlanRow]


@OWN_PANELS
def own_plan(matter: Matter, shown: Shown) -> OwnPlan | None:
    # Before people have met there is nothing of theirs yet: nothing to ask the database for.
    plan = shown.value(plan_in_sight, matter) if shown.is_known_surely and have_met(matter, shown) else None
    if plan is None:
        return None
    # Of that plan alone: what was agreed before it may have been let go.
    rows = PlanRow.objects.visible_to(shown.actor).filter(plan=plan, member__seat=shown.actor)
    return OwnPlan(shown.read(own_member), list(rows))
