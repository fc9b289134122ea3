"""What a person of a matter waits for, whatever its step: a call, or to be recognised. Never who it is."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

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
    held = Pin.objects.held().filter(matter__in=[matter.pk for matter in opened]).values_list("matter", flat=True)
    found = dict.fromkeys(held, Wish.IDENTITY)
    if timing:
        calls = Answer.objects.visible_to(actor).wishing_a_call().filter(matter__in=timing)
        found |= dict.fromkeys(calls.values_list("matter", flat=True), Wish.CALL)
    return found
