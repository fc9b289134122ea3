"""What was ordered, how it was answered, and on which ground the matter is handled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.matters.queries import ForPreparersQuerySet
from kudelma.orders.queries import OrderQuerySet, OrderReplyQuerySet
from kudelma.people.models import LANGUAGES, Seat
from kudelma.regions.models import Unit


class FamilyAgreement(models.TextChoices):
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


class OrderSource(models.TextChoices):
    """By which way an order came in."""

    WORKER = "worker", _("from a worker")
    PUBLIC = "public", _("from the public page")
    PHONE = "phone", _("by telephone")
    PAPER = "paper", _("on paper")


class Order(OfMatter):
    """A worry that asks for a meeting, in the orderer's own first person. Never a measure."""

    matter = models.OneToOneField(Matter, models.PROTECT, editable=False, related_name="order")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="orders")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    made_at = models.DateTimeField(editable=False)
    came = models.CharField(max_length=8, choices=OrderSource, default=OrderSource.WORKER, editable=False)
    # A name to use, a number and the safe hours are all that a family gives of itself on the public page.
    caller = SealedText("orders.order.caller", max_length=60)
    caller_phone = SealedText("orders.order.caller_phone", max_length=20)
    call_when = SealedText("orders.order.call_when", max_length=200)
    heard_on = models.DateField(null=True)
    told = models.CharField(max_length=8, choices=FamilyAgreement)
    told_to = SealedText("orders.order.told_to", max_length=300)
    why_together = SealedText("orders.order.why_together", max_length=2000)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    # No degree beside it: a worry is the worker's own, and no property of a family.
    worry = SealedText("orders.order.worry", max_length=2000)
    wish = SealedText("orders.order.wish", max_length=2000)
    languages = SealedText("orders.order.languages", max_length=200)
    access = SealedText("orders.order.access", max_length=500)
    # The one question of safety put to the orderer: the others are asked of each person alone.
    call_first = SealedText("orders.order.call_first", max_length=20)
    windows = SealedText("orders.order.windows", max_length=500)
    place = models.CharField(max_length=8, choices=Place, default=Place.TOGETHER)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)

    objects = OrderQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {
            "caller": "a person, by the name they gave of themselves",
            "caller_phone": "a number",
            "call_when": "safety",
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
        plain = OF_MATTER | {"unit", "made_at", "came", "heard_on", "told", "problem", "place", "written_in"}

    class Meta:
        ordering = ["made_at", "pk"]

    @property
    def caller_number(self) -> str:
        """Of whoever it came from: what a caller gave, or a worker's own. Reads the orderer's account."""
        return str(self.caller_phone if self.caller or self.by.account is None else self.by.account.phone)

    @property
    def waits_for_call(self) -> bool:
        """Whether a family has asked for a call and has not been called yet: then nothing more is known."""
        return self.came == OrderSource.PUBLIC and self.heard_on is None


class Answered(models.TextChoices):
    ACCEPTED = "accepted", _("The order was accepted")
    CALLED = "called", _("After the call")
    ASKED = "asked", _("The coordinator asks")
    TOLD = "told", _("The orderer answers")
    OTHER_WAY = "other_way", _("Another way was found")
    DECLINED = "declined", _("No meeting now. It was talked over in a call.")


DECLINED_DAYS = 30
"""How long a declined order can still be read."""


class OrderReply(OfMatter):
    """What was answered to an order, and back: nobody is left without an answer.

    called_on: the day of the call that goes with a no.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="replies")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=10, choices=Answered)
    text = SealedText("orders.order_reply.text", max_length=2000)
    called_on = models.DateField(null=True)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)

    objects = OrderReplyQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"text": "own words"}
        link = {"by": "who answered"}
        plain = OF_MATTER | {"at", "kind", "called_on", "written_in"}

    class Meta:
        ordering = ["at", "pk"]


class Ground(models.TextChoices):
    """Legal bases that may be chosen. Statutes as read in the Finlex import of February 2025."""

    # A closed list, on which consent is not: it is asked for apart, and is no ground here.
    SOCIAL_WELFARE = "shl41", _("Social Welfare Act 1301/2014, section 41: multi-sectoral cooperation")
    CHILD_WELFARE = "lsl31", _("Child Welfare Act 417/2007, section 31: meeting in the client's matter")
    PUPIL_WELFARE = "ohl14", _("Pupil and Student Welfare Act 1287/2013, sections 14 and 19: multi-sectoral group")


class Basis(OfMatter):
    """On which ground the matter is handled. It is not consent: consent is told apart from it."""

    matter = models.OneToOneField(Matter, models.PROTECT, editable=False, related_name="basis")
    ground = models.CharField(max_length=8, choices=Ground)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    objects = ForPreparersQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"by": "who judged"}
        plain = OF_MATTER | {"ground", "at"}

    class Meta:
        ordering = ["at", "pk"]
