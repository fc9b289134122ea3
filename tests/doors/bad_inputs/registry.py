"""Every form of the product, reached by its real address as a seat that may send it, with what a person types.

A function for each: it walks the matter as far as the form needs, and tells how the form is reached.
Two places of one form (a row that is new, a row that is there) are two functions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.page import controls, read, send
from journeys.hands import totp
from kudelma.bank.forms import ConsultantForm
from kudelma.core.forms import ChangeForm, Form, NewForm, Text
from kudelma.core.gallery import SampleChangeForm, SampleForm
from kudelma.feedback.forms import FeedbackForm
from kudelma.matters import forms as matters
from kudelma.matters.actions import orders, people
from kudelma.meetings import forms as meetings
from kudelma.meetings.actions import board
from kudelma.meetings.models import Meeting
from kudelma.methods.models import Method
from kudelma.people import forms as seats
from kudelma.people.actions import links
from kudelma.people.models import PersonalLink
from kudelma.people.sign_in import factor_secret
from kudelma.people.writers import password_link
from kudelma.plans.forms import OnwardsForm, RowForm
from kudelma.regions import forms as regions
from kudelma.regions.models import Sector

BASES = {Form, NewForm, ChangeForm, matters.ContactFields, seats.WorkFields, regions.NamesForm, regions.SectorOfUnit}
"""What other forms are made of; no page shows one of these alone."""
SAMPLES = {SampleForm, SampleChangeForm}
"""Shown in the gallery, sent nowhere."""


@dataclass
class Ready:
    """client: on a seat that may. page: where the form stands. typed: what a person types, all of it right.

    to: where it is sent, when not to its page. other: what somebody else types, of a form that changes what
    stands. accepted: the answer to what is right. is_public: nobody needs to be in.
    form: what stood on the page when it was filled in; None where the page has only buttons.
    """

    client: Client
    page: str
    typed: dict[str, Any]
    to: str = ""
    other: dict[str, Any] = field(default_factory=dict)
    accepted: int = 302
    is_public: bool = False

    def __post_init__(self) -> None:
        self.to = self.to or self.page

    def filled(self) -> dict[str, Any]:
        """The form as it stands on its page, filled in by a person."""
        shown = self.client.get(self.page, secure=True)
        assert shown.status_code == 200, self.page
        self.form = shown.context.get("form")
        return {name: values for name, values in controls(read(shown), self.typed).items() if values} | self.typed

    def send(self, data: dict[str, Any]) -> Any:
        return send(self.client, self.to, data)

    @property
    def words(self) -> dict[str, Any]:
        """What of the typed is free text, secrets apart: it may never disappear."""
        fields = self.form.fields if self.form else {}
        return {
            name: self.typed[name] for name, kind in fields.items() if isinstance(kind, Text) and name in self.typed
        }


Way = Callable[[factories.Cast], Ready]
WAYS: dict[str, tuple[type[BaseForm], Way]] = {}


def way_to(form: type[BaseForm]) -> Callable[[Way], Way]:
    def keep(way: Way) -> Way:
        WAYS[way.__name__] = (form, way)
        return way

    return keep


def name_of(kind: type[BaseForm]) -> str:
    return f"{kind.__module__}.{kind.__name__}"


def subclasses(of: type) -> set[type]:
    return {found for child in of.__subclasses__() for found in {child} | subclasses(child)}


# ---------------------------------------------------------------- matters


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
    "needs": "Kyyti.",
}
CONTACT = {"address": "tuula@example.org", "second_address": "tuula2@example.org", "phone": "+358401234567"}
OTHER_PERSON = {"name": "Ainu", "relation": "vaari", "why": "Tuntee tien.", "needs": "Tulkki."}


@way_to(matters.PersonForm)
def person(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("matters:person", args=[cast.mother.pk])
    return Ready(factories.sit(cast.lead), page, dict(PERSON), other=OTHER_PERSON)


@way_to(matters.PersonWithContactForm)
def person_with_contact(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("matters:person", args=[cast.mother.pk])
    other = OTHER_PERSON | {"address": "toinen@example.org", "phone": "+358409999999"}
    return Ready(factories.sit(cast.coordinator), page, PERSON | CONTACT, other=other)


@way_to(matters.NewPersonForm)
def new_person(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    return Ready(factories.sit(cast.lead), reverse("matters:new-person", args=[cast.matter.pk, "own"]), dict(PERSON))


@way_to(matters.NewPersonWithContactForm)
def new_person_with_contact(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("matters:new-person", args=[cast.matter.pk, "close"])
    return Ready(factories.sit(cast.coordinator), page, PERSON | CONTACT)


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


# ---------------------------------------------------------------- meetings


@way_to(meetings.TimesForm)
def times(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    days = [timezone.localdate() + timedelta(days=8 + n) for n in range(meetings.N_TIMES)]
    typed = {"minutes": "150", "place": "Kirjaston ryhmähuone", "place_shown": "on"}
    for number, day in enumerate(days, start=1):
        typed |= {f"day{number}": day.isoformat(), f"clock{number}": "14:00"}
    return Ready(factories.sit(cast.coordinator), reverse("meetings:propose", args=[cast.matter.pk]), typed)


def _answer(cast: factories.Cast, client: Client, page: str) -> Ready:
    return Ready(client, page, {"answer": f"{cast.options()[0].pk}:if_needed"})


@way_to(meetings.AnswerForm)
def own_answer(cast: factories.Cast) -> Ready:
    cast.to("timing")
    return _answer(cast, factories.sit(cast.mother.seat, 1), reverse("meetings:own-answer"))


@way_to(meetings.AnswerForm)
def answer(cast: factories.Cast) -> Ready:
    cast.to("timing")
    return _answer(cast, factories.sit(cast.invited), reverse("meetings:answer", args=[cast.meeting.pk]))


@way_to(meetings.AnswerForm)
def answer_by_phone(cast: factories.Cast) -> Ready:
    cast.to("timing")
    page = reverse("meetings:answer-by-phone", args=[cast.meeting.pk, cast.close_one.pk])
    return _answer(cast, factories.sit(cast.coordinator), page)


@way_to(meetings.HereForm)
def here(cast: factories.Cast) -> Ready:
    cast.to("invited")
    typed = {"here": [str(cast.mother.pk), str(cast.child.pk)]}
    return Ready(factories.sit(cast.lead), reverse("meetings:begin", args=[cast.meeting.pk]), typed)


@way_to(meetings.LineForm)
def line(cast: factories.Cast) -> Ready:
    cast.to("meeting")
    board.give_turn(cast.board, cast.voices[cast.mother.pk], cast.questions[0], key=uuid4(), by=cast.lead, at=cast.at())
    page, to = (reverse(f"meetings:{name}", args=[cast.meeting.pk]) for name in ("board", "line"))
    return Ready(factories.sit(cast.writer), page, {"text": "Aamut sujuvat.\nPiirretään yhdessä."}, to=to)


@way_to(meetings.ChangeLineForm)
def change_line(cast: factories.Cast) -> Ready:
    said = cast.to("meeting").say(cast.mother, "Aamut sujuvat.")
    page = reverse("meetings:change-line", args=[said.pk])
    return Ready(
        factories.sit(cast.writer), page, {"text": "Aamut sujuvat jo."}, other={"text": "Aamut ovat vaikeita."}
    )


# ---------------------------------------------------------------- the plan and afterwards

ROW = {"what": "Soitan kouluun ja kerron.", "with_whom": "Minnan kanssa", "by_when": "perjantaina", "read": "on"}


@way_to(RowForm)
def row(cast: factories.Cast) -> Ready:
    cast.to("planning")
    page = reverse("plans:row", args=[cast.the_plan.pk, cast.mother.pk])
    other = {"what": "Soitan maanantaina.", "with_whom": "yksin", "by_when": "heti"}
    return Ready(factories.sit(cast.writer), page, dict(ROW), other=other)


@way_to(RowForm)
def new_row(cast: factories.Cast) -> Ready:
    cast.to("planning")
    page = reverse("plans:row", args=[cast.the_plan.pk, cast.professional.pk])
    return Ready(factories.sit(cast.writer), page, dict(ROW), other={"what": "Olen mukana."})


@way_to(OnwardsForm)
def onwards(cast: factories.Cast) -> Ready:
    cast.to("planning")
    page = reverse("plans:onwards", args=[cast.the_plan.pk])
    typed = {"responsible": "Minnalta", "follow_up": "helmikuussa"}
    return Ready(factories.sit(cast.lead), page, typed, other={"responsible": "Sarilta", "follow_up": "maaliskuussa"})


@way_to(FeedbackForm)
def feedback(cast: factories.Cast) -> Ready:
    cast.to("following")
    Meeting.objects.filter(pk=cast.meeting.pk).update(held_at=timezone.now() - timedelta(days=1))
    page = reverse("feedback:give", args=[cast.meeting.pk])
    typed = {"kuunneltiin": "yes", "turvallista": "partly"}
    return Ready(factories.sit(cast.mother.seat, 1), page, typed, accepted=200)


# ---------------------------------------------------------------- the bank and the region


@way_to(ConsultantForm)
def consultant(cast: factories.Cast) -> Ready:
    page = reverse("bank:consultant", args=[cast.lead.pk])
    typed = {"trained_on": "2024-05-20", "speaks_fi": "on", "speaks_sv": "on"}
    return Ready(factories.sit(cast.coordinator), page, typed, other={"trained_on": "2023-01-10"})


@way_to(regions.SettingsForm)
def settings(cast: factories.Cast) -> Ready:
    typed = {
        "help_phone": "+358401234567", "meeting_minutes": "120", "answer_days": "5", "space_months": "6",
        "face_to_face": "on",
    }  # fmt: skip
    other = {"help_phone": "+358409999999", "answer_days": "9"}
    return Ready(factories.sit(cast.administrator), reverse("regions:settings"), typed, other=other)


NAMES = {"name_fi": "Perusopetuksen palvelut", "name_sv": "Grundutbildning", "name_en": "Basic education"}


@way_to(regions.NewPlaceForm)
def new_place(cast: factories.Cast) -> Ready:
    return Ready(factories.sit(cast.administrator), reverse("regions:new-place", args=["sector"]), dict(NAMES))


@way_to(regions.NewUnitForm)
def new_unit(cast: factories.Cast) -> Ready:
    typed = NAMES | {"sector": str(_sector(cast))}
    return Ready(factories.sit(cast.administrator), reverse("regions:new-place", args=["unit"]), typed)


@way_to(regions.PlaceForm)
def place(cast: factories.Cast) -> Ready:
    page = reverse("regions:place", args=["controller", cast.controller.pk])
    return Ready(factories.sit(cast.administrator), page, dict(NAMES), other={"name_fi": "Toinen nimi"})


@way_to(regions.UnitForm)
def unit(cast: factories.Cast) -> Ready:
    page = reverse("regions:place", args=["unit", cast.outsider.unit_id])
    typed = NAMES | {"sector": str(_sector(cast))}
    return Ready(factories.sit(cast.administrator), page, typed, other={"name_fi": "Toinen nimi"})


def _sector(cast: factories.Cast) -> Any:
    return Sector.objects.filter(region=cast.region).first().pk


# ---------------------------------------------------------------- people who work here


@way_to(seats.NewSeatForm)
def new_seat(cast: factories.Cast) -> Ready:
    typed = {
        "name": "Sari Esimerkki", "address": "sari.esimerkki@example.org", "phone": "+358401234567", "role": "worker",
        "unit": str(cast.outsider.unit_id), "title": "luokanopettaja", "leads": "on", "language": "sv",
        "starts_on": timezone.localdate().isoformat(),
        "ends_on": (timezone.localdate() + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    return Ready(factories.sit(cast.administrator), reverse("people:new-seat"), typed)


@way_to(seats.SeatForm)
def seat(cast: factories.Cast) -> Ready:
    typed = {
        "unit": str(cast.outsider.unit_id), "title": "rehtori", "leads": "on",
        "ends_on": (timezone.localdate() + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    page = reverse("people:seat", args=[cast.outsider.pk])
    return Ready(factories.sit(cast.administrator), page, typed, other={"title": "kuraattori"})


@way_to(seats.SignInForm)
def sign_in(cast: factories.Cast) -> Ready:
    typed = {"login": cast.outsider.account.address, "password": "sana sana sana"}
    return Ready(Client(), reverse("account_login"), typed, is_public=True)


@way_to(seats.FactorForm)
def second_factor(cast: factories.Cast) -> Ready:
    secret = generate_totp_secret()
    TOTP.activate(cast.outsider.account, secret)
    client = _with_password(cast)
    typed = {"code": totp(secret, timezone.now().timestamp())}
    return Ready(client, reverse("mfa_authenticate"), typed, is_public=True)


@way_to(seats.ActivateFactorForm)
def new_factor(cast: factories.Cast) -> Ready:
    client = _with_password(cast)
    typed = {"code": totp(factor_secret(cast.outsider.account), timezone.now().timestamp())}
    return Ready(client, reverse("people:factor"), typed)


def _with_password(cast: factories.Cast) -> Client:
    """Somebody who has given a password, and nothing more yet."""
    client = Client()
    typed = {"login": cast.outsider.account.address, "password": "sana sana sana"}
    client.post(reverse("account_login"), typed, secure=True)
    return client


@way_to(seats.PasswordForm)
def password(cast: factories.Cast) -> Ready:
    page = password_link(cast.outsider.account).removeprefix("https://testserver")
    new = "uusi harmaa kissa puussa"
    return Ready(Client(), page, {"password1": new, "password2": new}, is_public=True)


@way_to(seats.ForgottenForm)
def forgotten(cast: factories.Cast) -> Ready:
    typed = {"address": cast.outsider.account.address}
    return Ready(Client(), reverse("people:forgotten"), typed, accepted=200, is_public=True)


# ---------------------------------------------------------------- participants' ways in


@way_to(seats.DigitsForm)
def code(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    client = factories.sit(cast.mother.seat, 0)
    link = PersonalLink.objects.filter(seat=cast.mother.seat).latest("made_at")
    digits = links.read_code_aloud(link, by=cast.coordinator, at=cast.at())
    return Ready(client, reverse("people:code"), {"code": digits})


@way_to(seats.DigitsForm)
def room(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    digits = people.admit_member(cast.mother, reason="known", by=cast.lead, at=cast.at())
    return Ready(Client(), reverse("people:room"), {"code": f"{digits[:4]} {digits[4:]}"}, is_public=True)


@way_to(seats.ChannelForm)
def channel(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    return Ready(factories.sit(cast.mother.seat, 0), reverse("people:send-code"), {"channel": "address"})
