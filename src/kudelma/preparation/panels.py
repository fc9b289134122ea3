"""Who comes and how they introduce themselves, and the ways to what is prepared, on a matter's page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.core.rules import may
from kudelma.matters.models import Kind, Matter
from kudelma.matters.page import LINKS, OWN_LINKS, OWN_PANELS, PANELS, Link, Panel, Shown
from kudelma.members.panels import invited, own_member
from kudelma.pairing.panels import led_by, own_part
from kudelma.preparation.views.who_comes import Group, groups, introduce


@dataclass(frozen=True)
class WhoComes(Panel):
    template = "preparation/panel.html"
    column, rank, card = "main", 3, "people"

    groups: list[Group]
    leads: list[dict[str, Any]]


@PANELS
def who_comes(matter: Matter, shown: Shown) -> WhoComes:
    members, leads = shown.read(invited), shown.read(led_by)
    introduce(matter, shown.actor, members, leads)
    return WhoComes(groups(members, is_open=matter.is_open, is_over=shown.is_over), leads)


@LINKS
def prepared(matter: Matter, shown: Shown) -> list[Link]:
    links = []
    if matter.kind != Kind.CONSULTATION and may(shown.actor, "preparation.read", matter):
        links.append(Link("people", 1, reverse("preparation:show", args=[matter.pk]), _("The preparation")))
    comes = shown.actor.pk in {member.seat_id for member in shown.read(invited)}
    if matter.is_open and not shown.is_over and (comes or own_part(matter, shown)):
        url = reverse("preparation:introduction", args=[matter.pk])
        links.append(Link("people", 2, url, _("Three lines about yourself")))
    return links


@OWN_LINKS
def childs_page(matter: Matter, shown: Shown) -> list[Link]:
    if not (shown.is_known_surely and shown.read(own_member).is_child):
        return []
    return [Link("before", 1, reverse("preparation:own-child"), _("What I want to tell"))]


@dataclass(frozen=True)
class OwnPeople(Panel):
    template = "preparation/own_panel.html"
    rank = 6

    leads: list[dict[str, Any]]
    is_over: bool


@OWN_PANELS
def own_people(matter: Matter, shown: Shown) -> OwnPeople | None:
    if not (shown.is_known_surely and shown.read(own_member).sees("people")):
        return None
    return OwnPeople(shown.read(led_by), shown.is_over)
