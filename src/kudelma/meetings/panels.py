"""The meeting on its matter's page: its time and place, who is not told or cannot come, and the ways to its pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.rules import may
from kudelma.matters.models import Matter
from kudelma.matters.page import LINKS, OWN_PANELS, PAGE_FACTS, PANELS, Fact, Link, Panel, Shown
from kudelma.meetings.models import Coming, Invitation, Meeting, WishToStop
from kudelma.meetings.question import Question, question
from kudelma.meetings.steps import meeting_of
from kudelma.members.panels import invited, own_member
from kudelma.methods.models import Side
from kudelma.pairing.panels import led_by
from kudelma.people.models import Role


@dataclass(frozen=True)
class OfMeeting(Panel):
    """declined: the names of those whose calendar has answered that they cannot come."""

    template = "meetings/panel.html"
    column, rank, card = "main", 2, "meeting"

    meeting: Meeting
    leads: list[dict[str, Any]]
    declined: list[str]
    has_untold: bool


@PANELS
def meeting(matter: Matter, shown: Shown) -> OfMeeting | None:
    meeting = meeting_of(matter, shown)
    if meeting is None:
        return None
    declined, has_untold = _of_invitations(matter, shown) if shown.is_so(somebody_not_reached, matter) else ([], False)
    return OfMeeting(meeting, shown.read(led_by), declined, has_untold)


def _not_reached(actor: Any) -> Any:
    """Invitations to meetings that are to come: declined by a calendar, or not told."""
    standing = Invitation.objects.visible_to(actor).standing().filter(meeting__held_at=None)
    standing = standing.annotate(is_untold=Exists(Invitation.objects.untold().filter(pk=OuterRef("pk"))))
    return standing.filter(Q(reply=Coming.DECLINED) | Q(is_untold=True))


@PAGE_FACTS
@Fact
def somebody_not_reached(actor: Any) -> Any:
    return Exists(_not_reached(actor).filter(matter=OuterRef("pk"))) if actor.role == Role.COORDINATOR else None


def _of_invitations(matter: Matter, shown: Shown) -> tuple[list[str], bool]:
    """Whose calendar has answered that they cannot come, and whether somebody is not told."""
    rows = list(_not_reached(shown.actor).filter(matter=matter).for_page())
    declined = [row for row in rows if row.reply == Coming.DECLINED]
    names = [row.member.name if row.member else row.pairing.seat.name for row in declined]
    return names, any(row.is_untold for row in rows)


@LINKS
def arranged(matter: Matter, shown: Shown) -> list[Link]:
    meeting = meeting_of(matter, shown)
    if meeting is None or not may(shown.actor, "meetings.arrange", matter):
        return []
    return [
        Link("meeting", 1, reverse("meetings:answers", args=[meeting.pk]), _("Times and answers")),
        Link("meeting", 2, reverse("meetings:invite", args=[meeting.pk]), _("Invitations")),
    ]


@LINKS
def agreed(matter: Matter, shown: Shown) -> list[Link]:
    """What was agreed with each, on paper; professionals have no such paper."""
    meeting = meeting_of(matter, shown)
    if meeting is None or shown.is_over or not may(shown.actor, "matters.prepare", matter):
        return []
    members = [member.pk for member in shown.read(invited) if member.side != Side.PROFESSIONAL]
    addresses = {member: reverse("meetings:agreed", args=[meeting.pk, member]) for member in members}
    return [Link("people", 0, url, _("What we agreed, on paper"), of=member) for member, url in addresses.items()]


@dataclass(frozen=True)
class OwnTime(Panel):
    """The one thing to do, or the time that holds. is_invited: whether there is an entry for one's own calendar."""

    template = "meetings/own_panel.html"
    rank = 1

    meeting: Meeting | None
    question: Question | None
    sees_place: bool
    is_invited: bool


@OWN_PANELS
def own_time(matter: Matter, shown: Shown) -> OwnTime:
    meeting, member = meeting_of(matter, shown), shown.read(own_member)
    asked_about = question(meeting, member, timezone.now()) if meeting and meeting.chosen_at is None else None
    # A link may lie on a phone that somebody else reads: there the place shows only when that was agreed.
    sees_place = shown.is_known_surely or (meeting is not None and meeting.place_shown)
    invitations = Invitation.objects.visible_to(shown.actor).standing().filter(member=member, meeting__held_at=None)
    is_invited = matter.is_before_meeting and bool(meeting and meeting.chosen_at) and invitations.exists()
    return OwnTime(meeting, asked_about, sees_place, is_invited)


@dataclass(frozen=True)
class OwnStop(Panel):
    template = "meetings/own_stop_panel.html"
    rank = 11

    has_wished: bool


@OWN_PANELS
def own_stop(matter: Matter, shown: Shown) -> OwnStop | None:
    if not matter.is_before_meeting:
        return None
    wishes = WishToStop.objects.visible_to(shown.actor).open().filter(member=shown.read(own_member))
    return OwnStop(wishes.exists())
