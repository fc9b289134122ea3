"""May I, in what is prepared? The sentence says why not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.matters.rules import coordinates, is_open, leads, prepares
from kudelma.members.models import Member


@rule(_("Only those who come as professionals introduce themselves here."))
def comes_as_professional(actor: Any, matter: Any) -> bool:
    return actor.works and Member.objects.filter(matter=matter.pk, seat=actor.pk).with_permission().exists()


KEPT_BY_CHILD = _("The child keeps this page to themselves. Only the child can change it.")

RULES = {
    # In a closed matter too: those who led or prepared still read it for a fortnight.
    "preparation.read": prepares | leads,
    "preparation.name_preparer": coordinates & is_open,
    "preparation.introduce": (leads | comes_as_professional) & is_open,
}
