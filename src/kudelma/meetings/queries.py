"""Which meetings, answers, boards and lines a seat may see."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q

from kudelma.matters.queries import OfMatterQuerySet, led_by


class MeetingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MeetingQuerySet":
        """Whoever sees the matter; a worker who ordered sees the meeting only when invited or leading too."""
        if actor.role == "worker":
            return self.filter(Exists(_member(actor)) | led_by(actor))
        return super().visible_to(actor)

    def for_page(self) -> "MeetingQuerySet":
        return self.select_related("matter", "region")


class AnswerQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "AnswerQuerySet":
        """The coordinator and whoever leads see all answers, everybody else their own."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role == "worker":
            return self.filter(Q(member__seat=actor.pk) | led_by(actor))
        return self.filter(member__seat=actor.pk)


class BoardQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "BoardQuerySet":
        """Whoever leads, and those who were there. The coordinator only if she was there or chairs herself."""
        if actor.role == "consultant":
            return super().visible_to(actor)
        if actor.role == "participant" and actor.level < 2:
            return self.none()
        there = apps.get_model("meetings", "Attendance").objects.filter(
            meeting=OuterRef("meeting"), member__seat=actor.pk
        )
        return super().visible_to(actor).filter(Exists(there) | led_by(actor))

    def for_weave(self) -> "BoardQuerySet":
        """The board with its voices, in 2 queries; lines and questions come by their own."""
        voices = apps.get_model("meetings", "Voice").objects.select_related("member")
        return self.select_related("meeting", "matter__method").prefetch_related(Prefetch("voices", voices))


class LineQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "LineQuerySet":
        """Whoever leads sees every line; those who were there see what was nodded to, and their own."""
        boards = apps.get_model("meetings", "Board").objects.visible_to(actor)
        lines = self.filter(board__in=boards)
        if actor.role == "consultant":
            return lines
        shown = Q(nodded=True) | Q(voice__member__seat=actor.pk)
        return lines.filter(shown if actor.role == "participant" else shown | led_by(actor))


def _member(actor: Any) -> Any:
    """Memberships of the actor, with a permission to invite, in the meeting's matter."""
    return (
        apps.get_model("matters", "Member").objects.filter(matter=OuterRef("matter"), seat=actor.pk).with_permission()
    )
