"""The circle: what stands where around everyday life, and the ties that people draw. Every move is in the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.circle.queries import SpotQuerySet, TieQuerySet
from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.members.models import Member
from kudelma.people.models import Seat


class Thing(models.TextChoices):
    """What everyday life is made of."""

    DAY = "day", _("a day or a moment")
    PLACE = "place", _("a place")
    THING = "thing", _("a thing")


class Spot(OfMatter):
    """A place on the circle: a member's, or that of a day, place or thing of everyday life.

    A member's spot has the member's own id, so it is known before anybody has placed it; without x and y it
    stands where its side stands. A thing that is taken away keeps its words and ties until the space is emptied,
    so that it can be brought back.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="spots")
    member = models.OneToOneField(Member, models.CASCADE, null=True, editable=False, related_name="spot")
    kind = models.CharField(max_length=5, choices=Thing, blank=True)
    name = SealedText("circle.spot.name", max_length=40)
    note = SealedText("circle.spot.note", max_length=80)
    x: int | None = models.PositiveSmallIntegerField(null=True)  # type: ignore[assignment]
    y: int | None = models.PositiveSmallIntegerField(null=True)  # type: ignore[assignment]
    removed_at = models.DateTimeField(null=True, editable=False)
    # From 0: a person has a place on the picture before there is a row of it.
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = SpotQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"name": "their everyday life", "note": "their everyday life"}
        link = {"member": "whose place"}
        plain = OF_MATTER | {"kind", "x", "y", "removed_at", "version"}

    class Meta:
        ordering = ["matter", "pk"]
        constraints = [
            both_or_neither("x", "y"),
            models.CheckConstraint(
                name="a_spot_is_a_members_or_a_thing",
                # Nobody is taken off the picture: people who are not to come are uninvited, not rubbed out.
                condition=models.Q(member=models.F("id"), kind="", removed_at=None)
                | models.Q(member=None, kind__in=Thing.values, x__isnull=False),
            ),
            models.CheckConstraint(
                name="a_spot_is_in_the_room", condition=models.Q(x=None) | models.Q(x__lte=1000, y__lte=1000)
            ),
        ]

    @property
    def place(self) -> tuple[int, int] | None:
        """Where it was put; None for who stands where their side stands."""
        return None if self.x is None or self.y is None else (self.x, self.y)


class Tie(OfMatter):
    """A thread between two spots, drawn as the people themselves say. `one` has the lower id, so it is drawn once."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="ties")
    one = models.ForeignKey(Spot, models.CASCADE, editable=False, related_name="+")
    other = models.ForeignKey(Spot, models.CASCADE, editable=False, related_name="+")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")

    objects = TieQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"one": "who is near whom", "other": "who is near whom", "by": "who drew it"}
        plain = OF_MATTER

    class Meta:
        ordering = ["one", "other"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_tie_between_two"),
            models.CheckConstraint(name="a_tie_has_two_ends", condition=models.Q(one__lt=models.F("other"))),
        ]
