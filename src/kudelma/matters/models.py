"""A matter (asia): its order and replies, its basis, the people of its circle, permissions, and its pair.

State is told by rows that say who, when and why. `step`, `waits_for`, `waits_since` and `due_on` on the
matter are the same told shortly, for lists; each room's actions write them.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.queries import (
    MatterQuerySet,
    MemberQuerySet,
    OfMatterQuerySet,
    OrderQuerySet,
    PairingQuerySet,
)
from kudelma.methods.models import Method, Side
from kudelma.people.models import LANGUAGES, Seat
from kudelma.regions.models import Controller, Region, Unit


class Kind(models.TextChoices):
    CLIENT = "client"
    CONSULTATION = "consultation"


class Step(models.TextChoices):
    """How far the matter is. Five stations are shown; see `station`."""

    CONSULTING = "consulting"
    ORDERED = "ordered"
    PAIRING = "pairing"
    PREPARING = "preparing"
    TIMING = "timing"
    INVITING = "inviting"
    INVITED = "invited"
    MEETING = "meeting"
    PLANNING = "planning"
    FOLLOWING = "following"
    CLOSED = "closed"


STATION = {
    Step.CONSULTING: 1,
    Step.ORDERED: 1,
    Step.PAIRING: 1,
    Step.PREPARING: 1,
    Step.TIMING: 2,
    Step.INVITING: 2,
    Step.INVITED: 3,
    Step.MEETING: 3,
    Step.PLANNING: 4,
    Step.FOLLOWING: 5,
    Step.CLOSED: 6,
}


class WaitsFor(models.TextChoices):
    NOBODY = "nobody"
    COORDINATOR = "coordinator"
    CONSULTANTS = "consultants"
    PEOPLE = "people"
    PAIR = "pair"


class Matter(models.Model):
    """What people gather around. Open until `closed_at`, read-only ever after."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="matters")
    year = models.PositiveSmallIntegerField(editable=False)
    running = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    topic = SealedText(max_length=500)
    called = SealedText(max_length=80)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)
    method = models.ForeignKey(Method, models.PROTECT, null=True, related_name="+")
    controller = models.ForeignKey(Controller, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    step = models.CharField(max_length=12, choices=Step, db_index=True, editable=False)
    waits_for = models.CharField(max_length=12, choices=WaitsFor, db_index=True, editable=False)
    waits_since = models.DateField(editable=False)
    due_on = models.DateField(null=True, db_index=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MatterQuerySet.as_manager()

    class Privacy:
        sealed = {"topic": "what it is about", "called": "may name a person"}
        link = {"closed_by": "who closed it"}
        plain = {
            "id", "region", "year", "running", "kind", "method", "controller", "opened_at", "closed_at",
            "step", "waits_for", "waits_since", "due_on", "version", "written_in",
        }  # fmt: skip

    class Meta:
        ordering = ["-year", "-running", "pk"]
        constraints = [
            both_or_neither("closed_at", "closed_by"),
            models.UniqueConstraint(fields=["region", "year", "running"], name="one_number_a_matter"),
        ]
        indexes = [
            models.Index(fields=["region", "closed_at", "waits_for", "due_on"], name="matters_that_wait"),
        ]

    def __str__(self) -> str:
        return f"matter {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("desk:matter", args=[self.pk])

    @property
    def matter_id(self) -> UUID:
        return self.pk

    @property
    def number(self) -> str:
        return f"{self.year}-{self.running:04}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def station(self) -> int:
        """Which of the five stations everybody sees: 1 to 5, and 6 when it is closed."""
        return STATION[Step(self.step)]


class Numbering(models.Model):
    """The last number given in a region in a year."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Privacy:
        plain = {"id", "region", "year", "last"}

    class Meta:
        ordering = ["region", "year"]
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="one_numbering_a_year")]

    def __str__(self) -> str:
        return f"numbering {self.pk}"


class OfMatter(models.Model):
    """Anything that belongs to a matter: sealed in its key, in the same region as it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, editable=False, related_name="+")

    objects = OfMatterQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        matter = kwargs.get("matter")
        if matter is not None:
            kwargs.setdefault("region_id", matter.region_id)
        super().__init__(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


OF_MATTER = {"id", "matter", "region"}
"""The plain columns that every `OfMatter` has."""


class Told(models.TextChoices):
    """The first question of an order: does the family know, and do they want this?"""

    AGREED = "agreed", _("Yes. I have told them, and we agreed on this together.")
    TOLD = "told", _("I have told them about my worry, but we have not agreed on a meeting.")
    NOT_YET = "not_yet", _("Not yet. I am thinking about how to take it up.")


class Problem(models.TextChoices):
    """Which of the three problems a meeting could help with. Source: seed 002 (Arnkil)."""

    SCATTERED = "scattered", _("There are many helpers, and it is unclear who does what.")
    STRENGTHS = "strengths", _("The strengths of everyday life and close people are not in use.")
    ENCOUNTER = "encounter", _("We do not really meet: people do not get heard.")


class Place(models.TextChoices):
    TOGETHER = "together", _("in the same room")
    REMOTE = "remote", _("remotely")
    EITHER = "either", _("either way")


class Order(OfMatter):
    """A worry that asks for a meeting, in the orderer's own first person. Never a measure."""

    matter = models.OneToOneField(Matter, models.PROTECT, editable=False, related_name="order")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="orders")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    made_at = models.DateTimeField(editable=False)
    told = models.CharField(max_length=8, choices=Told)
    told_to = SealedText(max_length=300)
    why_together = SealedText(max_length=2000)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    worry = SealedText(max_length=2000)
    wish = SealedText(max_length=2000)
    languages = SealedText(max_length=200)
    access = SealedText(max_length=500)
    call_first = SealedText(max_length=20)
    windows = SealedText(max_length=500)
    place = models.CharField(max_length=8, choices=Place, default=Place.TOGETHER)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)

    objects = OrderQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {
            "told_to": "names people",
            "why_together": "own words",
            "worry": "own words",
            "wish": "own words",
            "languages": "may tell who it is",
            "access": "may tell of health",
            "call_first": "safety",
            "windows": "own words",
        }
        link = {"by": "who ordered"}
        plain = OF_MATTER | {"unit", "made_at", "told", "problem", "place", "written_in"}

    class Meta:
        ordering = ["made_at", "pk"]


