"""May I see a list? Those who take part in matters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.people.models import Role


@rule(_("Your seat takes part in no matters."))
def takes_part(actor: Any, thing: Any) -> bool:
    return actor.role in {Role.WORKER, Role.CONSULTANT, Role.COORDINATOR}


RULES = {"desk.list_matters": takes_part}
