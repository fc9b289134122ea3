"""Ways to the forms of the circle."""

from django.urls import reverse

import factories
from doors import table
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.circle import forms


@way_to(forms.ThingForm)
def new_thing(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    typed = {"kind": "place", "name": "mummola", "note": "Siellä saa olla rauhassa."}
    return Ready(factories.sit(cast.lead), reverse("circle:new-thing", args=[cast.matter.pk]), typed)


@way_to(forms.NameForm)
def name_thing(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    table.drawn_thing(cast)
    page = reverse("circle:name", args=[cast.matter.pk, cast.thing.pk])
    typed = {"name": "illat", "note": "ruoka, läksyt, uni"}
    return Ready(factories.sit(cast.lead), page, typed, other={"name": "yöt", "note": "uni"})


@way_to(forms.PlaceForm)
def step_on_circle(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("circle:show", args=[cast.matter.pk])
    to = reverse("circle:place", args=[cast.matter.pk, cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, {"way": "farther"}, to=to)


@way_to(forms.TieForm)
def tie(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("circle:ties", args=[cast.matter.pk, cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, {"other": str(cast.close_one.pk)})
