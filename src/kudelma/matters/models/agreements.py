"""What the law asks to be agreed or judged about one person: consents and disclosure permits, and judgements.

Four things are kept apart: agreeing (the method's), permission to invite (`Permission`), consent or permit
(`Consent`), and the ground on which the matter is handled (`Basis`), which is not consent.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models.matter import OF_MATTER, Matter, OfMatter
from kudelma.matters.models.member import HeardHow, Member
from kudelma.matters.queries import ConsentQuerySet, JudgementQuerySet
from kudelma.people.models import LANGUAGES, Seat


class ConsentKind(models.TextChoices):
    CONSENT = "consent", _("consent")
    PERMIT = "permit", _("disclosure permit")


class Consent(OfMatter):
    """That somebody lets what is known of them be told: what for, to whom, until when. It can be withdrawn."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="consents")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="consents")
    kind = models.CharField(max_length=8, choices=ConsentKind)
    # Itemised, for a general yes is no permit by law: Acts 703/2023, section 53, and 1287/2013, section 19.
    what_for = SealedText("members.consent.what_for", max_length=500)
    to_whom = SealedText("members.consent.to_whom", max_length=300)
    given_on = models.DateField()
    # Empty: until further notice. A permit can be taken back at any time (Act 703/2023, sections 53 to 58).
    until = models.DateField(null=True)
    how = models.CharField(max_length=6, choices=HeardHow)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = ConsentQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"what_for": "tells of services", "to_whom": "names people"}
        link = {"member": "whose data", "by": "who heard it", "withdrawn_by": "who heard it"}
        plain = OF_MATTER | {"kind", "given_on", "until", "how", "at", "withdrawn_at"}

    class Meta:
        ordering = ["given_on", "at", "pk"]
        constraints = [
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                name="a_consent_ends_after_it_was_given",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("given_on")),
            ),
        ]


class JudgementKind(models.TextChoices):
    """What had to be judged by a person. Never computed from an age."""

    PROHIBITION = "prohibition", _("A minor forbids telling something")
    OWN_SAY = "own_say", _("A minor decides over their own matter")
    DISAGREE = "disagree", _("The guardians disagree")
    LIMITED = "limited", _("The right to know is limited, by a court for example")


OPENS = ("time", "theme", "people", "plan")
"""What a judgement opens to somebody whose right is limited, or leaves closed."""


class Judgement(OfMatter):
    """Who judged what about one person, and why. The one that stands says what somebody with a limited right sees."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="judgements")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="judgements")
    kind = models.CharField(max_length=12, choices=JudgementKind)
    judged_by = SealedText("members.judgement.judged_by", max_length=200)
    # A minor's refusal is written down with its reason, and so is refusing it (Act 703/2023, sections 40 and 51).
    why = SealedText("members.judgement.why", max_length=2000)
    # Closed unless somebody opened it: of a right that is limited nothing is open by itself.
    opens_time = models.BooleanField(default=False)
    opens_theme = models.BooleanField(default=False)
    opens_people = models.BooleanField(default=False)
    opens_plan = models.BooleanField(default=False)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    written_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    replaced_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = JudgementQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"judged_by": "a person", "why": "tells of the family"}
        link = {"member": "about whom", "by": "who wrote it down", "replaced_by": "who replaced it"}
        plain = OF_MATTER | {
            "kind", "opens_time", "opens_theme", "opens_people", "opens_plan", "at", "written_in", "replaced_at",
        }  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            both_or_neither("replaced_at", "replaced_by"),
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(replaced_at=None), name="one_standing_judgement_a_member"
            ),
        ]

    @property
    def opened(self) -> list[str]:
        return [part for part in OPENS if getattr(self, f"opens_{part}")]
