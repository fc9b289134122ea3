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


class SpaceKey(models.Model):
    """A space's key, wrapped by its region's key. Written before the space; without it the space is empty."""

    # Another file with backups of its own: a key that is destroyed here empties old copies of the content too.
    database = "keys"
    space = models.UUIDField(primary_key=True, editable=False)
    # No foreign key reaches into the other database.
    region = models.UUIDField(editable=False, db_index=True)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Privacy:
        link = {"space": "whose key it is", "region": "whose key wraps it"}
        plain = {"wrapped", "made_at", "destroyed_at"}

    class Meta:
        ordering = ["space"]
        constraints = [
            models.CheckConstraint(
                name="key_is_there_until_destroyed",
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"key of space {self.space}"


class What(models.TextChoices):
    READ = "read"
    DID = "did"
    REFUSED = "refused"


class Entry(models.Model):
    """One line of the access record: which seat, through which door, in whose space, when and why.

    Holds ids and fixed words only, so it stays intelligible and pseudonymous when the space is empty.
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
    space = models.UUIDField(null=True, editable=False)
    why = models.CharField(max_length=40, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Privacy:
        link = {"seat": "who", "region": "where", "space": "whose space"}
        plain = {"id", "at", "sitting_on", "what", "door", "role", "level", "why"}

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["space", "what", "at"], name="entries_of_a_space")]
        constraints = [
            # Without a day every line stands by itself: to a database no empty column equals another.
            models.UniqueConstraint(fields=["sitting_on", "space", "seat", "what", "door"], name="one_entry_a_sitting")
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Pin(models.Model):
    """Which strong identity a participant's seat has met: held until it is known to be the right person.

    `digest` is a hash of issuer and subject under the space's key: equal in this space, unlinkable
    elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    space = models.UUIDField(editable=False, db_index=True)
    seat = models.UUIDField(editable=False, db_index=True)
    digest = models.CharField(max_length=64, editable=False)
    held_at = models.DateTimeField(editable=False)
    pinned_at = models.DateTimeField(null=True, editable=False)
    pinned_by = models.UUIDField(null=True, editable=False)
    turned_away_at = models.DateTimeField(null=True, editable=False)

    objects = PinQuerySet.as_manager()

    class Privacy:
        link = {"space": "where", "seat": "whose seat", "pinned_by": "seat that confirmed it, or the seat itself"}
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
                fields=["space"],
                condition=models.Q(pinned_at__isnull=True, turned_away_at__isnull=True),
                name="pins_that_are_held",
            )
        ]

    def __str__(self) -> str:
        return f"pin {self.pk}"


class Retention(models.Model):
    """On which day a closed space is to be emptied."""

    space = models.UUIDField(primary_key=True, editable=False)
    region = models.UUIDField(editable=False)
    closed_on = models.DateField(editable=False)
    empties_on = models.DateField(editable=False)
    emptied_at = models.DateTimeField(null=True, editable=False)

    class Privacy:
        link = {"space": "whose space", "region": "where"}
        plain = {"closed_on", "empties_on", "emptied_at"}

    class Meta:
        ordering = ["empties_on", "space"]

    def __str__(self) -> str:
        return f"retention of space {self.space}"
