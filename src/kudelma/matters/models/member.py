"""The people of the circle, and the permissions to invite them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models.matter import OF_MATTER, Matter, OfMatter
from kudelma.matters.queries import MemberQuerySet, OfMemberQuerySet
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
