"""Accounts, seats, and the ways in: personal links, codes, admission face to face, messages sent."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import StaffText
from kudelma.people.queries import AccountManager, AdmissionQuerySet, LinkQuerySet, MessageQuerySet, SeatQuerySet
from kudelma.regions.models import Region, Unit

LANGUAGES = [(code, _(name)) for code, name in settings.LANGUAGES]


class Account(AbstractBaseUser):
    """Somebody who works here and signs in. What they may do depends on the seat they take."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = StaffText("people.account.name", max_length=120)
    address = StaffText("people.account.address", max_length=254)
    address_lookup = models.CharField(max_length=64, unique=True, editable=False)
    phone = StaffText("people.account.phone", max_length=20)
    language = models.CharField(max_length=12, choices=LANGUAGES, default="fi")
    # Closed and never deleted: what its seats have done stays told.
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = AccountManager()
    USERNAME_FIELD = "address_lookup"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Privacy:
        staff = {
            "name": "a person's name",
            "address": "a person's address",
            "address_lookup": "keyed look-up of the address",
            "phone": "a person's number",
        }
        plain = {"id", "language", "closed_at", "password", "last_login"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"account {self.pk}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.closed_at is None

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


class Role(models.TextChoices):
    WORKER = "worker", _("worker")
    CONSULTANT = "consultant", _("network consultant")
    COORDINATOR = "coordinator", _("network coordinator")
    STEERING = "steering", _("steering group")
    ADMINISTRATOR = "administrator", _("administrator")
    PARTICIPANT = "participant", _("participant")
    GUEST = "guest", _("guest")
    PUBLIC = "public", _("the public page")
    CLOCK = "clock", _("the clock")


DOORS = {Role.PUBLIC, Role.CLOCK}
STAFF = [Role.WORKER, Role.CONSULTANT, Role.COORDINATOR, Role.STEERING, Role.ADMINISTRATOR]


class Seat(models.Model):
    """A person in a role, at a region and a unit, from a day to a day. Everything is done by a seat.

    A participant's seat is for one space, and so is a guest's, which ends with its occasion. Two seats of each region
    are doors and belong to nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=13, choices=Role)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="seats")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="seats")
    title = StaffText("people.seat.title", max_length=80)
    leads = models.BooleanField(default=False)
    # Its number and no foreign key: what has a space stands below this room, which may not know it.
    space = models.UUIDField(null=True, editable=False, db_index=True)
    language = models.CharField(max_length=12, choices=LANGUAGES, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SeatQuerySet.as_manager()
    level = 0
    """How surely we know who it is, 0 to 3; set for the seat that acts, never stored."""
    way_in: "PersonalLink | None" = None
    """The link by which the acting participant came; set like `level`."""
    admitted_until: datetime | None = None
    """When the sitting ends in which the acting participant was let in face to face; set like `level`."""

    class Privacy:
        staff = {"title": "with the unit it may tell who it is"}
        link = {
            "account": "who sits here",
            "space": "where a participant or a guest sits",
            "ended_by": "seat that ended it",
        }
        plain = {"id", "region", "role", "unit", "leads", "language", "starts_on", "ends_on", "ended_at", "version"}

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            both_or_neither("ended_at", "ended_by"),
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
            # A participant's seat with an account would let a link stand in for a password and a second factor.
            models.CheckConstraint(
                name="seat_is_of_one_kind",
                condition=Q(role__in=STAFF, account__isnull=False, space__isnull=True)
                | Q(role=Role.PARTICIPANT, account__isnull=True, space__isnull=False)
                | Q(role=Role.GUEST, account__isnull=True, space__isnull=False, ends_on__isnull=False)
                | Q(role__in=[Role.PUBLIC, Role.CLOCK], account__isnull=True, space__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["region", "role"],
                condition=Q(role__in=[Role.PUBLIC, Role.CLOCK]),
                name="one_seat_a_door",
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def works(self) -> bool:
        """Whether this is the seat of somebody who works here and signs in."""
        return self.role in STAFF

    @property
    def name(self) -> str:
        """The name of the one who sits here; a participant's name is known to the space only."""
        return self.account.name if self.account else ""

    @property
    def spoken_language(self) -> str:
        return self.language or (self.account.language if self.account else "fi")

    def is_current(self, on: date) -> bool:
        return self.ended_at is None and self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class DeliveryChannel(models.TextChoices):
    """By which way a message leaves. What goes by letter or telephone is told by a person, and no message."""

    MAIL = "mail", _("by mail")
    SMS = "sms", _("by text message")


class PersonalLink(models.Model):
    """A way to one participant's seat. It shows nothing by itself; only the hash of its secret is kept.

    way: by which way it was sent, so that its code goes another way. Empty for the link of a printed
    letter, whose secret nobody is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    way = models.CharField(
        max_length=4, choices=DeliveryChannel, blank=True, default=DeliveryChannel.MAIL, editable=False
    )
    made_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.UUIDField(null=True, editable=False)

    objects = LinkQuerySet.as_manager()

    class Privacy:
        link = {"seat": "whose way in", "revoked_by": "seat that revoked it"}
        plain = {"id", "digest", "way", "made_at", "revoked_at"}

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [both_or_neither("revoked_at", "revoked_by")]

    def __str__(self) -> str:
        return f"personal link {self.pk}"


class CodeChannel(models.TextChoices):
    SMS = "sms", _("text message")
    ADDRESS = "address", _("another mail address")
    ALOUD = "aloud", _("read aloud by telephone")
    LETTER = "letter", _("printed in a letter")


class Code(models.Model):
    """What raises a link to level 1: six digits for ten minutes, once; or ten printed characters.

    Five wrong tries and it is dead. used_at: when first used. finder: of a printed one, the keyed look-up
    of its first half, by which it is found and its tries are counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    link = models.ForeignKey(PersonalLink, models.CASCADE, related_name="codes")
    channel = models.CharField(max_length=8, choices=CodeChannel)
    digest = models.CharField(max_length=64, editable=False)
    finder = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    class Privacy:
        link = {"link": "which way in it raises"}
        plain = {"id", "channel", "digest", "finder", "made_at", "ends_at", "tries", "used_at"}

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Reason(models.TextChoices):
    KNOWN = "known", _("I know this person")
    DOCUMENT = "document", _("I saw an identity document")
    VOUCHED = "vouched", _("Somebody who is present, and whom I know, told who this is")


class Admission(models.Model):
    """Level 2 face to face, for one sitting: a worker who is present lets this participant in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="admissions")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    code_ends_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = AdmissionQuerySet.as_manager()

    class Privacy:
        link = {"seat": "who was let in", "by": "who let in"}
        plain = {"id", "reason", "digest", "made_at", "code_ends_at", "ends_at", "used_at", "ended_at"}

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"admission {self.pk}"


class Trouble(models.TextChoices):
    """Why a message did not arrive: a class, never the words of a mail."""

    NO_SUCH = "no_such", _("there is no such address or number")
    FULL = "full", _("the mailbox is full")
    TURNED_AWAY = "turned_away", _("the other mail server did not take it")
    NO_ANSWER = "no_answer", _("the mail server has not answered for a day")
    NO_WAY = "no_way", _("there is no address or number any more")
    OTHER = "other", _("it could not be sent")


class SeenTo(models.TextChoices):
    """What somebody did about a message that did not arrive."""

    AGAIN = "again", _("sent again")
    OTHER_WAY = "other_way", _("told another way")
    PHONED = "phoned", _("told by telephone")


class Message(models.Model):
    """That something was sent to a seat. What it said is made when it leaves, and is not kept.

    It waits, then it has been sent or refused; whether anybody read it is not known. A refusal stays open
    until somebody has seen to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="messages")
    space = models.UUIDField(null=True, editable=False, db_index=True)
    kind = models.CharField(max_length=40, editable=False)
    about: UUID | None = models.UUIDField(null=True, editable=False)  # type: ignore[assignment]
    made_at = models.DateTimeField(editable=False)
    made_by = models.UUIDField(editable=False)
    way = models.CharField(max_length=4, choices=DeliveryChannel, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=12, choices=Trouble, blank=True, editable=False)
    seen_to_at = models.DateTimeField(null=True, editable=False)
    seen_to_by = models.UUIDField(null=True, editable=False)
    seen_to = models.CharField(max_length=12, choices=SeenTo, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Privacy:
        link = {
            "seat": "to whom",
            "space": "in which space",
            "about": "the meeting or code it is about",
            "made_by": "seat that sent it",
            "seen_to_by": "seat that saw to it",
        }
        plain = {
            "id", "kind", "made_at", "way", "sent_at", "refused_at", "trouble", "seen_to_at", "seen_to",
        }  # fmt: skip

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [both_or_neither("seen_to_at", "seen_to_by")]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def is_undelivered(self) -> bool:
        return self.refused_at is not None and self.seen_to_at is None

    @property
    def state(self) -> str:
        """waiting, sent or refused. Never "read": that is nobody's to know."""
        if self.refused_at:
            return "refused"
        return "sent" if self.sent_at else "waiting"
