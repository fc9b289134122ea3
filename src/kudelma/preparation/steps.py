"""Who prepares a matter with its people, as the next step tells it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step
from kudelma.matters.page import NextStep, Rank, Shown, next_step_of
from kudelma.matters.waiting import WAITS_FOR
from kudelma.pairing.steps import leads
from kudelma.people.models import Role
from kudelma.preparation.access import is_by_pair


@next_step_of(Rank.OWN, Step.PREPARING)
def prepare_as_named(matter: Matter, shown: Shown) -> NextStep | None:
    """The orderer was named, with the family's yes."""
    preparation = getattr(matter, "preparation", None)
    is_named = preparation is not None and preparation.family_agreed and preparation.by_id == shown.actor.pk
    return _prepare(matter) if is_named else None


@next_step_of(Rank.LEADING, Step.PREPARING)
def prepare_as_pair(matter: Matter, shown: Shown) -> NextStep | None:
    if shown.coordinates or not leads(matter, shown):
        return None
    if is_by_pair(matter):
        return _prepare(matter)
    return NextStep(_("The meeting is being prepared"), _("Somebody else prepares it with the people."))


@next_step_of(Rank.COORDINATING, Step.PREPARING)
def prepare_as_coordinator(matter: Matter, shown: Shown) -> NextStep:
    return _prepare(matter)


@next_step_of(Rank.STANDING, Step.PREPARING)
def be_prepared(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The meeting is being prepared with the people"))


@WAITS_FOR
def for_named(actor: Any) -> Q | None:
    if actor.role != Role.WORKER:
        return None
    return Q(step=Step.PREPARING, preparation__by=actor.pk, preparation__family_agreed=True)


def _prepare(matter: Matter) -> NextStep:
    return NextStep(
        _("The meeting is being prepared"),
        _("Together with the people: why, whom to invite, and what helps them to take part."),
        reverse("preparation:show", args=[matter.pk]),
        _("To the preparation"),
    )
