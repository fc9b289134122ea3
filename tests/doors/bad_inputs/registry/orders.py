"""Ways to the forms of an order: its pages, what a family or a caller tells, and the answers."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.methods.models import Method
from kudelma.orders import forms
from kudelma.orders.actions import answers, orders
from kudelma.orders.inputs import CallWished, ConsultationAsked, ReplySaid

TOGETHER = {name: factories.ORDER[name] for name in ("told_to", "why_together", "problem")}
WORRY = {name: factories.ORDER[name] for name in ("worry", "wish")}
PRACTICAL = {name: factories.ORDER[name] for name in ("languages", "call_first", "windows", "place")}
TEAM = {"told_to": "Oppilashuoltotiimille", "why_together": "Moni asia on auki."}
KEEPS = frozenset({"default.orders_draft"})


def page_of(cast: factories.Cast, number: int, typed: dict[str, str], **options: Any) -> Ready:
    """The page of an order whose other pages are written."""
    ordering, by, said = options.pop("ordering", "meeting"), options.pop("by", cast.orderer), options.pop("said", {})
    draft = cast.begin_draft(ordering, by=by, **said)
    address = reverse("orders:draft", args=[draft.pk, number])
    return Ready(factories.sit(by), address, typed, keeps=KEEPS, **options)


@way_to(forms.AgreedForm)
def agreed(cast: factories.Cast) -> Ready:
    return Ready(factories.sit(cast.orderer), reverse("orders:order"), {"told": "agreed"})


@way_to(forms.TogetherPage)
def order_together(cast: factories.Cast) -> Ready:
    other = {"told_to": "Eliaksen isälle", "why_together": "Syksy oli raskas."}
    return page_of(cast, 1, dict(TOGETHER), other=other)


@way_to(forms.WorryPage)
def order_worry(cast: factories.Cast) -> Ready:
    other = {"worry": "Olen huolissani illoista.", "wish": "Toivon lepoa."}
    return page_of(cast, 2, dict(WORRY), said=TOGETHER, other=other)


@way_to(forms.PracticalPage)
def order(cast: factories.Cast) -> Ready:
    """The last page: what is right sends the order."""
    return page_of(cast, 3, PRACTICAL | {"access": "Portaaton pääsy."}, said=TOGETHER | WORRY)


@way_to(forms.TeamPage)
def team(cast: factories.Cast) -> Ready:
    superior = factories.seat(cast.region, leads=True)
    return page_of(cast, 1, dict(TEAM), ordering="team", by=superior, other={"told_to": "Perhetyön tiimille"})


@way_to(forms.TeamPracticalPage)
def team_order(cast: factories.Cast) -> Ready:
    superior = factories.seat(cast.region, leads=True)
    typed = {
        "windows": "Tiistai-iltapäivät, neuvotteluhuone.",
        "place": "together",
        "languages": "suomi",
        "access": "Ei",
    }
    return page_of(cast, 3, typed, ordering="team", by=superior, said=TEAM | WORRY)


@way_to(forms.CallerPage)
def caller(cast: factories.Cast) -> Ready:
    typed = {
        "came": "phone", "heard_on": timezone.localdate().isoformat(), "caller": "Tuula",
        "caller_phone": "+358401234567", "unit": str(cast.outsider.unit_id),
    }  # fmt: skip
    other = {"caller": "Raimo", "caller_phone": "+358409999999"}
    return page_of(cast, 1, typed, ordering="told", by=cast.coordinator, other=other)


@way_to(forms.ConsultationForm)
def consultation(cast: factories.Cast) -> Ready:
    typed = {"worry": "En tiedä, miten aloitan.", "wish": "Toivon neuvoa.", "windows": "aamulla"}
    return Ready(factories.sit(cast.orderer), reverse("orders:consultation", args=["told"]), typed)


@way_to(forms.ToldConsultationForm)
def told_consultation(cast: factories.Cast) -> Ready:
    typed = {
        "came": "paper", "heard_on": timezone.localdate().isoformat(), "caller": "opettaja Tuula",
        "unit": str(cast.outsider.unit_id), "worry": "En tiedä, miten aloitan.", "wish": "Toivon neuvoa.",
        "windows": "aamulla",
    }  # fmt: skip
    return Ready(factories.sit(cast.coordinator), reverse("orders:consultation", args=["not_yet"]), typed)


@way_to(forms.WishForm)
def wish(cast: factories.Cast) -> Ready:
    typed = {"caller": "Aino", "caller_phone": "+358401234567", "call_when": "arkisin ennen puoltapäivää"}
    address = reverse("orders:wish", args=[cast.region.code])
    return Ready(Client(), address, typed, accepted=200, is_public=True)


@way_to(forms.CallForm)
def call(cast: factories.Cast) -> Ready:
    values = CallWished(caller="Aino", caller_phone="+358401234567", call_when="aamulla")
    asked = orders.wish_for_call(cast.region, idempotency_key=uuid4(), values=values, at=cast.at())
    typed = WORRY | {
        "heard_on": timezone.localdate().isoformat(), "why_together": "Auttajia on monta.", "languages": "suomi",
        "written_in": "fi",
    }  # fmt: skip
    return Ready(factories.sit(cast.coordinator), reverse("orders:call", args=[asked.pk]), typed)


@way_to(forms.ConsultationAnswerForm)
def consultation_answer(cast: factories.Cast) -> Ready:
    values = ConsultationAsked(worry="En tiedä, miten aloitan.", windows="aamulla")
    asked = orders.ask_consultation(
        idempotency_key=uuid4(), family_agreement="told", values=values, by=cast.orderer, at=cast.at()
    )
    page = reverse("orders:answer-consultation", args=[asked.pk])
    return Ready(factories.sit(cast.coordinator), page, {"text": "Sovittiin, että otat asian puheeksi."})


def to_answer(cast: factories.Cast, name: str, typed: dict[str, Any]) -> Ready:
    cast.to("ordered")
    return Ready(factories.sit(cast.coordinator), reverse(f"orders:{name}", args=[cast.matter.pk]), typed)


@way_to(forms.QuestionForm)
def question(cast: factories.Cast) -> Ready:
    return to_answer(cast, "ask-back", {"text": "Kenelle olet jo kertonut?"})


@way_to(forms.ReplyForm)
def reply(cast: factories.Cast) -> Ready:
    cast.to("ordered")
    answers.ask_back(
        cast.fresh(), idempotency_key=uuid4(), values=ReplySaid("Kenelle?"), by=cast.coordinator, at=cast.at()
    )
    page = reverse("orders:reply", args=[cast.matter.pk])
    return Ready(factories.sit(cast.orderer), page, {"text": "Ainolle ja mummolle."})


@way_to(forms.OtherWayForm)
def other_way(cast: factories.Cast) -> Ready:
    return to_answer(cast, "other-way", {"text": "Perhetyö riittää.", "called_on": timezone.localdate().isoformat()})


@way_to(forms.DeclineForm)
def decline(cast: factories.Cast) -> Ready:
    return to_answer(cast, "decline", {"text": "Palataan keväällä.", "called_on": timezone.localdate().isoformat()})


@way_to(forms.AcceptanceForm)
def acceptance(cast: factories.Cast) -> Ready:
    cast.to("ordered")
    method = Method.objects.get(slug="ennakointidialogi")
    typed = {"method": str(method.pk), "controller": str(cast.controller.pk), "ground": "lsl31"}
    return Ready(factories.sit(cast.coordinator), reverse("orders:accept", args=[cast.matter.pk]), typed)
