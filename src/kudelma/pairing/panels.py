"""Who leads, on a matter's page: what the people have not been told of it, and the ways to those who lead."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.core.rules import may
from kudelma.matters.models import Matter
from kudelma.matters.page import LINKS, PANELS, Link, Panel, Shown
from kudelma.members.models import Member
from kudelma.pairing.leading import leader_rows, leaders, untold_changes
from kudelma.pairing.models import LeadAssignment, LeadChangeNotice
from kudelma.pairing.steps import leads


def pairings(shown: Shown) -> list[LeadAssignment]:
    (matter,) = shown.matters
    return leaders(matter)


def led_by(shown: Shown) -> list[dict[str, Any]]:
    """Who leads, as the people are told."""
    (matter,) = shown.matters
    return leader_rows(shown.read(pairings), is_over=shown.is_over, is_open=matter.is_open)


def own_part(matter: Matter, shown: Shown) -> LeadAssignment | None:
    """What the actor leads as, while it lasts."""
    if not leads(matter, shown):
        return None
    return next((pairing for pairing in shown.read(pairings) if pairing.seat_id == shown.actor.pk), None)


@dataclass(frozen=True)
class Untold(Panel):
    template = "pairing/untold_panel.html"
    column, rank = "notices", 1

    changes: list[LeadChangeNotice]
    people: list[Member]


@PANELS
def untold(matter: Matter, shown: Shown) -> Untold | None:
    changes = untold_changes(matter, shown.read(pairings), shown.actor)
    if not changes:
        return None
    people = Member.objects.visible_to(shown.actor).filter(matter=matter).with_permission().select_related("seat")
    return Untold(changes, [member for member in people if not member.signs_in])


@LINKS
def those_who_lead(matter: Matter, shown: Shown) -> list[Link]:
    links = []
    if may(shown.actor, "pairing.pair", matter) and not matter.is_chaired:
        links.append(Link("people", 4, reverse("pairing:pair", args=[matter.pk]), _("The two who lead")))
    if may(shown.actor, "pairing.propose_chair", matter):
        links.append(Link("people", 5, reverse("pairing:chair", args=[matter.pk]), _("Chair and secretary")))
    own = own_part(matter, shown)
    if own and matter.is_open:
        url = reverse("pairing:end-pairing", args=[own.pk])
        text = _("I can no longer lead") if shown.is_over else _("I cannot come after all")
        links.append(Link("people", 6, url, text))
    return links
