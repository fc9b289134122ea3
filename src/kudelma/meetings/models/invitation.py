"""Who has been invited and told, and what became of a time that had been settled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudelma.core.db import both_or_neither
from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.meetings.queries import InvitationQuerySet, OfMeetingQuerySet, WishToStopQuerySet
from kudelma.members.models import Member
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat


class ByHand(models.TextChoices):
    """How somebody was told who gets no message, or got one that did not arrive."""

    PHONE = "phone", _("told by telephone")
    FACE = "face", _("told face to face")
    LETTER = "letter", _("letter printed")


class Coming(models.TextChoices):
    """What a calendar answered to an invitation. RFC 5545, section 3.2.12."""

    ACCEPTED = "accepted", _("has accepted")
    DECLINED = "declined", _("cannot come")
    TENTATIVE = "tentative", _("comes perhaps")


class Invitation(OfMatter):
    """That somebody has been invited to a meeting: one of the circle, or one of the two who lead.

    sequence: the number of their calendar entry; it rises with each change that they are sent.
    reply: what their calendar answered, stamped_at by that calendar's own clock, so that an older answer
    that comes again changes nothing.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="invitations")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, editable=False, related_name="invitations")
    member = models.ForeignKey(Member, models.CASCADE, null=True, editable=False, related_name="invitations")
    pairing = models.ForeignKey(LeadAssignment, models.CASCADE, null=True, editable=False, related_name="invitations")
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    told = models.CharField(max_length=6, choices=ByHand, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    told_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    reply = models.CharField(max_length=9, choices=Coming, blank=True, editable=False)
    replied_at = models.DateTimeField(null=True, editable=False)
    stamped_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = InvitationQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {
            "member": "whom",
            "pairing": "whom",
            "by": "who invited",
            "told_by": "who told",
            "withdrawn_by": "who took it back",
        }
        plain = OF_MATTER | {
            "meeting", "at", "sequence", "told", "told_at", "reply", "replied_at", "stamped_at", "withdrawn_at",
        }  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            both_or_neither("told_at", "told_by"),
            both_or_neither("withdrawn_at", "withdrawn_by"),
            both_or_neither("replied_at", "stamped_at"),
            models.UniqueConstraint(fields=["meeting", "member"], name="invited_once"),
            models.UniqueConstraint(fields=["meeting", "pairing"], name="one_of_the_pair_invited_once"),
            models.CheckConstraint(
                name="an_invitation_is_for_one",
                condition=models.Q(member__isnull=True, pairing__isnull=False)
                | models.Q(member__isnull=False, pairing__isnull=True),
            ),
        ]

    @property
    def seat(self) -> Seat | None:
        """Where the invited one sits. Reads what `for_page` has loaded."""
        return self.member.seat if self.member else self.pairing.seat if self.pairing else None


class Change(models.TextChoices):
    """What became of a time that had been settled."""

    PUT_OFF = "put_off", _("postponed; a new time is looked for")
    MOVED = "moved", _("moved to a new time or place")
    CALLED_OFF = "called_off", _("cancelled")
    STOPPED = "stopped", _("stopped")


class Postponement(OfMatter):
    """That a meeting was postponed, moved, cancelled or stopped: who, when, and if told, why."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="postponements")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, editable=False, related_name="postponements")
    what = models.CharField(max_length=10, choices=Change, editable=False)
    was_at = models.DateTimeField(null=True, editable=False)
    why = SealedText("meetings.postponement.why", max_length=500)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    objects = OfMeetingQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"why": "own words"}
        link = {"by": "who decided"}
        plain = OF_MATTER | {"meeting", "what", "was_at", "at"}

    class Meta:
        ordering = ["at", "pk"]


class WishToStop(OfMatter):
    """A participant's «I want to stop»: open until somebody has called."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="wishes_to_stop")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="wishes_to_stop")
    at = models.DateTimeField(editable=False)
    called_at = models.DateTimeField(null=True, editable=False)
    called_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")

    objects = WishToStopQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"member": "who wishes", "called_by": "who called"}
        plain = OF_MATTER | {"at", "called_at"}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            both_or_neither("called_at", "called_by"),
            # Only while it is open: a second wish after a call waits for a call as the first did.
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(called_at=None), name="one_open_wish_to_stop_a_member"
            ),
        ]
