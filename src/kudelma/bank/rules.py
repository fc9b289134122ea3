"""May I see and keep the bank? The coordinator of the region; and every consultant tells of themselves."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.people.models import Role


@rule(_("Only the coordinator of the region sees the consultant bank."))
def keeps_bank(actor: Any, thing: Any) -> bool:
    # Of whose region is asked by `visible_to`: the bank of a neighbour is not refused, it is not found.
    return actor.role == Role.COORDINATOR


@rule(_("Only a network consultant has times of this kind."))
def is_consultant(actor: Any, thing: Any) -> bool:
    return actor.role == Role.CONSULTANT


RULES = {"bank.keep": keeps_bank, "bank.tell": is_consultant}
