"""Ways to the forms by which those who lead are found."""

from django.urls import reverse

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.pairing import forms


@way_to(forms.OfferForm)
def offer(cast: factories.Cast) -> Ready:
    cast.to("pairing")
    typed = {"consultant": str(cast.other_consultant.pk), "part": "lead"}
    return Ready(factories.sit(cast.coordinator), reverse("pairing:pair", args=[cast.matter.pk]), typed)


@way_to(forms.TwoForm)
def two(cast: factories.Cast) -> Ready:
    cast.to("pairing")
    typed = {"first": str(cast.lead.pk), "second": str(cast.other_consultant.pk)}
    page, to = (reverse(name, args=[cast.matter.pk]) for name in ("pairing:pair", "pairing:pair-two"))
    return Ready(factories.sit(cast.coordinator), page, typed, to=to)


@way_to(forms.ChairForm)
def chair(cast: factories.Cast) -> Ready:
    chaired = factories.Chaired(cast.region).to("pairing")
    chaired.add("professional", "Tiina", "", seat=chaired.lead)
    typed = {"seat": str(chaired.lead.pk), "part": "chair"}
    return Ready(factories.sit(chaired.coordinator), reverse("pairing:chair", args=[chaired.matter.pk]), typed)
