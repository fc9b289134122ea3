"""May I, in a matter? Asked of a seat and a matter (or a pairing); the sentence says why not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.phrases import IS_CLOSED
from kudelma.core.rules import rule
from kudelma.matters import access
from kudelma.matters.models import Member
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
    """In whatever role: a worker or a coordinator may chair."""
    return actor.account_id is not None and access.leads(actor, matter)


@rule(IS_CLOSED)
def is_open(actor: Any, matter: Any) -> bool:
    return matter.is_open


@rule(_("This offer was made to somebody else."))
def was_asked(actor: Any, pairing: Any) -> bool:
    return pairing.seat_id == actor.pk


@rule(_("This has not been answered yet."))
def has_accepted(actor: Any, pairing: Any) -> bool:
    return pairing.is_accepted


@rule(IS_CLOSED)
def is_of_open(actor: Any, thing: Any) -> bool:
    return thing.matter.is_open


@rule(_("The order has not been accepted yet."))
def is_accepted(actor: Any, matter: Any) -> bool:
    return matter.method_id is not None


@rule(_("Two from outside lead this conversation."))
def is_chaired(actor: Any, matter: Any) -> bool:
    return matter.is_chaired


@rule(_("Once people have met, only those who lead the conversation let somebody in."))
def is_prepared(actor: Any, matter: Any) -> bool:
    return matter.is_before_meeting


@rule(_("Admission face to face is not in use in this region."))
def region_admits(actor: Any, matter: Any) -> bool:
    # Off until the region's controller has accepted it: where secrets are seen the law asks for strong identification,
    # or, for a weighty reason, for another way as safe (Act 306/2019).
    return matter.region.admits_face_to_face


@rule(_("Only whoever prepares the meeting with the people can do this."))
def is_named(actor: Any, matter: Any) -> bool:
    """The orderer who was named, or the pair when nobody but one of them was."""
    if access.IS_PREPARED_BY_PAIR.only(matter):
        return leads.refusal(actor, matter) is None
    # The name alone lasts no longer than those who lead: the query asks for the days and for the family's yes.
    return access.prepares(actor, matter)


@rule(_("Only those who come as professionals introduce themselves here."))
def comes_as_professional(actor: Any, matter: Any) -> bool:
    return actor.works and Member.objects.filter(matter=matter.pk, seat=actor.pk).with_permission().exists()


prepares = coordinates | is_named

ADDRESS_IS_PROTECTED = _("This address is protected. It is not written here: leave this empty.")
CALL_FIRST = _("Ring the number that was known before, and then tick this.")
KEPT_BY_CHILD = _("The child keeps this page to themselves. Only the child can change it.")

RULES = {
    "matters.begin": works | takes_orders,
    "matters.order": works,
    "matters.order_for_team": leads_a_team,
    "matters.write_down": takes_orders,
    "matters.reply": ordered & is_open,
    "matters.accept": coordinates & is_open,
    "matters.pair": coordinates & is_open & is_accepted,
    "matters.propose_chair": prepares & is_open & is_chaired,
    "matters.answer_offer": was_asked,
    "matters.end_pairing": (coordinates | (was_asked & has_accepted)) & is_of_open,
    "matters.tell": coordinates & is_of_open,
    # Until an order is accepted nobody is written down: no register would hold them yet, and on no ground.
    "matters.prepare": prepares & is_open & is_accepted,
    # In a closed matter too: those who led or prepared still read it for a fortnight.
    "matters.read_preparation": leads | prepares,
    "matters.name_preparer": coordinates & is_open,
    # What protects one person is for the coordinator alone: those who lead and the orderer sit with all the others.
    "matters.see_contacts": coordinates & is_open,
    "matters.see_safety": coordinates & is_open,
    "matters.judge": coordinates & is_open,
    # Whose own it is, the query says: a participant finds no row but theirs to change.
    "matters.tell_own": is_open,
    "matters.introduce": (leads | comes_as_professional) & is_open,
    # Only the coordinator knows how somebody is reached safely.
    "matters.send_link": coordinates & is_open,
    "matters.admit": (leads | (prepares & is_prepared)) & is_open & region_admits,
    # Not the coordinator alone: whoever has rewritten a name is not the one to confirm it.
    "matters.confirm_identity": (coordinates | leads) & is_open,
    "matters.close": coordinates & is_open,
}
