"""Ways to the forms of a matter."""

from uuid import uuid4

from django.urls import reverse

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.matters import forms as matters
from kudelma.matters.actions import orders, people
from kudelma.methods.models import Method
from kudelma.people import forms as seats


@way_to(matters.OrderForm)
def order(cast: factories.Cast) -> Ready:
    typed = factories.ORDER | {"access": "Portaaton pääsy."}
    return Ready(factories.sit(cast.orderer), reverse("matters:order"), typed)


@way_to(matters.ConsultationForm)
def consultation(cast: factories.Cast) -> Ready:
    typed = {"worry": "En tiedä, miten aloitan.", "wish": "Toivon neuvoa.", "windows": "aamulla"}
    return Ready(factories.sit(cast.orderer), reverse("matters:consultation", args=["told"]), typed)


@way_to(matters.AcceptanceForm)
def acceptance(cast: factories.Cast) -> Ready:
    cast.to("ordered")
    method = Method.objects.get(slug="ennakointidialogi")
    typed = {"method": str(method.pk), "controller": str(cast.controller.pk), "ground": "lsl31"}
    return Ready(factories.sit(cast.coordinator), reverse("matters:accept", args=[cast.matter.pk]), typed)


@way_to(matters.ConsultationAnswerForm)
def consultation_answer(cast: factories.Cast) -> Ready:
    values = {"worry": "En tiedä, miten aloitan.", "windows": "aamulla"}
    asked = orders.ask_consultation(key=uuid4(), told="told", values=values, by=cast.orderer, at=cast.at())
    page = reverse("matters:answer-consultation", args=[asked.pk])
    return Ready(factories.sit(cast.coordinator), page, {"text": "Sovittiin, että otat asian puheeksi."})


@way_to(matters.OfferForm)
def offer(cast: factories.Cast) -> Ready:
    cast.to("pairing")
    typed = {"consultant": str(cast.other_consultant.pk), "part": "lead"}
    return Ready(factories.sit(cast.coordinator), reverse("matters:pair", args=[cast.matter.pk]), typed)


@way_to(matters.TopicForm)
def topic(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("matters:topic", args=[cast.matter.pk])
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


@way_to(matters.PersonForm)
def person(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("matters:person", args=[cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, dict(PERSON), other=OTHER_PERSON)


@way_to(matters.ContactForm)
def contact(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("matters:contact", args=[cast.mother.pk])
    other = {"contact_note": "Aamuisin.", "address": "toinen@example.org", "phone": "+358409999999"}
    return Ready(factories.sit(cast.coordinator), page, dict(CONTACT), other=other)


@way_to(matters.NewPersonForm)
def new_person(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    return Ready(factories.sit(cast.lead), reverse("matters:new-person", args=[cast.matter.pk, "own"]), dict(PERSON))


@way_to(matters.NewProfessionalForm)
def new_professional(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    typed = {"seat": str(cast.outsider.pk), "why": "Tuntee koulun."}
    return Ready(factories.sit(cast.lead), reverse("matters:new-professional", args=[cast.matter.pk]), typed)


@way_to(matters.PermissionForm)
def permission(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    aunt = people.add_member(
        cast.fresh(), key=uuid4(), values={"side": "close", "name": "Tuula"}, by=cast.lead, at=cast.at()
    )
    page, to = (
        reverse("matters:people", args=[cast.matter.pk]),
        reverse("matters:permission", args=[aunt.pk]),
    )
    return Ready(factories.sit(cast.lead), page, {"how": "phone"}, to=to)


@way_to(seats.AdmitForm)
def admission(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("matters:admit", args=[cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, {"reason": "document"}, accepted=200)
