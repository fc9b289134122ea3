"""The last step of a matter, which belongs to no room below, and what waits for the coordinator at any step."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.matters.page import NextStep, Rank, Shown, next_step_of
from kudelma.matters.waiting import WAITS_FOR
from kudelma.people.models import Role


@next_step_of(Rank.COORDINATING, Step.FOLLOWING)
def close(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(
        _("The meeting has been held"),
        _("When nothing is open any more, the matter can be closed."),
        reverse("matters:closing", args=[matter.pk]),
        _("Close the matter"),
    )


@next_step_of(Rank.STANDING, Step.FOLLOWING)
def held(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The meeting has been held"))  # without a plan too: it was a complete meeting


@next_step_of(Rank.STANDING, Step.CLOSED)
def closed(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The matter is closed"))


@WAITS_FOR
def for_coordinator(actor: Any) -> Q | None:
    if actor.role != Role.COORDINATOR:
        return None
    rests = Q(step=Step.FOLLOWING, due_on__gte=timezone.localdate())  # a meeting that has been held, until it is due
    return Q(waits_for=WaitsFor.COORDINATOR) & ~rests
