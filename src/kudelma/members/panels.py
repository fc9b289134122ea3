"""Who comes, and which messages did not arrive, on a matter's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.core.rules import may
from kudelma.matters.models import Matter
from kudelma.matters.page import LINKS, OWN_PANELS, PAGE_FACTS, PANELS, Fact, Link, Panel, Shown
from kudelma.members.models import Member
from kudelma.people import identity
from kudelma.people.models import Message, Role, SeenTo


def invited(shown: Shown) -> list[Member]:
    """Those of one matter who may be invited. With a permission only: of somebody whom the people do not want,
    nothing tells that it was considered. Once people have met, each knows whether they were there.
    """
    (matter,) = shown.matters
    members = Member.objects.visible_to(shown.actor).filter(matter=matter).with_permission()
    return list(members.with_attendance() if shown.is_over else members)


@PAGE_FACTS
@Fact
def something_undelivered(actor: Any) -> Any:
    if actor.role != Role.COORDINATOR:
        return None
    return Exists(Message.objects.visible_to(actor).undelivered().filter(space=OuterRef("pk")))


@dataclass(frozen=True)
class Undelivered(Panel):
    """messages: [(to whom, message, which of the people)], the newest to each; which is None for one who leads."""

    template = "members/undelivered_panel.html"
    column, rank = "notices", 2

    messages: list[tuple[str, Message, Member | None]]
    seen_to: tuple[SeenTo, ...] = (SeenTo.OTHER_WAY, SeenTo.PHONED)


@PANELS
def undelivered(matter: Matter, shown: Shown) -> Undelivered | None:
    """What did not arrive and nobody has seen to, for the coordinator. Nobody is told anything of a closed matter."""
    if not (shown.is_so(something_undelivered, matter) and matter.is_open):
        return None
    open_ones = Message.objects.visible_to(shown.actor).undelivered().filter(space=matter.pk).order_by("made_at", "pk")
    newest = {message.seat_id: message for message in open_ones.select_related("seat__account")}
    people = _people(newest, shown)
    messages = [
        (people[seat].name if seat in people else str(message.seat.name), message, people.get(seat))
        for seat, message in newest.items()
    ]
    return Undelivered(messages)


def _people(seats: Iterable, shown: Shown) -> dict[Any, Member]:
    if not seats:
        return {}
    members = Member.objects.visible_to(shown.actor).filter(seat__in=seats).select_related("matter", "seat__account")
    return {member.seat_id: member for member in members}


@LINKS
def people(matter: Matter, shown: Shown) -> list[Link]:
    if not may(shown.actor, "matters.prepare", matter):
        return []
    return [Link("people", 3, reverse("members:people", args=[matter.pk]), _("The people and permissions"))]


def own_member(shown: Shown) -> Member:
    """Who looks at their own page. Raises DoesNotExist when that is nobody of the matter."""
    (matter,) = shown.matters
    member = Member.objects.visible_to(shown.actor).get(matter=matter, seat=shown.actor)
    if member.is_limited:  # few are, and only of them it is asked what they see
        prefetch_related_objects([member], "judgements")
    return member


@dataclass(frozen=True)
class Before(Panel):
    template = "members/own_before_panel.html"
    rank, card = 3, "before"


@OWN_PANELS
def before(matter: Matter, shown: Shown) -> Before | None:
    return Before() if matter.is_before_meeting else None


@dataclass(frozen=True)
class Theme(Panel):
    template = "members/own_theme_panel.html"
    rank = 5


@OWN_PANELS
def theme(matter: Matter, shown: Shown) -> Theme | None:
    is_seen = shown.is_known_surely and shown.read(own_member).sees("theme")
    return Theme() if is_seen and matter.topic else None


@dataclass(frozen=True)
class Identify(Panel):
    template = "members/own_identify_panel.html"
    rank = 10

    is_over: bool


@OWN_PANELS
def identify(matter: Matter, shown: Shown) -> Identify | None:
    return None if shown.is_known_surely or not identity.is_possible() else Identify(shown.is_over)
