"""Who prepares a matter with its people, as the next step tells it."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step
from kudelma.matters.page import NextStep, Rank, Shown, next_step_of
from kudelma.matters.waiting import WAITS_FOR
from kudelma.pairing.steps import leads
from kudelma.people.models import Role
from kudelma.preparation.models import Preparation


def present_preparations(shown: Shown) -> dict[UUID, Preparation]:
    """{matter: who prepares it}, of those that are being prepared now; each knows its matter."""
    if shown.is_page:
        return {matter.pk: matter.preparation for matter in shown.matters if hasattr(matter, "preparation")}
    preparing = {matter.pk: matter for matter in shown.matters if matter.step == Step.PREPARING}
    if not preparing:
        return {}
    rows = Preparation.objects.visible_in(list(preparing.values()), shown.actor).for_list()
    preparations = {preparation.matter_id: preparation for preparation in rows}
    for pk, preparation in preparations.items():
        preparation.matter = preparing[pk]
    return preparations


@next_step_of(Rank.OWN, Step.PREPARING)
def prepare_as_named(matter: Matter, shown: Shown) -> NextStep | None:
    """The orderer was named, with the family's yes."""
    if shown.actor.role != Role.WORKER:
        return None
    preparation = shown.read(present_preparations).get(matter.pk)
    is_named = preparation is not None and preparation.family_agreed and preparation.by_id == shown.actor.pk
    return _prepare(matter) if is_named else None


@next_step_of(Rank.LEADING, Step.PREPARING)
def prepare_as_pair(matter: Matter, shown: Shown) -> NextStep | None:
    if shown.coordinates or not leads(matter, shown):
        return None
    preparation = shown.read(present_preparations).get(matter.pk)
    if preparation is None or preparation.is_by_pair:
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
