"""Keys (in a database of their own), the access record, pins, and when a working space is emptied."""

from uuid import uuid4

from django.db import models

from kudelma.core.db import both_or_neither
from kudelma.trust.queries import EntryQuerySet, PinQuerySet


class RegionKey(models.Model):
    """A region's key, wrapped by the master key."""

    database = "keys"
    region = models.UUIDField(primary_key=True, editable=False)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Privacy:
        link = {"region": "whose key it is"}
        plain = {"wrapped", "made_at"}

    class Meta:
        ordering = ["region"]

    def __str__(self) -> str:
        return f"key of region {self.region}"


class MatterKey(models.Model):
    """A matter's key, wrapped by its region's key. Written before the matter; without it the matter is empty."""

    # Another file with backups of its own: a key that is destroyed here empties old copies of the content too.
    database = "keys"
    matter = models.UUIDField(primary_key=True, editable=False)
    # No foreign key reaches into the other database.
    region = models.UUIDField(editable=False, db_index=True)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Privacy:
        link = {"matter": "whose key it is", "region": "whose key wraps it"}
        plain = {"wrapped", "made_at", "destroyed_at"}

    class Meta:
        ordering = ["matter"]
        constraints = [
            models.CheckConstraint(
                name="key_is_there_until_destroyed",
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"key of matter {self.matter}"


class What(models.TextChoices):
    READ = "read"
    DID = "did"
    REFUSED = "refused"


class Entry(models.Model):
    """One line of the access record: which seat, through which door, in whose matter, when and why.

    Holds ids and fixed words only, so it stays intelligible and pseudonymous when the matter is empty.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(editable=False)
    sitting_on = models.DateField(null=True, editable=False)
    """The day, for what is written once a day only."""
    what = models.CharField(max_length=8, choices=What, editable=False)
    door = models.CharField(max_length=60, editable=False)
    # Ids and no foreign keys: the record neither hinders the end of what it tells of nor goes with it.
    seat = models.UUIDField(null=True, editable=False)
    role = models.CharField(max_length=13, editable=False)
    level = models.PositiveSmallIntegerField(editable=False)
    region = models.UUIDField(null=True, editable=False)
    matter = models.UUIDField(null=True, editable=False)
    why = models.CharField(max_length=40, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Privacy:
        link = {"seat": "who", "region": "where", "matter": "whose matter"}
        plain = {"id", "at", "sitting_on", "what", "door", "role", "level", "why"}

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["matter", "what", "at"], name="entries_of_a_matter")]
        constraints = [
            # Without a day every line stands by itself: to a database no empty column equals another.
            models.UniqueConstraint(fields=["sitting_on", "matter", "seat", "what", "door"], name="one_entry_a_sitting")
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Pin(models.Model):
    """Which strong identity a participant's seat has met: held until it is known to be the right person.

    `digest` is a hash of issuer and subject under the matter's key: equal in this matter, unlinkable
    elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    matter = models.UUIDField(editable=False, db_index=True)
    seat = models.UUIDField(editable=False, db_index=True)
    digest = models.CharField(max_length=64, editable=False)
    held_at = models.DateTimeField(editable=False)
    pinned_at = models.DateTimeField(null=True, editable=False)
    pinned_by = models.UUIDField(null=True, editable=False)
    turned_away_at = models.DateTimeField(null=True, editable=False)

    objects = PinQuerySet.as_manager()

    class Privacy:
        link = {"matter": "where", "seat": "whose seat", "pinned_by": "seat that confirmed it, or the seat itself"}
        plain = {"id", "digest", "held_at", "pinned_at", "turned_away_at"}

    class Meta:
        ordering = ["held_at", "pk"]
        constraints = [
            both_or_neither("pinned_at", "pinned_by"),
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(pinned_at__isnull=False), name="one_pin_a_seat"
            ),
            # Who comes back is met as the same row: one that was turned away stays turned away.
            models.UniqueConstraint(fields=["seat", "digest"], name="one_identity_held_once"),
        ]
        indexes = [
            models.Index(
                fields=["matter"],
                condition=models.Q(pinned_at__isnull=True, turned_away_at__isnull=True),
                name="pins_that_are_held",
            )
        ]

    def __str__(self) -> str:
        return f"pin {self.pk}"


class Retention(models.Model):
    """On which day a closed matter's working space is to be emptied."""

    matter = models.UUIDField(primary_key=True, editable=False)
    region = models.UUIDField(editable=False)
    closed_on = models.DateField(editable=False)
    empties_on = models.DateField(editable=False)
    emptied_at = models.DateTimeField(null=True, editable=False)

    class Privacy:
        link = {"matter": "whose space", "region": "where"}
        plain = {"closed_on", "empties_on", "emptied_at"}

    class Meta:
        ordering = ["empties_on", "matter"]

    def __str__(self) -> str:
        return f"retention of matter {self.matter}"
