"""May I set up the region, or keep its contact persons? Reading is part of the same work."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule


@rule(_("Only the administrator of the region can do this."))
def administers(actor: Any, region: Any) -> bool:
    # None: the page is asked for, before any row of it.
    return actor.role == "administrator" and (region is None or region.pk == actor.region_id)


@rule(_("Only the coordinators and the administrator of the region can do this."))
def keeps_contacts(actor: Any, contact: Any) -> bool:
    may = actor.role in {"coordinator", "administrator"}
    return may and (contact is None or contact.region_id == actor.region_id)


RULES = {"regions.set_up": administers, "regions.keep_contacts": keeps_contacts}
