"""Ways to the administrator's forms of places, and to those of contact persons."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.regions import forms as regions
from kudelma.regions.models import Sector


@way_to(regions.SettingsForm)
def settings(cast: factories.Cast) -> Ready:
    typed = {
        "help_phone": "+358401234567", "meeting_minutes": "120", "answer_days": "5", "offer_days": "4",
        "preparing_days": "30", "times_days": "8", "space_months": "6", "face_to_face": "on",
    }  # fmt: skip
    other = {"help_phone": "+358409999999", "answer_days": "9"}
    return Ready(factories.sit(cast.administrator), reverse("regions:settings"), typed, other=other)


NAMES = {"name_fi": "Perusopetuksen palvelut", "name_sv": "Grundutbildning", "name_en": "Basic education"}


@way_to(regions.NewPlaceForm)
def new_place(cast: factories.Cast) -> Ready:
    return Ready(factories.sit(cast.administrator), reverse("regions:new-place", args=["sector"]), dict(NAMES))


@way_to(regions.NewUnitForm)
def new_unit(cast: factories.Cast) -> Ready:
    typed = NAMES | {"sector": str(_sector(cast)), "municipality": "Esimerkki"}
    return Ready(factories.sit(cast.administrator), reverse("regions:new-place", args=["unit"]), typed)


@way_to(regions.PlaceForm)
def place(cast: factories.Cast) -> Ready:
    page = reverse("regions:place", args=["controller", cast.controller.pk])
    return Ready(factories.sit(cast.administrator), page, dict(NAMES), other={"name_fi": "Toinen nimi"})


@way_to(regions.UnitForm)
def unit(cast: factories.Cast) -> Ready:
    page = reverse("regions:place", args=["unit", cast.outsider.unit_id])
    typed = NAMES | {"sector": str(_sector(cast)), "municipality": "Esimerkki"}
    return Ready(factories.sit(cast.administrator), page, typed, other={"name_fi": "Toinen nimi"})


CONTACT = {
    "name": "Maija Kallio", "title": "verkostokoordinaattori", "phone": "+358401234567",
    "address": "maija@example.org", "about_fi": "Soita, jos et tiedä, mistä aloittaa.", "about_sv": "Ring oss.",
    "about_en": "Call us.", "position": "3",
}  # fmt: skip


def _in_three_months() -> str:
    return (timezone.localdate() + timedelta(days=90)).isoformat()


@way_to(regions.NewContactForm)
def new_contact_person(cast: factories.Cast) -> Ready:
    typed = CONTACT | {"unit": str(cast.outsider.unit_id), "review_on": _in_three_months()}
    return Ready(factories.sit(cast.coordinator), reverse("regions:new-contact"), typed)


@way_to(regions.ContactForm)
def contact_person(cast: factories.Cast) -> Ready:
    page = reverse("regions:contact", args=[factories.contact(cast.region).pk])
    typed = CONTACT | {"unit": str(cast.outsider.unit_id), "review_on": _in_three_months()}
    other = {"name": "Toinen Nimi", "about_fi": "Soita myös illalla."}
    return Ready(factories.sit(cast.administrator), page, typed, other=other)


def _sector(cast: factories.Cast) -> Any:
    return Sector.objects.filter(region=cast.region).first().pk
