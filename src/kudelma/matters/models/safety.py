"""What each person told alone about safety."""

from django.db import models

from kudelma.core.sealed import SealedText
from kudelma.matters.models.matter import OF_MATTER, Matter, OfMatter
from kudelma.matters.models.member import Member
from kudelma.matters.queries import SafetyQuerySet
from kudelma.people.models import Seat


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
