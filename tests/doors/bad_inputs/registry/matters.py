"""Ways to the forms of a matter."""

from uuid import uuid4

from django.urls import reverse

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.members.actions import people
from kudelma.members.forms import people as people_forms
from kudelma.members.inputs.people import PersonSaid
from kudelma.methods.models import Method
from kudelma.orders import forms as orders_forms
from kudelma.pairing import forms as pairing_forms
from kudelma.people import forms as seats


@way_to(orders_forms.AcceptanceForm)
def acceptance(cast: factories.Cast) -> Ready:
    cast.to("ordered")
    method = Method.objects.get(slug="ennakointidialogi")
    typed = {"method": str(method.pk), "controller": str(cast.controller.pk), "ground": "lsl31"}
    return Ready(factories.sit(cast.coordinator), reverse("orders:accept", args=[cast.matter.pk]), typed)


@way_to(pairing_forms.OfferForm)
def offer(cast: factories.Cast) -> Ready:
    cast.to("pairing")
    typed = {"consultant": str(cast.other_consultant.pk), "part": "lead"}
    return Ready(factories.sit(cast.coordinator), reverse("pairing:pair", args=[cast.matter.pk]), typed)


@way_to(pairing_forms.TwoForm)
def two(cast: factories.Cast) -> Ready:
    cast.to("pairing")
    typed = {"first": str(cast.lead.pk), "second": str(cast.other_consultant.pk)}
    page, to = (reverse(name, args=[cast.matter.pk]) for name in ("pairing:pair", "pairing:pair-two"))
    return Ready(factories.sit(cast.coordinator), page, typed, to=to)


@way_to(pairing_forms.ChairForm)
def chair(cast: factories.Cast) -> Ready:
    chaired = factories.Chaired(cast.region).to("pairing")
    chaired.add("professional", "Tiina", "", seat=chaired.lead)
    typed = {"seat": str(chaired.lead.pk), "part": "chair"}
    return Ready(factories.sit(chaired.coordinator), reverse("pairing:chair", args=[chaired.matter.pk]), typed)


@way_to(people_forms.TopicForm)
def topic(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:topic", args=[cast.matter.pk])
    typed = {"topic": "Aamut ja koulutie.\nMyös viikonloput.", "called": "Aino ja pojat"}
    return Ready(factories.sit(cast.lead), page, typed, other={"topic": "Illat", "called": "Elias"})


PERSON = {
    "name": "Tuula",
    "surname": "Virtanen",
    "relation": "naapuri",
    "why": "Auttaa aamuisin.",
    "language": "sv",
}
CONTACT = {
    "contact_way": "phone", "contact_note": "Iltaisin.", "address": "tuula@example.org",
    "second_address": "tuula2@example.org", "phone": "+358401234567", "postal": "Kotikatu 1\n53100 Esimerkkilä",
    "has_called": "on",
}  # fmt: skip
OTHER_PERSON = {"name": "Ainu", "relation": "vaari", "why": "Tuntee tien."}


@way_to(people_forms.PersonForm)
def person(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:person", args=[cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, dict(PERSON), other=OTHER_PERSON)


@way_to(people_forms.ContactForm)
def contact(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:contact", args=[cast.mother.pk])
    other = {"contact_note": "Aamuisin.", "address": "toinen@example.org", "phone": "+358409999999"}
    return Ready(factories.sit(cast.coordinator), page, dict(CONTACT), other=other)


@way_to(people_forms.NewPersonForm)
def new_person(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    return Ready(factories.sit(cast.lead), reverse("members:new-person", args=[cast.matter.pk, "own"]), dict(PERSON))


@way_to(people_forms.NewProfessionalForm)
def new_professional(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    typed = {"seat": str(cast.outsider.pk), "why": "Tuntee koulun."}
    return Ready(factories.sit(cast.lead), reverse("members:new-professional", args=[cast.matter.pk]), typed)


@way_to(people_forms.PermissionForm)
def permission(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    aunt = people.add_member(
        cast.fresh(), idempotency_key=uuid4(), side="close", values=PersonSaid("Tuula"), by=cast.lead, at=cast.at()
    )
    page, to = (
        reverse("members:people", args=[cast.matter.pk]),
        reverse("members:permission", args=[aunt.pk]),
    )
    return Ready(factories.sit(cast.lead), page, {"how": "phone"}, to=to)


@way_to(seats.AdmitForm)
def admission(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:admit", args=[cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, {"reason": "document"}, accepted=200)
