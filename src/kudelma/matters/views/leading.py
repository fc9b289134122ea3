"""Who leads a matter, as its people are told; and for the coordinator what they have not been told yet."""

from typing import Any

from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, ToTell
from kudelma.people.models import Role, Seat


def leading(matter: Matter) -> list[dict[str, Any]]:
    """Who leads the conversation and who writes, by first name, as the people are told."""
    parts = {
        "lead": _("leads the conversation"),
        "writer": _("writes down what is said"),
        "chair": _("chairs the meeting"),
        "secretary": _("writes down what is agreed"),
    }
    accepted = matter.pairings.accepted().select_related("seat__account")  # type: ignore[attr-defined]
    found: dict[str, Seat] = {pairing.part: pairing.seat for pairing in accepted}
    return [
        {"seat": found[part].pk, "name": found[part].account.first_name, "part": parts[part]}  # type: ignore[union-attr]
        for part in parts
        if part in found
    ]


def changed_leading(matter: Matter, actor: Seat) -> list[ToTell]:
    """What the people have not been told yet: who leads instead of whom. For the coordinator, who tells them."""
    if actor.role != Role.COORDINATOR:
        return []
    return list(ToTell.objects.visible_to(actor).open().filter(matter=matter).for_page())
