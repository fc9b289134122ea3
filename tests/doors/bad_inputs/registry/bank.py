"""Ways to the forms of the consultant bank."""

from django.urls import reverse

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.bank.forms import ConsultantForm


@way_to(ConsultantForm)
def consultant(cast: factories.Cast) -> Ready:
    page = reverse("bank:consultant", args=[cast.lead.pk])
    typed = {"trained_on": "2024-05-20", "speaks_fi": "on", "speaks_sv": "on"}
    return Ready(factories.sit(cast.coordinator), page, typed, other={"trained_on": "2023-01-10"})
