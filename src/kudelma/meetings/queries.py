"""Which meetings, answers, boards and lines a seat may see."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q

from kudelma.matters.queries import OfMatterQuerySet


class MeetingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MeetingQuerySet":
        """Whoever sees the matter; a worker who ordered sees the meeting only when invited too."""
        if actor.role == "worker":
            return self.filter(Exists(_member(actor)))
        return super().visible_to(actor)

    def for_page(self) -> "MeetingQuerySet":
        return self.select_related("matter", "region")


class AnswerQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "AnswerQuerySet":
        """The coordinator and the pair see all answers, everybody else their own."""
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        return self.filter(member__seat=actor.pk)


class InvitationQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "InvitationQuerySet":
        """The coordinator sees all of the region, everybody else their own."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        return self.of_seat(actor.pk)

    def of_seat(self, seat: Any) -> "InvitationQuerySet":
        return self.filter(Q(member__seat=seat) | Q(pairing__seat=seat))

    def standing(self) -> "InvitationQuerySet":
        return self.filter(withdrawn_at=None)

    def for_page(self) -> "InvitationQuerySet":
        """Invitations with those invited and their seats, in 1 query."""
        return self.select_related(
            "member__seat__account", "member__matter", "pairing__seat__account", "told_by__account"
        )


class WishToStopQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "WishToStopQuerySet":
        """The coordinator, and the one who wishes."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        return self.filter(member__seat=actor.pk)

    def open(self) -> "WishToStopQuerySet":
        return self.filter(called_at=None)


class BoardQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "BoardQuerySet":
        """The pair, and those who were there. The coordinator only if she was there herself."""
        if actor.role == "consultant":
            return super().visible_to(actor)
        if actor.role == "participant" and actor.level < 2:
            return self.none()
        there = apps.get_model("meetings", "Attendance").objects.filter(
            meeting=OuterRef("meeting"), member__seat=actor.pk
        )
        return super().visible_to(actor).filter(Exists(there))

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
