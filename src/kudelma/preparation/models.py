"""What is prepared with the people before the meeting, each part seen by those whom it is for.

The preparation itself, the child's own page, and the three lines by which professionals introduce themselves.
"""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.members.models import Member
from kudelma.people.models import LANGUAGES, Role, Seat
from kudelma.preparation.queries import ChildPageQuerySet, IntroductionQuerySet, PreparationQuerySet


class Preparation(OfMatter):
    """The people's own words about their meeting, and who prepares it with them. Topic and people stand elsewhere.

    by: who was named to prepare; nobody named means the pair. family_agreed: they want the orderer to do it.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, editable=False, related_name="preparation")
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    family_agreed = models.BooleanField(default=False)
    named_at = models.DateTimeField(null=True, editable=False)
    named_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    why_together = SealedText("preparation.preparation.why_together", max_length=2000)
    not_invited = SealedText("preparation.preparation.not_invited", max_length=1000)
    inviting = SealedText("preparation.preparation.inviting", max_length=1000)
    ground_rules = SealedText("preparation.preparation.ground_rules", max_length=2000)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PreparationQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {
            "why_together": "own words",
            "not_invited": "names people, and is safety",
            "inviting": "own words",
            "ground_rules": "own words",
        }
        link = {"by": "who prepares", "named_by": "who named"}
        plain = OF_MATTER | {"family_agreed", "named_at", "written_in", "version"}

    class Meta:
        ordering = ["pk"]
        constraints = [both_or_neither("named_at", "named_by")]

    @property
    def is_by_pair(self) -> bool:
        """Whether those who lead prepare: neither a coordinator nor the orderer was named. Reads what is loaded."""
        return self.by is None or (self.by.role != Role.COORDINATOR and not self.is_by_orderer)

    @property
    def is_by_orderer(self) -> bool:
        return self.by is not None and self.by.pk == self.matter.order.by_id


class ChildWish(models.TextChoices):
    """How a child wants to be along."""

    SELF = "self", _("I speak myself.")
    READ = "read", _("Somebody reads my words.")
    DRAWING = "drawing", _("My drawing is shown.")
    LISTEN = "listen", _("I only listen.")
    AWAY = "away", _("I do not come.")


class ChildTurn(models.TextChoices):
    """When a child wants their turn."""

    FIRST = "first", _("I want to be first.")
    AFTER = "after", _("I want to speak after somebody I know.")
    LAST = "last", _("I want to be last.")
    OPEN = "open", _("I tell it when we are there.")


class ShownTo(models.TextChoices):
    """To whom a child lets their page be shown."""

    ME = "me", _("Only I see this.")
    LEADS = "leads", _("Those who prepare and lead the conversation may see this.")
    EVERYBODY = "everybody", _("Everybody who is in the meeting may see this.")


class Picture(models.TextChoices):
    """The twelve pictures to choose from, for those who would rather point than write."""

    HOME = "home", _("home")
    SCHOOL = "school", _("school")
    FRIENDS = "friends", _("friends")
    SLEEP = "sleep", _("sleep")
    MORNING = "morning", _("morning")
    GAME = "game", _("game")
    GRANDPARENTS = "grandparents", _("grandparents")
    DOG = "dog", _("dog")
    SUN = "sun", _("sun")
    CLOUD = "cloud", _("cloud")
    RAIN = "rain", _("rain")
    HEART = "heart", _("heart")


DRAWING_BYTES = 200_000


class ChildPage(OfMatter):
    """The child's own part, filled in beside an adult whom the child trusts, and shown as far as the child lets.

    drawing: JSON, a list of lines, each a list of [x, y] whole numbers. pictures: their names, one space between.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="child_pages")
    member = models.OneToOneField(Member, models.CASCADE, editable=False, related_name="child_page")
    beside = SealedText("preparation.child_page.beside", max_length=60)
    wish = SealedText("preparation.child_page.wish", max_length=20)
    turn = SealedText("preparation.child_page.turn", max_length=20)
    words = SealedText("preparation.child_page.words", max_length=1500)
    pictures = SealedText("preparation.child_page.pictures", max_length=200)
    drawing = SealedText("preparation.child_page.drawing", max_length=DRAWING_BYTES)
    # Plain, for the query keeps out whom the child does not let; without a default, for only the child says whom.
    shown_to = models.CharField(max_length=10, choices=ShownTo)
    leave_sign = SealedText("preparation.child_page.leave_sign", max_length=200)
    leave_with = SealedText("preparation.child_page.leave_with", max_length=60)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ChildPageQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {
            "beside": "a person",
            "wish": "a child's own wish",
            "turn": "a child's own wish",
            "words": "own words",
            "pictures": "a child's own choice",
            "drawing": "a child's own drawing",
            "leave_sign": "safety",
            "leave_with": "a person",
        }
        link = {"member": "whose page", "by": "who held the pen"}
        plain = OF_MATTER | {"shown_to", "at", "written_in", "version"}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            # On whatever way a page comes to be: a child is not left alone with it.
            models.CheckConstraint(name="a_child_has_an_adult_beside", condition=~models.Q(beside=b"")),
        ]

    @property
    def chosen(self) -> list[Picture]:
        return [picture for picture in Picture if picture.value in self.pictures.split()]

    @property
    def wish_label(self) -> Any:
        return dict(ChildWish.choices).get(self.wish, "")

    @property
    def turn_label(self) -> Any:
        return dict(ChildTurn.choices).get(self.turn, "")

    @property
    def lines(self) -> list[str]:
        """The drawing as `points` of polylines: made of whole numbers; anything else is not shown."""
        try:
            return points_of(json.loads(self.drawing or "[]"))
        except (ValueError, TypeError):
            return []


def points_of(drawing: list[Any]) -> list[str]:
    """`points` of a polyline for each line of a drawing; one dot is drawn as a line to itself."""
    # Through `int`: whatever was stored, nothing but whole numbers gets into the page.
    return [" ".join(f"{int(x)},{int(y)}" for x, y in (line if len(line) > 1 else line * 2)) for line in drawing]


class Introduction(OfMatter):
    """Three lines of a professional before the meeting: face, what I can do, what I need. Families owe none."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="introductions")
    seat = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    face = SealedText("preparation.introduction.face", max_length=200)
    can_do = SealedText("preparation.introduction.can_do", max_length=200)
    needs = SealedText("preparation.introduction.needs", max_length=200)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IntroductionQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"face": "own words", "can_do": "own words", "needs": "own words"}
        link = {"seat": "who introduces themselves"}
        plain = OF_MATTER | {"written_in", "version"}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "seat"], name="one_introduction_a_seat")]
