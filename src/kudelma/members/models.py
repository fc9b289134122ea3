"""The people of a matter: permissions to invite them, what is agreed and judged about each, and their safety.

Four things are kept apart: agreeing (the method's), permission to invite (`Permission`), consent or permit
(`Consent`), and the ground on which the matter is handled (`Basis`), which is not consent.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.members.queries import (
    ConsentQuerySet,
    JudgementQuerySet,
    MemberQuerySet,
    OfMemberQuerySet,
    SafetyQuerySet,
)
from kudelma.methods.models import Side
from kudelma.people.models import LANGUAGES, Seat

LISTENS = 0
"""The place in the order of speaking of one who only listens."""


class ContactChannel(models.TextChoices):
    """How somebody is reached safely."""

    SMS = "sms", _("by text message")
    MAIL = "mail", _("by e-mail")
    LETTER = "letter", _("by letter")
    PHONE = "phone", _("by telephone")
    WORKER = "worker", _("through a worker they trust")
    NONE = "none", _("not at all before the meeting")


class Member(OfMatter):
    """One person of the circle, as this matter knows them. The same mother in two matters is two members.

    protected: "yes" when the address is protected; then `postal` stays empty. speaks: place in the order of
    speaking, from 1, or LISTENS. is_limited: a right limited, by a court for example; nothing is open until a
    judgement says what.
    is_needed: the meeting is not held without this one. needs_in: the language in which is written what helps them.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="members")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="memberships")
    side = models.CharField(max_length=12, choices=Side)
    # No identity code and no day of birth: what people call each other is enough until somebody identifies.
    name = SealedText("members.member.name", max_length=60)
    surname = SealedText("members.member.surname", max_length=60)
    relation = SealedText("members.member.relation", max_length=80)
    address = SealedText("members.member.address", max_length=254)
    second_address = SealedText("members.member.second_address", max_length=254)
    phone = SealedText("members.member.phone", max_length=20)
    postal = SealedText("members.member.postal", max_length=300)
    # Text and sealed, where a tick would be plain: that an address is protected is a secret of its own.
    protected = SealedText("members.member.protected", max_length=20)
    contact_way = SealedText("members.member.contact_way", max_length=20)
    contact_note = SealedText("members.member.contact_note", max_length=300)
    needs = SealedText("members.member.needs", max_length=500)
    interpreter = SealedText("members.member.interpreter", max_length=60)
    support = SealedText("members.member.support", max_length=120)
    ride = SealedText("members.member.ride", max_length=200)
    childcare = SealedText("members.member.childcare", max_length=200)
    access = SealedText("members.member.access", max_length=300)
    needs_in = models.CharField(max_length=12, choices=LANGUAGES, default="fi", editable=False)
    language = models.CharField(max_length=12, choices=LANGUAGES, default="fi")
    why = SealedText("members.member.why", max_length=500)
    # Said by whoever prepares, and reckoned from no age.
    is_child = models.BooleanField(default=False)
    is_limited = models.BooleanField(default=False)
    is_needed = models.BooleanField(default=False)
    answers_times = models.BooleanField(default=True)
    wants_calendar = models.BooleanField(default=False)
    speaks: int | None = models.PositiveSmallIntegerField(null=True)  # type: ignore[assignment]
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
            "postal": "an address",
            "protected": "safety",
            "contact_way": "safety",
            "contact_note": "safety",
            "needs": "may tell of health",
            "interpreter": "may tell who it is",
            "support": "a person",
            "ride": "tells where somebody lives",
            "childcare": "tells of the family",
            "access": "may tell of health",
            "why": "own words",
        }
        link = {"seat": "where this person sits", "rewritten_by": "who changed name or address"}
        plain = OF_MATTER | {
            "side", "language", "needs_in", "is_child", "is_limited", "is_needed", "answers_times", "wants_calendar",
            "speaks", "position", "version",
        }  # fmt: skip

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "position"], name="one_member_a_position"),
            # Those without a seat do not collide: to the database no two empty values are the same.
            models.UniqueConstraint(fields=["matter", "seat"], name="one_member_a_seat"),
            models.CheckConstraint(
                name="a_protected_address_stands_nowhere",
                # What is not here gets into no letter, no file and no backup, whatever a form lets through.
                condition=models.Q(protected=b"") | models.Q(postal=b""),
            ),
        ]

    @property
    def signs_in(self) -> bool:
        """Whether this one works here and has an account; everybody else comes by a link or face to face."""
        return self.seat is not None and self.seat.space is None

    @property
    def safe_way(self) -> str:
        """By which way this one has said to be reached safely, in words; empty when nothing was said."""
        return str(dict(ContactChannel.choices).get(self.contact_way, ""))

    @property
    def thread(self) -> str:
        """Which thread of colour this voice keeps everywhere: warm for people, cool for professionals."""
        warmth = "cool" if self.side == Side.PROFESSIONAL else "warm"
        return f"{warmth}-{self.position % 6}"

    @property
    def only_listens(self) -> bool:
        return self.speaks == LISTENS

    @property
    def is_judged(self) -> bool:
        """Whether somebody has judged what a limited right leaves open. Reads the prefetched judgements."""
        # `all` and no `filter`, which would pass by what is prefetched and ask anew for each person.
        return any(judgement.replaced_at is None for judgement in self.judgements.all())

    @property
    def may_have_way_in(self) -> bool:
        return not self.is_limited or self.is_judged

    def sees(self, part: str) -> bool:
        """Whether this part ("time", "theme", "people", "plan") is open to them: `MemberQuerySet.open_to` for one."""
        if not self.is_limited:
            return True
        standing = [judgement for judgement in self.judgements.all() if judgement.replaced_at is None]
        return any(part in judgement.opened for judgement in standing)

    def would_change(self, values: dict[str, str]) -> bool:
        """Whether a number or an address that is known would become another, or go.

        A postal address that goes because it is protected goes at once.
        """
        ways = ["address", "second_address", "phone", *([] if values.get("protected") else ["postal"])]
        return any(getattr(self, way) and values.get(way, getattr(self, way)) != getattr(self, way) for way in ways)

    @property
    def may_be_invited(self) -> bool:
        """Whether the people have agreed to invite this one. Reads the prefetched permissions."""
        given = [permission for permission in self.permissions.all() if permission.withdrawn_at is None]
        return bool(given)


class HeardHow(models.TextChoices):
    FACE = "face", _("face to face")
    PHONE = "phone", _("by telephone")
    PAPER = "paper", _("on paper")


class Permission(OfMatter):
    """That the people themselves want this one invited: who heard it, how, when. It can be withdrawn."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="permissions")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="permissions")
    how = models.CharField(max_length=6, choices=HeardHow)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = OfMemberQuerySet.as_manager()  # type: ignore[misc]

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


class Safety(OfMatter):
    """What one person told, asked alone. Seen by that person, known for sure, and the coordinator; by nobody else."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="safeties")
    member = models.OneToOneField(Member, models.CASCADE, editable=False, related_name="safety")
    # Room for four answers as long as the form allows: who is not known for sure can only add to what stands.
    freely = SealedText("members.safety.freely", max_length=4000)
    apart = SealedText("members.safety.apart", max_length=4000)
    safer = SealedText("members.safety.safer", max_length=4000)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SafetyQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {
            "freely": "safety: whether they may speak",
            "apart": "safety: not together with",
            "safer": "safety: what would help",
        }
        link = {"member": "whose answer", "by": "who wrote it down"}
        plain = OF_MATTER | {"at", "version"}

    class Meta:
        ordering = ["at", "pk"]
