"""May I, of an order? The sentence says why not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.matters.rules import coordinates, is_open
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


RULES = {
    "orders.begin": works | takes_orders,
    "orders.order": works,
    "orders.order_for_team": leads_a_team,
    "orders.write_down": takes_orders,
    "orders.reply": ordered & is_open,
    "orders.accept": coordinates & is_open,
}
