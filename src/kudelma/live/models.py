"""The ledger of operations: what happened to a board, in which order, by which seat. No words, no times."""

from uuid import uuid4

from django.db import models


class Operation(models.Model):
    """One change of one target. The id is made by the one who sends it, so a retry is harmless.

    Names space, target and seat by UUID. Holds no time: how long anybody spoke cannot be read from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    space = models.UUIDField(editable=False, db_index=True)
    target = models.UUIDField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=20, editable=False)
    seat = models.UUIDField(editable=False)

    class Privacy:
        link = {"space": "where", "target": "which board", "seat": "who did it"}
        plain = {"id", "number", "kind"}

    class Meta:
        ordering = ["target", "number"]
        constraints = [models.UniqueConstraint(fields=["target", "number"], name="one_operation_a_number")]

    def __str__(self) -> str:
        return f"operation {self.pk}"
