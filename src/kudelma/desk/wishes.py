"""What a person of a matter waits for, whatever its step: a call, or to be recognised. Never who it is."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db.models import Value

from kudelma.matters.models import Matter, Step
from kudelma.meetings.models import Answer
from kudelma.people.models import Role, Seat
from kudelma.trust.models import Pin


class Wish(StrEnum):
    CALL = "call"
    IDENTITY = "identity"


def wishes_in(matters: Iterable[Matter], actor: Seat) -> dict[UUID, Wish]:
    """{matter: what somebody in it waits for}, for the coordinator, who answers. A call comes first."""
    if actor.role != Role.COORDINATOR:
        return {}
    opened = [matter for matter in matters if matter.is_open]
    timing = [matter.pk for matter in opened if matter.step == Step.TIMING]
    held = Pin.objects.held().filter(space__in=[matter.pk for matter in opened])
    calls = Answer.objects.visible_to(actor).wishing_a_call().filter(matter__in=timing)
    waited_for = held.annotate(wish=Value(Wish.IDENTITY)).values_list("space", "wish").order_by()
    # Each without an order of its own: inside a union SQLite takes none.
    waited_for = waited_for.union(calls.annotate(wish=Value(Wish.CALL)).values_list("matter", "wish").order_by())
    wishes: dict[UUID, Wish] = {}
    for matter, wish in waited_for:
        if wishes.get(matter) != Wish.CALL:
            wishes[matter] = Wish(wish)
    return wishes
