"""Which meetings, answers and invitations a seat may see."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from kudelma.matters.access import led_by
from kudelma.matters.queries import OfMatterQuerySet
from kudelma.members.queries import own_memberships

LIST_FIELDS = [
    "matter", "round", "minutes", "family_first", "others_asked_at", "starts_at", "chosen_at", "held_at", "sequence",
]  # fmt: skip
"""What a list reads of a meeting."""


class MeetingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "MeetingQuerySet":
        """Whoever sees the matter; a worker who ordered sees the meeting only when invited or leading too.

        Somebody whose right is limited sees it when it was judged that the time is open to them.
        """
        if actor.role == "worker":
            return self.filter(Exists(own_memberships(actor)) | led_by(actor))
        if actor.role == "participant":
            return super().visible_to(actor).filter(Exists(own_memberships(actor).open_to("time")))
        return super().visible_to(actor)

    def visible_in(self, matters: list[Any], actor: Any) -> "MeetingQuerySet":
        if actor.role in {"coordinator", "consultant"}:
            return self.filter(matter__in=matters)  # who sees the matter sees its meetings: it is not asked for again
        return super().visible_in(matters, actor)

    def present(self) -> "MeetingQuerySet":
        """Of each matter the meeting that is meant when nothing else is said: its last round."""
        later = apps.get_model("meetings", "Meeting").objects.filter(
            matter=OuterRef("matter"), round__gt=OuterRef("round")
        )
        return self.filter(~Exists(later))

    def for_list(self) -> "MeetingQuerySet":
        """What a list of matters reads of their meetings, without the matters: whoever lists them has them."""
        return self.order_by("round").only(*LIST_FIELDS)


class OfMeetingQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> Any:
        """What belongs to the meetings that the actor sees."""
        return self.filter(meeting__in=apps.get_model("meetings", "Meeting").objects.visible_to(actor))


class SittingQuerySet(OfMeetingQuerySet):
    def going_on(self) -> "SittingQuerySet":
        """Those at which people sit now."""
        return self.filter(began_at__isnull=False, ended_at=None)

    def to_come(self) -> "SittingQuerySet":
        return self.filter(began_at=None)


class TimeOptionQuerySet(OfMeetingQuerySet):
    def open(self, at: datetime) -> "TimeOptionQuerySet":
        """Those still asked about: neither withdrawn nor passed."""
        return self.filter(withdrawn_at=None, starts_at__gt=at)

    def for_page(self) -> "TimeOptionQuerySet":
        return self.select_related("meeting__matter__region")


class AskedQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> Any:
        """Answers, calls and reminders: the coordinator and whoever leads see all, everybody else their own."""
        rows = super().visible_to(actor)
        if actor.role == "coordinator":
            return rows
        # A «cannot» or a wish for a call says something of a person: neither relatives nor colleagues read it.
        return rows.filter(Q(member__seat=actor.pk) | led_by(actor))


class AnswerQuerySet(AskedQuerySet):
    def wishing_a_call(self) -> "AnswerQuerySet":
        """Instead of a time: «please call me», or «I am not sure whether I want to come»; nobody has called since."""
        # The same moment counts: what was told in a call is written together with that call.
        calls = apps.get_model("meetings", "Call").objects.filter(
            meeting=OuterRef("meeting"), member=OuterRef("member"), at__gte=OuterRef("at")
        )
        return self.filter(~Exists(calls), option=None, meeting__chosen_at=None)


class InvitationQuerySet(OfMeetingQuerySet):
    def visible_to(self, actor: Any) -> "InvitationQuerySet":
        """The coordinator sees all of the region, everybody else their own to a meeting that they see."""
        if actor.role == "coordinator":
            return self.filter(region=actor.region_id)
        return super().visible_to(actor).of_seat(actor.pk)

    def of_seat(self, seat: Any) -> "InvitationQuerySet":
        return self.filter(Q(member__seat=seat) | Q(pairing__seat=seat))

    def standing(self) -> "InvitationQuerySet":
        return self.filter(withdrawn_at=None)

    def untold(self) -> "InvitationQuerySet":
        """Those of the circle to whom nobody has told the time that holds, and no message of it is on its way."""
        moved = apps.get_model("meetings", "Postponement").objects.filter(
            meeting=OuterRef("meeting"), what="moved", at__gt=OuterRef("told_at")
        )
        # One that came back counts too: it stands on the desk already, among what did not arrive.
        message = apps.get_model("people", "Message").objects.filter(
            seat=OuterRef("member__seat"), about=OuterRef("meeting"), kind__in=["invitation", "moved"],
            made_at__gte=OuterRef("at"),
        )  # fmt: skip
        to_come = self.standing().filter(
            member__isnull=False, meeting__chosen_at__isnull=False, meeting__opened_at=None
        )  # fmt: skip
        by_nobody = Q(told_at=None) | Q(told_at__lt=F("at")) | Exists(moved)
        return to_come.filter(by_nobody).exclude(Exists(message))

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
        return super().visible_to(actor).filter(member__seat=actor.pk)

    def open(self) -> "WishToStopQuerySet":
        return self.filter(called_at=None)
