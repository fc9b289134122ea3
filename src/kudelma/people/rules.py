"""May I keep seats? Only the administrator of the region; and nobody ends the seat they sit on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.people.models import Role


@rule(_("Only the administrator of the region can do this."))
def is_administrator(actor: Any, thing: Any) -> bool:
    return actor.role == Role.ADMINISTRATOR


@rule(_("This belongs to another region."))
def is_in_region(actor: Any, thing: Any) -> bool:
    return thing is None or thing.region_id == actor.region_id


@rule(_("This is the seat you sit on. Somebody else must end it."))
def is_not_own(actor: Any, seat: Any) -> bool:
    return seat.pk != actor.pk


RULES = {
    "people.keep_seats": is_administrator & is_in_region,
    "people.end_seat": is_administrator & is_in_region & is_not_own,
}
