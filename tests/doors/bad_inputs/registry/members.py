"""Ways to the forms about the people of a matter."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.members.actions import people
from kudelma.members.forms import agreements, own
from kudelma.members.forms import people as people_forms
from kudelma.members.inputs.people import PersonSaid
from kudelma.people import forms as seats

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

NEEDS = {
    "interpreter": "arabia", "support": "Sisko Maija", "ride": "Kyyti takaisin.", "childcare": "Pienelle veljelle.",
    "access": "Hissi.", "needs": "Tauko.",
}  # fmt: skip

SAFETY = {"freely": "En oikein.", "apart": "Mikon kanssa.", "safer": "Oven vieressä.\nTauko."}


@way_to(people_forms.TopicForm)
def topic(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:topic", args=[cast.matter.pk])
    typed = {"topic": "Aamut ja koulutie.\nMyös viikonloput.", "called": "Aino ja pojat"}
    return Ready(factories.sit(cast.lead), page, typed, other={"topic": "Illat", "called": "Elias"})


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


@way_to(own.NeedsForm)
def needs(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:needs", args=[cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, dict(NEEDS), other={"interpreter": "somali", "access": "Valoa."})


@way_to(own.NeedsForm)
def own_needs(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:own-needs")
    return Ready(factories.sit(cast.mother.seat, 1), page, dict(NEEDS), other={"interpreter": "somali"})


@way_to(own.SafetyForm)
def own_safety_told(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    return Ready(factories.sit(cast.mother.seat, 1), reverse("members:own-safety"), dict(SAFETY))


@way_to(own.ChangeSafetyForm)
def own_safety(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:own-safety")
    return Ready(factories.sit(cast.mother.seat, 2), page, dict(SAFETY), other={"apart": "Ei ketään."})


@way_to(own.ChangeSafetyForm)
def safety(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("members:safety", args=[cast.mother.pk])
    return Ready(factories.sit(cast.coordinator), page, dict(SAFETY), other={"safer": "Puhelimitse."})


@way_to(agreements.ConsentForm)
def consent(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    today = timezone.localdate()
    typed = {
        "kind": "permit", "what_for": "Koulunkäynti.\nPoissaolot.", "to_whom": "Koululle", "how": "paper",
        "given_on": today.isoformat(), "until": (today + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    return Ready(factories.sit(cast.lead), reverse("members:new-consent", args=[cast.mother.pk]), typed)


@way_to(agreements.JudgementForm)
def judgement(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    typed = {
        "kind": "own_say", "judged_by": "Liisa Laki, sosiaalityöntekijä", "why": "Lapsi ymmärtää asian.",
        "opens_time": "on", "opens_theme": "on", "opens_people": "on", "opens_plan": "on",
    }  # fmt: skip
    return Ready(factories.sit(cast.coordinator), reverse("members:judgement", args=[cast.child.pk]), typed)
