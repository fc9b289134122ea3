"""May I, in a matter? Asked of a seat and a matter (or a pairing); the sentence says why not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.phrases import IS_CLOSED
from kudelma.core.rules import rule
from kudelma.matters import access
from kudelma.people.models import Role


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


@rule(_("The order has not been accepted yet."))
def is_accepted(actor: Any, matter: Any) -> bool:
    return matter.method_id is not None


@rule(_("Only whoever prepares the meeting with the people can do this."))
def is_named(actor: Any, matter: Any) -> bool:
    """The orderer who was named, or the pair when nobody but one of them was."""
    if access.IS_PREPARED_BY_PAIR.only(matter):
        return leads.refusal(actor, matter) is None
    # The name alone lasts no longer than those who lead: the query asks for the days and for the family's yes.
    return access.prepares(actor, matter)


prepares = coordinates | is_named

RULES = {
    # Until an order is accepted nobody is written down: no register would hold them yet, and on no ground.
    "matters.prepare": prepares & is_open & is_accepted,
    "matters.close": coordinates & is_open,
}
