"""Who may see a preparation, a child's own page, and the three lines of those who come."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from kudelma.matters.access import led_by, prepared_by, was_there
from kudelma.matters.queries import ForPreparersQuerySet, OfMatterQuerySet
from kudelma.members.models import Member
from kudelma.members.queries import own_memberships
from kudelma.pairing.models import LeadAssignment


class PreparationQuerySet(ForPreparersQuerySet):
    def for_list(self) -> "PreparationQuerySet":
        """Who prepares, in 1 query. People's words stay where they are."""
        return self.select_related("by").only("matter", "family_agreed", "by__role")


class ChildPageQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "ChildPageQuerySet":
        """The child; those who prepare and lead, if the child lets; those who were there once people have met."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor).exclude(shown_to="me")
        if actor.role not in {"worker", "participant"} or (actor.role == "participant" and actor.level < 2):
            return self.none()
        seen = Q(was_there(actor), Exists(own_memberships(actor).open_to("plan")), shown_to="everybody")
        own = Q(member__seat=actor.pk, member__in=Member.objects.judged().with_permission())
        prepared = (prepared_by(actor) | led_by(actor)) & ~Q(shown_to="me")
        return self.filter(own | seen | prepared)


class IntroductionQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "IntroductionQuerySet":
        """Whoever sees who comes."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role not in {"worker", "participant"} or (actor.role == "participant" and actor.level < 2):
            return self.none()
        return self.filter(prepared_by(actor) | led_by(actor) | Q(Exists(own_memberships(actor).open_to("people"))))

    def of_those_who_come(self) -> "IntroductionQuerySet":
        """Of the members with a permission, and of those who lead."""
        member = Member.objects.filter(matter=OuterRef("matter"), seat=OuterRef("seat")).with_permission()
        pairing = LeadAssignment.objects.filter(matter=OuterRef("matter"), seat=OuterRef("seat")).accepted()
        return self.filter(Exists(member) | Exists(pairing))
