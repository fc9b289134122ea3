"""May I, in a matter? Asked of a seat and a matter (or a pairing); the sentence says why not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.phrases import IS_CLOSED
from kudelma.core.rules import rule
from kudelma.matters.models import Pairing, Step
from kudelma.people.models import Role


@rule(_("Only somebody who works in a unit can order a meeting here."))
def works(actor: Any, thing: Any) -> bool:
    return actor.role == Role.WORKER


@rule(_("Only somebody who leads a team can order a meeting for it."))
def leads_a_team(actor: Any, thing: Any) -> bool:
    return actor.role == Role.WORKER and actor.leads


@rule(_("Only a coordinator writes down what others have told."))
def takes_orders(actor: Any, thing: Any) -> bool:
    return actor.role == Role.COORDINATOR


@rule(_("Only the one who ordered can answer this."))
def ordered(actor: Any, matter: Any) -> bool:
    return matter.order.by_id == actor.pk


@rule(_("Only the coordinator of the region can do this."))
def coordinates(actor: Any, matter: Any) -> bool:
    return actor.role == Role.COORDINATOR and matter.region_id == actor.region_id


@rule(_("Only those who lead the conversation can do this."))
def leads(actor: Any, matter: Any) -> bool:
    return actor.role == Role.CONSULTANT and Pairing.objects.accepted().filter(matter=matter.pk, seat=actor.pk).exists()


@rule(IS_CLOSED)
def is_open(actor: Any, matter: Any) -> bool:
    return matter.is_open


@rule(_("This offer was made to somebody else."))
def was_asked(actor: Any, pairing: Any) -> bool:
    return pairing.seat_id == actor.pk


@rule(_("Once people have met, only those who lead the conversation let somebody in."))
def is_prepared(actor: Any, matter: Any) -> bool:
    return matter.step in (Step.PREPARING, Step.TIMING, Step.INVITING, Step.INVITED)


@rule(_("Admission face to face is not in use in this region."))
def region_admits(actor: Any, matter: Any) -> bool:
    return matter.region.admits_face_to_face


prepares = coordinates | leads

RULES = {
    "matters.begin": works | takes_orders,
    "matters.order": works,
    "matters.order_for_team": leads_a_team,
    "matters.write_down": takes_orders,
    "matters.reply": ordered & is_open,
    "matters.accept": coordinates & is_open,
    "matters.pair": coordinates & is_open,
    "matters.answer_offer": was_asked,
    "matters.prepare": prepares & is_open,
    "matters.see_contacts": coordinates,
    "matters.send_link": coordinates & is_open,
    "matters.admit": (leads | (coordinates & is_prepared)) & is_open & region_admits,
    "matters.confirm_identity": prepares & is_open,
    "matters.close": coordinates & is_open,
}
