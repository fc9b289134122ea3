"""Which meetings, answers, boards and lines a seat may see."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q

from kudelma.matters.queries import OfMatterQuerySet


class MeetingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MeetingQuerySet":
        """Whoever sees the matter; a worker who ordered sees the meeting only when invited too.

        Somebody whose right is limited sees it when it was judged that the time is open to them.
        """
        if actor.role == "worker":
            return self.filter(Exists(_member(actor)))
        if actor.role == "participant":
            return super().visible_to(actor).filter(Exists(_member(actor).open_to("time")))
        return super().visible_to(actor)

    def for_page(self) -> "MeetingQuerySet":
        return self.select_related("matter", "region")


class AnswerQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "AnswerQuerySet":
        """The coordinator and the pair see all answers, everybody else their own."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        return self.filter(member__seat=actor.pk)


class BoardQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "BoardQuerySet":
        """The pair, and those who were there. The coordinator only if she was there herself.

        Not somebody to whom it was judged that what was said is closed.
        """
        if actor.role == "consultant":
            return super().visible_to(actor)
        if actor.role == "participant" and actor.level < 2:
            return self.none()
        there = apps.get_model("meetings", "Attendance").objects.filter(
            meeting=OuterRef("meeting"), member__seat=actor.pk
        )
        found = super().visible_to(actor).filter(Exists(there))
        return found.filter(Exists(_member(actor).open_to("plan"))) if actor.role == "participant" else found

    def for_weave(self) -> "BoardQuerySet":
        """The board with its voices, in 2 queries; lines and questions come by their own."""
        voices = apps.get_model("meetings", "Voice").objects.select_related("member")
        return self.select_related("meeting", "matter__method").prefetch_related(Prefetch("voices", voices))


class LineQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "LineQuerySet":
        """The pair sees every line; those who were there see what was nodded to, and their own."""
        boards = apps.get_model("meetings", "Board").objects.visible_to(actor)
        lines = self.filter(board__in=boards)
        if actor.role == "consultant":
            return lines
        return lines.filter(Q(nodded=True) | Q(voice__member__seat=actor.pk))


def _member(actor: Any) -> Any:
    """Memberships of the actor, with a permission to invite, in the meeting's matter."""
    return (
        apps.get_model("matters", "Member").objects.filter(matter=OuterRef("matter"), seat=actor.pk).with_permission()
    )
