"""What waits for an answer, for one seat. The rooms know what that is; how a line looks stands in `lines`."""

from typing import Any

from kudelma.desk.coordinators import desk_of
from kudelma.desk.lines import lines
from kudelma.matters.models import Matter
from kudelma.matters.waiting import waiting_for as matters_for
from kudelma.people.models import Role, Seat
from kudelma.people.today import WAITS


def waiting_for(actor: Seat) -> dict[str, Any]:
    """What waits for this seat, as on its first page; for whoever is no coordinator, in one group."""
    if actor.role == Role.COORDINATOR:
        return desk_of(actor)
    matters = Matter.objects.visible_to(actor).open().filter(matters_for(actor)).for_list()
    waiting = [line for waits in WAITS for line in waits(actor)] + lines(list(matters), actor, "desk:today")
    groups = {"long": [], "new": [], "now": waiting, "others": []}
    return {"groups": groups, "n_waiting": len(waiting), "n_others": 0, "more": False}
