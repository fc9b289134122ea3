"""The two who lead: asked, promised, ended, and somebody else in their place of whom the people are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.pairing.queries import LeadAssignmentQuerySet, LeadChangeNoticeQuerySet, UndertakingQuerySet
from kudelma.people.models import Seat


class Part(models.TextChoices):
    LEAD = "lead", _("leads the conversation")
    WRITER = "writer", _("writes")
    CHAIR = "chair", _("chairs the meeting")
    SECRETARY = "secretary", _("is the secretary")


PAIR = (Part.LEAD, Part.WRITER)
"""The two from outside."""
CHAIRED = (Part.CHAIR, Part.SECRETARY)
"""The two of a chaired meeting, who may be along themselves."""


def parts_of(matter: Matter) -> tuple[Part, ...]:
    """The two parts that this matter's method needs."""
    return CHAIRED if matter.is_chaired else PAIR


class LeadAssignment(OfMatter):
    """Somebody asked to lead or to write, to chair or to be the secretary: accepted or withdrawn, and ended one day.

    names_opened_at: when the one asked first looked at the people's names, to see whether they know them.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="pairings")
    seat = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="pairings")
    part = models.CharField(max_length=9, choices=Part)
    offered_by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    offered_at = models.DateTimeField(editable=False)
    # No column for the reason: whoever withdraws need not tell why.
    withdrew_at = models.DateTimeField(null=True, editable=False)
    names_opened_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = LeadAssignmentQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"seat": "who was asked", "offered_by": "who asked", "ended_by": "who ended it"}
        plain = OF_MATTER | {"part", "offered_at", "withdrew_at", "names_opened_at", "ended_at"}

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            both_or_neither("ended_at", "ended_by"),
            models.UniqueConstraint(
                fields=["matter", "seat"], condition=models.Q(withdrew_at=None, ended_at=None), name="asked_once"
            ),
            # Of those that stand only: what was taken back, refused or ended frees the part for the next one.
            models.UniqueConstraint(
                fields=["matter", "part"], condition=models.Q(withdrew_at=None, ended_at=None), name="one_a_part"
            ),
        ]

    @property
    def is_accepted(self) -> bool:
        """Reads the loaded undertaking."""
        return hasattr(self, "undertaking") and self.ended_at is None


class Undertaking(OfMatter):
    """A consultant's yes, with the promise of secrecy in the wording of that day."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="undertakings")
    pairing = models.OneToOneField(LeadAssignment, models.PROTECT, editable=False, related_name="undertaking")
    wording = models.PositiveSmallIntegerField(editable=False)
    at = models.DateTimeField(editable=False)

    objects = UndertakingQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"pairing": "whose promise"}
        plain = OF_MATTER | {"wording", "at"}

    class Meta:
        ordering = ["at", "pk"]


class LeadChangeNotice(OfMatter):
    """That the people were promised somebody else than who leads now, until somebody has told them."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="lead_change_notices")
    pairing = models.OneToOneField(LeadAssignment, models.PROTECT, editable=False, related_name="lead_change_notice")
    instead_of = models.ForeignKey(LeadAssignment, models.PROTECT, editable=False, related_name="+")
    since = models.DateTimeField(editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    told_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = LeadChangeNoticeQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"pairing": "who leads now", "instead_of": "whom the people expect", "told_by": "who told them"}
        plain = OF_MATTER | {"since", "told_at"}

    class Meta:
        ordering = ["since", "pk"]
        constraints = [both_or_neither("told_at", "told_by")]
