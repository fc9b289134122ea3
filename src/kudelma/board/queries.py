"""Which boards, voices, turns and lines a seat may see."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q

from kudelma.live.models import Counter
from kudelma.matters.access import led_by
from kudelma.matters.queries import OfMatterQuerySet
from kudelma.meetings.models import Attendance
from kudelma.members.queries import own_memberships


class BoardQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "BoardQuerySet":
        """Whoever leads, and those who were there. The coordinator only if she was there or chairs herself.

        Not somebody to whom it was judged that what was said is closed.
        """
        # A link and its code may be in another's hands: what was said opens only to somebody who is known for sure.
        if actor.role == "participant" and actor.level < 2:
            return self.none()
        attended = Attendance.objects.filter(meeting=OuterRef("meeting"), member__seat=actor.pk)
        boards = super().visible_to(actor).filter(Exists(attended) | led_by(actor))
        return boards.filter(Exists(own_memberships(actor).open_to("plan"))) if actor.role == "participant" else boards

    def for_weave(self) -> "BoardQuerySet":
        """The board with its voices, in 2 queries; lines and questions come by their own."""
        voices = apps.get_model("board", "Voice").objects.select_related("member")
        rows = self.with_number().select_related("meeting__method", "matter")
        return rows.prefetch_related(Prefetch("voices", voices))

    def with_number(self) -> "BoardQuerySet":
        """With `number`: how many operations the ledger has of each."""
        # Read with the row and so before what is shown: a page that is older than its number would stay so.
        return self.annotate(number=Counter.objects.of_outer())


class OfBoardQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> Any:
        """The voices and turns of the boards that the actor sees."""
        return self.filter(board__in=apps.get_model("board", "Board").objects.visible_to(actor))


class LineQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "LineQuerySet":
        """Whoever leads sees every line; those who were there see what was nodded to, and their own."""
        boards = apps.get_model("board", "Board").objects.visible_to(actor)
        lines = self.filter(board__in=boards)
        shown = Q(nodded=True) | Q(voice__member__seat=actor.pk)
        # In a chaired meeting a worker or the coordinator leads, and reads what still waits for a nod.
        return lines.filter(shown if actor.role == "participant" else shown | led_by(actor))
