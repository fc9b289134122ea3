"""Who leads a matter, as its people are told; and for the coordinator what they have not been told yet."""

from typing import Any

from django.utils.translation import gettext as _

from kudelma.matters.access import is_over
from kudelma.matters.models import Matter
from kudelma.members.models import Member
from kudelma.pairing.models import LeadAssignment, LeadChangeNotice
from kudelma.people.models import Role, Seat


def leaders(matter: Matter) -> list[LeadAssignment]:
    """Those who lead now, each with what the people have been told of it, in 1 query."""
    accepted = matter.pairings.accepted()  # type: ignore[attr-defined]
    return list(accepted.select_related("seat__account", "lead_change_notice__instead_of__seat__account"))


def leading(matter: Matter) -> list[dict[str, Any]]:
    """Who leads the conversation and who writes, by first name, as the people are told."""
    return leader_rows(leaders(matter), is_over=is_over(matter), is_open=matter.is_open)


def leader_rows(pairings: list[LeadAssignment], *, is_over: bool, is_open: bool) -> list[dict[str, Any]]:
    """The same of those who are loaded. is_over: people have met. Of a matter that ended before that nobody led."""
    if not (is_over or is_open):
        return []
    parts = _did() if is_over else _does()
    by_part: dict[str, Seat] = {pairing.part: pairing.seat for pairing in pairings}
    return [
        {"seat": by_part[part].pk, "name": by_part[part].account.first_name, "part": parts[part]}  # type: ignore[union-attr]
        for part in parts
        if part in by_part
    ]


def _does() -> dict[str, str]:
    return {
        "lead": _("leads the conversation"),
        "writer": _("writes down what is said"),
        "chair": _("chairs the meeting"),
        "secretary": _("writes down what is agreed"),
    }


def _did() -> dict[str, str]:
    return {
        "lead": _("led the conversation"),
        "writer": _("wrote down what was said"),
        "chair": _("chaired the meeting"),
        "secretary": _("wrote down what was agreed"),
    }


def untold_changes(matter: Matter, pairings: list[LeadAssignment], actor: Seat) -> list[LeadChangeNotice]:
    """What the people have not been told yet: who leads instead of whom. For the coordinator, who tells them."""
    if actor.role != Role.COORDINATOR or not matter.is_open:
        return []
    changes = [pairing.lead_change_notice for pairing in pairings if hasattr(pairing, "lead_change_notice")]
    return [change for change in changes if change.told_at is None]


def named_to(actor: Any) -> Any:
    """The people of matters where the actor has been asked, has not answered, and has opened the names."""
    asked = LeadAssignment.objects.with_names_opened_by(actor)
    return Member.objects.filter(matter__in=asked.values("matter"))
