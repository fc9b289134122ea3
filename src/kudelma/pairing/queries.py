"""Which questions to those who may lead, and which promises, a seat may see."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from kudelma.matters.queries import OfMatterQuerySet


class LeadAssignmentQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "LeadAssignmentQuerySet":
        """The coordinator sees all of the region; everybody else what they are asked, and what they lead."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        every = _model("LeadAssignment").objects.filter(seat=actor.pk)
        return self.filter(Q(pk__in=every.offered()) | Q(pk__in=every.still_leading(actor)))

    def standing(self) -> "LeadAssignmentQuerySet":
        """Neither withdrawn nor ended."""
        return self.filter(withdrew_at=None, ended_at=None)

    def accepted(self) -> "LeadAssignmentQuerySet":
        return self.standing().filter(undertaking__isnull=False)

    def still_leading(self, actor: Any) -> "LeadAssignmentQuerySet":
        """The actor's own: accepted, not ended, and neither the matter nor its last meeting over for too long."""
        return self.accepted().filter(seat=actor.pk).still_led()  # type: ignore[no-any-return]

    def for_page(self) -> "LeadAssignmentQuerySet":
        """Who was asked, whether they promised, and what an offer tells of the matter, in 1 query."""
        return self.select_related(
            "matter__region", "matter__order__unit__sector", "matter__order__by", "matter__method", "seat__account",
            "seat__unit", "undertaking",
        )  # fmt: skip

    def for_offers(self) -> "LeadAssignmentQuerySet":
        """What a list of offers prints, in 1 query."""
        return self.select_related("matter__order__unit", "matter__region")

    def offered(self) -> "LeadAssignmentQuerySet":
        """Asked and not yet answered, in a matter that is still open and whose meeting has not been held."""
        return self.standing().filter(undertaking=None, matter__closed_at=None).exclude(matter__step="following")

    def with_names_opened_by(self, actor: Any) -> "LeadAssignmentQuerySet":
        """Questions to the actor, not yet answered, for which the people's names have been opened."""
        return self.offered().filter(seat=actor.pk, names_opened_at__isnull=False)


class UndertakingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "UndertakingQuerySet":
        """The promises of those whose being asked the actor sees."""
        return self.filter(pairing__in=_model("LeadAssignment").objects.visible_to(actor))


class LeadChangeNoticeQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "LeadChangeNoticeQuerySet":
        """Those who work in the matter. Its people hear it from a person."""
        return self.none() if actor.role == "participant" else super().visible_to(actor)

    def open(self) -> "LeadChangeNoticeQuerySet":
        """Those of whom the people have not been told, while the new one still leads."""
        return self.filter(told_at=None, pairing__withdrew_at=None, pairing__ended_at=None, matter__closed_at=None)

    def for_page(self) -> "LeadChangeNoticeQuerySet":
        return self.select_related("matter__region", "pairing__seat__account", "instead_of__seat__account")


def _model(name: str) -> Any:
    # By name: the models import this file.
    return apps.get_model("pairing", name)
