"""May I see a list? Those who take part in matters; the bank is for the coordinator."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.people.models import Role


@rule(_("Your seat takes part in no matters."))
def takes_part(actor: Any, thing: Any) -> bool:
    return actor.role in {Role.WORKER, Role.CONSULTANT, Role.COORDINATOR}


@rule(_("Only the coordinator of the region sees the consultant bank."))
def is_coordinator(actor: Any, thing: Any) -> bool:
    return actor.role == Role.COORDINATOR


RULES = {"desk.list_matters": takes_part, "desk.see_bank": is_coordinator}
