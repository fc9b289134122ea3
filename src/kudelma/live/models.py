"""The ledger of operations: what happened to a target, in which order, by which seat. No times, and no words in the
open. One ledger for whatever is changed by small steps: a board, a circle, one day a drawing."""

from uuid import UUID, uuid4

from django.db import models

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.live.inputs import PROTOCOL
from kudelma.live.queries import CounterQuerySet, GenerationQuerySet, OperationQuerySet


class Counter(models.Model):
    """How many operations a target has had. Its row is what operations wait for: see `live.actions.ledger.hold`.

    Apart from the target's own row, so that whoever writes is not waited for by those who only change the target.
    """

    target = models.UUIDField(primary_key=True, editable=False)
    space = models.UUIDField(editable=False, db_index=True)
    number = models.PositiveIntegerField(default=0, editable=False)

    objects = CounterQuerySet.as_manager()

    class Privacy:
        link = {"target": "which board or circle", "space": "where"}
        plain = {"number"}

    class Meta:
        ordering = ["target"]

    def __str__(self) -> str:
        return f"counter {self.pk}"


class Operation(models.Model):
    """One change of one target. The id is made by the one who sends it, so a retry is harmless.

    Names space, target and seat by UUID. Holds no time: how long anybody spoke cannot be read from it.
    about, also: what in the target was changed, such as a line, or the two ends of a tie.
    base: the version of it that the sender had seen. payload: what undoing needs, as its room writes it.
    undoes: the operation that this one takes back; whoever takes that back does the first again.
    gone: a hole, of which the number is left. It was withdrawn, or changed nothing, or undoing has ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    space = models.UUIDField(editable=False, db_index=True)
    target = models.UUIDField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    # Of an outbox, not of a machine or a person; a form that is pressed without a script has none.
    device = models.UUIDField(null=True, editable=False)
    device_number = models.PositiveIntegerField(null=True, editable=False)
    protocol = models.PositiveSmallIntegerField(default=PROTOCOL, editable=False)
    seat = models.UUIDField(editable=False)
    kind = models.CharField(max_length=20, editable=False)
    about = models.UUIDField(null=True, editable=False)
    also = models.UUIDField(null=True, editable=False)
    base = models.PositiveIntegerField(null=True, editable=False)
    payload = SealedText("live.operation.payload", max_length=2000)
    undoes = models.ForeignKey("self", models.CASCADE, null=True, editable=False, related_name="+")
    gone = models.BooleanField(default=False, editable=False)

    objects = OperationQuerySet.as_manager()

    class Privacy:
        sealed = {"payload": "words that were there before and after"}
        link = {
            "space": "where", "target": "which board or circle", "device": "which outbox", "seat": "who did it",
            "about": "what was changed", "also": "who is near whom", "undoes": "what was taken back",
        }  # fmt: skip
        plain = {"id", "number", "device_number", "protocol", "kind", "base", "gone"}

    class Meta:
        ordering = ["target", "number"]
        constraints = [
            models.UniqueConstraint(fields=["target", "number"], name="one_operation_a_number"),
            # Two empty columns are never equal: forms that are pressed without a script are not counted.
            models.UniqueConstraint(fields=["device", "device_number"], name="one_operation_a_device_number"),
            both_or_neither("device", "device_number"),
            models.CheckConstraint(
                name="a_hole_tells_nothing",
                condition=models.Q(gone=False) | models.Q(payload=b"", about=None, also=None, base=None),
            ),
        ]

    def __str__(self) -> str:
        return f"operation {self.pk}"

    @property
    def space_id(self) -> UUID:
        return self.space


class Generation(models.Model):
    """That a right may have been taken away from somebody, or in a space. Written with what takes it away.

    whose: a seat, an account, a session or a space. Holds no time, and does not say what was taken away.
    """

    id = models.BigAutoField(primary_key=True)
    whose = models.UUIDField(editable=False)

    objects = GenerationQuerySet.as_manager()

    class Privacy:
        link = {"whose": "whose right may have been taken away"}
        plain = {"id"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"generation {self.pk}"
