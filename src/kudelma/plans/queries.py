"""Which plans and rows: those of meetings where one was, and those one led."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef

from kudelma.matters.access import led_by
from kudelma.matters.queries import OfMatterQuerySet
from kudelma.meetings.models import Attendance
from kudelma.members.queries import own_memberships


class PlanQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "PlanQuerySet":
        """Whoever led, and everybody who was there: the plan goes to the team. Not the coordinator, and not
        somebody to whom it was judged that the plan is closed.
        """
        # Secret words ask for a reader who is surely known (306/2019); a link and a code may lie on a shared phone.
        if actor.role == "participant" and actor.level < 2:
            return self.none()
        attended = Attendance.objects.filter(meeting=OuterRef("meeting"), member__seat=actor.pk)
        plans = super().visible_to(actor).filter(Exists(attended) | led_by(actor))
        return plans.filter(Exists(own_memberships(actor).open_to("plan"))) if actor.role == "participant" else plans

    def visible_in(self, matters: list[Any], actor: Any) -> "PlanQuerySet":
        if actor.role == "consultant":
            return self.filter(matter__in=matters)  # who leads sees the plan: the matter is not asked for again
        return super().visible_in(matters, actor)

    def newest(self) -> Any:
        """The one of the last round, or None."""
        return self.order_by("-meeting__round").first()

    def for_sheet(self) -> "PlanQuerySet":
        """A plan with its rows and their people, in 2 queries."""
        return self.select_related("meeting", "matter", "region").prefetch_related("rows__member")


class PlanRowQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "PlanRowQuerySet":
        return self.filter(plan__in=apps.get_model("plans", "Plan").objects.visible_to(actor))
