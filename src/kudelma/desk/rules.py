"""May I see a list, and may I look for a matter by a name?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.people.models import Role


@rule(_("Your seat takes part in no matters."))
def takes_part(actor: Any, thing: Any) -> bool:
    return actor.role in {Role.WORKER, Role.CONSULTANT, Role.COORDINATOR}


@rule(_("Only the coordinator of the region can do this."))
def finds(actor: Any, thing: Any) -> bool:
    return actor.role == Role.COORDINATOR


RULES = {"desk.list_matters": takes_part, "desk.find": finds}
