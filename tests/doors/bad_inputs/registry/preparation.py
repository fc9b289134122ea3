"""Ways to the forms by which a meeting is prepared with the people."""

from django.urls import reverse

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.members.models import Member
from kudelma.preparation.forms import child as child_forms
from kudelma.preparation.forms import preparation

CHILD = {
    "beside": "Mummo", "wish": "drawing", "turn": "first", "words": "Koulussa on kivaa.\nVälitunnit.",
    "pictures": ["dog", "sun"], "drawing": "[[[10,10],[500,300]]]", "leave_sign": "Nostan käden.",
    "leave_with": "Ritva", "shown_to": "leads",
}  # fmt: skip


def _part(cast: factories.Cast, part: str, typed: dict[str, str], other: dict[str, str]) -> Ready:
    cast.to("preparing")
    page = reverse("preparation:part", args=[cast.matter.pk, part])
    return Ready(factories.sit(cast.lead), page, typed, other=other)


@way_to(preparation.WhyForm)
def why(cast: factories.Cast) -> Ready:
    return _part(cast, "why", {"why_together": "Aamut.\nKoulu."}, {"why_together": "Illat."})


@way_to(preparation.NotInvitedForm)
def not_invited(cast: factories.Cast) -> Ready:
    return _part(cast, "not-invited", {"not_invited": "Naapuria ei."}, {"not_invited": "Setää ei."})


@way_to(preparation.InvitingForm)
def inviting(cast: factories.Cast) -> Ready:
    return _part(cast, "inviting", {"inviting": "Äiti kutsuu mummon."}, {"inviting": "Vetäjä kutsuu."})


@way_to(preparation.GroundRulesForm)
def ground_rules(cast: factories.Cast) -> Ready:
    return _part(cast, "ground-rules", {"ground_rules": "Puhelimet pois.\nTauko."}, {"ground_rules": "Ei kiirettä."})


@way_to(preparation.PreparerForm)
def preparer(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("preparation:preparer", args=[cast.matter.pk])
    typed = {"by": str(cast.orderer.pk), "family_agreed": "on"}
    return Ready(factories.sit(cast.coordinator), page, typed, other={"by": ""})


@way_to(preparation.SpeakingForm)
def speaking(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("preparation:speaking", args=[cast.matter.pk])
    return Ready(factories.sit(cast.lead), page, {"place": f"{cast.close_one.pk}:1"})


@way_to(preparation.IntroductionForm)
def introduction(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    page = reverse("preparation:introduction", args=[cast.matter.pk])
    typed = {"face": "Minna, terveydenhoitaja", "can_do": "Soitan viikoittain.", "needs": "Tiedon."}
    return Ready(factories.sit(cast.invited), page, typed, other={"face": "Minna Mattila", "can_do": "Käyn kotona."})


@way_to(child_forms.ChildForm)
def own_child(cast: factories.Cast) -> Ready:
    _make_child(cast)
    page = reverse("preparation:own-child")
    other = {"words": "Kotona on kivaa.", "leave_sign": "Menen ovelle."}
    return Ready(factories.sit(cast.child.seat, 2), page, dict(CHILD), other=other)


@way_to(child_forms.ChildForm)
def child(cast: factories.Cast) -> Ready:
    _make_child(cast)
    page = reverse("preparation:child", args=[cast.child.pk])
    return Ready(factories.sit(cast.lead), page, dict(CHILD), other={"words": "Kotona on kivaa.", "beside": "Äiti"})


def _make_child(cast: factories.Cast) -> None:
    cast.to("preparing")
    Member.objects.filter(pk=cast.child.pk).update(is_child=True)
