"""Ways to the forms of the consultant bank."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.bank.forms import ConsultantForm, FreeForm, RestForm


@way_to(ConsultantForm)
def consultant(cast: factories.Cast) -> Ready:
    page = reverse("bank:consultant", args=[cast.lead.pk])
    typed = {"trained_on": "2024-05-20", "speaks_fi": "on", "speaks_sv": "on"}
    return Ready(factories.sit(cast.coordinator), page, typed, other={"trained_on": "2023-01-10"})


@way_to(FreeForm)
def free_time(cast: factories.Cast) -> Ready:
    day = timezone.localdate() + timedelta(days=9)
    return Ready(
        factories.sit(cast.lead), reverse("bank:own"), {"day": day.isoformat(), "start": "09:00", "end": "12:00"}
    )


@way_to(RestForm)
def rest(cast: factories.Cast) -> Ready:
    typed = {"most_at_once": "2", "rests_until": (timezone.localdate() + timedelta(days=30)).isoformat()}
    return Ready(factories.sit(cast.lead), reverse("bank:rest"), typed, other={"most_at_once": "4"})
