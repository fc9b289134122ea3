"""May I set up the region? Its administrator only; reading the settings is part of the same work."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule


@rule(_("Only the administrator of the region can do this."))
def administers(actor: Any, region: Any) -> bool:
    return actor.role == "administrator" and (region is None or region.pk == actor.region_id)


RULES = {"regions.set_up": administers}