class Answered(models.TextChoices):
    ACCEPTED = "accepted"
    CALLED = "called"


class Reply(OfMatter):
    """The coordinator's answer to an order: nobody is left without one."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="replies")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=10, choices=Answered)
    text = SealedText(max_length=2000)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)

    class Privacy:
        sealed = {"text": "own words"}
        link = {"by": "who answered"}
        plain = OF_MATTER | {"at", "kind", "written_in"}

    class Meta:
        ordering = ["at", "pk"]


class Ground(models.TextChoices):
    """Legal bases that may be chosen. Statutes as read in the Finlex import of February 2025."""

    SOCIAL_WELFARE = "shl41", _("Social Welfare Act 1301/2014, section 41: multi-sectoral cooperation")
    CHILD_WELFARE = "lsl31", _("Child Welfare Act 417/2007, section 31: meeting in the client's matter")
    PUPIL_WELFARE = "ohl14", _("Pupil and Student Welfare Act 1287/2013, sections 14 and 19: multi-sectoral group")


class Basis(OfMatter):
    """On which ground the matter is handled. It is not consent: consent is told apart from it."""

    matter = models.OneToOneField(Matter, models.PROTECT, editable=False, related_name="basis")
    ground = models.CharField(max_length=8, choices=Ground)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    class Privacy:
        link = {"by": "who judged"}
        plain = OF_MATTER | {"ground", "at"}

    class Meta:
        ordering = ["at", "pk"]


class Member(OfMatter):
    """One person of the circle, as this matter knows them. The same mother in two matters is two members."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="members")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="memberships")
    side = models.CharField(max_length=12, choices=Side)
    name = SealedText(max_length=60)
    surname = SealedText(max_length=60)
    relation = SealedText(max_length=80)
    address = SealedText(max_length=254)
    second_address = SealedText(max_length=254)
    phone = SealedText(max_length=20)
    needs = SealedText(max_length=500)
    language = models.CharField(max_length=12, choices=LANGUAGES, default="fi")
    why = SealedText(max_length=500)
    answers_times = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(editable=False)
    rewritten_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    """Who changed the names or the way to reach, after this one had a way in: another judges who comes."""
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MemberQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {
            "name": "a person",
            "surname": "a person",
            "relation": "tells who it is",
            "address": "an address",
            "second_address": "an address",
            "phone": "a number",
            "needs": "may tell of health",
            "why": "own words",
        }
        link = {"seat": "where this person sits", "rewritten_by": "who changed name or address"}
        plain = OF_MATTER | {"side", "language", "answers_times", "position", "version"}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "position"], name="one_member_a_position"),
            models.UniqueConstraint(fields=["matter", "seat"], name="one_member_a_seat"),
        ]

    @property
    def signs_in(self) -> bool:
        """Whether this one works here and has an account; everybody else comes by a link or face to face."""
        return self.seat is not None and self.seat.matter is None

    @property
    def thread(self) -> str:
        """Which thread of colour this voice keeps everywhere: warm for people, cool for professionals."""
        warmth = "cool" if self.side == Side.PROFESSIONAL else "warm"
        return f"{warmth}-{self.position % 6}"

    @property
    def may_be_invited(self) -> bool:
        """Whether the people have agreed to invite this one. Reads the prefetched permissions."""
        given = [permission for permission in self.permissions.all() if permission.withdrawn_at is None]
        return bool(given)


class How(models.TextChoices):
    FACE = "face", _("face to face")
    PHONE = "phone", _("by telephone")
    PAPER = "paper", _("on paper")


class Permission(OfMatter):
    """That the people themselves want this one invited: who heard it, how, when. It can be withdrawn."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="permissions")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="permissions")
    how = models.CharField(max_length=6, choices=How)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    class Privacy:
        link = {"member": "whom", "by": "who heard it", "withdrawn_by": "who heard it"}
        plain = OF_MATTER | {"how", "at", "withdrawn_at"}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(withdrawn_at=None), name="one_open_permission_a_member"
            ),
        ]


class Part(models.TextChoices):
    LEAD = "lead", _("leads the conversation")
    WRITER = "writer", _("writes")


class Pairing(OfMatter):
    """A consultant asked to lead or to write: offered, then accepted or withdrawn, and ended one day."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="pairings")
    seat = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="pairings")
    part = models.CharField(max_length=6, choices=Part)
    offered_by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    offered_at = models.DateTimeField(editable=False)
    withdrew_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = PairingQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"seat": "who was asked", "offered_by": "who asked"}
        plain = OF_MATTER | {"part", "offered_at", "withdrew_at", "ended_at"}

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "seat"], condition=models.Q(withdrew_at=None, ended_at=None), name="asked_once"
            ),
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
    pairing = models.OneToOneField(Pairing, models.PROTECT, editable=False, related_name="undertaking")
    wording = models.PositiveSmallIntegerField(editable=False)
    at = models.DateTimeField(editable=False)

    class Privacy:
        link = {"pairing": "whose promise"}
        plain = OF_MATTER | {"wording", "at"}

    class Meta:
        ordering = ["at", "pk"]
