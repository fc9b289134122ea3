"""The way to the form that finds a matter. It changes nothing, and answers on its own page."""

from django.urls import reverse

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.desk.forms import FindForm


@way_to(FindForm)
def find(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("desk:finding")
    return Ready(factories.sit(cast.coordinator), page, {"words": "saarela"}, accepted=200, changes=False)
