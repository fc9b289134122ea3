"""Preparing with the people: one list of parts, each a page of its own, none of them in the way of the next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kudelma.core.http import Request, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import may
from kudelma.matters.models import Matter, Step
from kudelma.matters.views.finding import find_matter
from kudelma.members.models import Consent, Member
from kudelma.pairing.leading import leading
from kudelma.preparation.actions import preparation as actions
from kudelma.preparation.forms.preparation import (
    GroundRulesForm,
    IntroductionForm,
    InvitingForm,
    NotInvitedForm,
    PreparerForm,
    SpeakingForm,
    WhyForm,
)
from kudelma.preparation.models import ChildPage, Introduction, Preparation
from kudelma.preparation.parts import parts

PARTS: dict[str, tuple[Any, Any]] = {
    "why": (WhyForm, _("Why together")),
    "not-invited": (NotInvitedForm, _("Whom not to invite")),
    "inviting": (InvitingForm, _("Who invites, and how")),
    "ground-rules": (GroundRulesForm, _("Ground rules")),
}
"""The parts that are the people's own words: the form of each, and what it is called."""


@require_GET
def preparation_page(request: Request, pk: UUID) -> HttpResponse:
    """What has been talked about so far. Any order will do, and any part may be left open."""
    matter = find_matter(request, pk, "preparation.read")
    actor = request.actor
    invited = Member.objects.visible_to(actor).filter(matter=matter).with_permission()
    members = list(invited.for_circle().in_order_of_speaking())
    preparation = _preparation(matter)
    may_prepare = may(actor, "matters.prepare", matter)
    may_pair = may(actor, "pairing.pair", matter)
    return render(
        request,
        "preparation/show.html",
        {
            "matter": matter,
            "preparation": preparation,
            "parts": parts(preparation, members, leading(matter), may_prepare=may_prepare, may_pair=may_pair),
            "members": members,
            "pages": _child_pages(request, members),
            "ending": Consent.objects.visible_to(actor).filter(matter=matter).ending(timezone.localdate()).exists(),
            "may_prepare": may_prepare,
            "may_name": may(actor, "preparation.name_preparer", matter),
            "may_ask_times": matter.step == Step.PREPARING and may(actor, "members.send_link", matter),
        },
    )


def _preparation(matter: Matter) -> Preparation:
    """What stands, loaded with the matter; an empty one with version 0 when nothing has been written yet."""
    return getattr(matter, "preparation", None) or Preparation(matter=matter, version=0)


def _child_pages(request: Request, members: list[Member]) -> list[dict[str, Any]]:
    """The children, each with whether there is a page and whether the actor may see it."""
    children = [member for member in members if member.is_child]
    if not children:
        return []
    visible = ChildPage.objects.visible_to(request.actor).filter(pk=OuterRef("pk"))
    seen = dict(ChildPage.objects.filter(member__in=children).values_list("member", Exists(visible)))
    return [{"member": child, "is_there": child.pk in seen, "is_seen": seen.get(child.pk, False)} for child in children]


@get_or_post
def part(request: Request, pk: UUID, part: str) -> HttpResponse:
    """One part, in large type: asked aloud, written down as it is said."""
    if part not in PARTS:
        raise Http404
    kind, heading = PARTS[part]
    matter = find_matter(request, pk, "matters.prepare")
    existing = _preparation(matter)
    form = kind(request.POST or None, initial={name: getattr(existing, name) for name in kind.base_fields})
    save = saving(actions.prepare, matter, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("preparation:show", pk=pk)
    return render_form(request, "preparation/part.html", _beside(matter, heading), form=form)


@get_or_post
def preparer(request: Request, pk: UUID) -> HttpResponse:
    """Who prepares with the people: the coordinator names them."""
    matter = find_matter(request, pk, "preparation.name_preparer")
    existing = _preparation(matter)
    initial = {name: getattr(existing, name) for name in ("by", "family_agreed", "version")}
    seats = actions.candidates(matter, request.actor)
    form = PreparerForm(request.POST or None, initial=initial, seats=seats, orderer=matter.order.by)
    save = saving(actions.name_preparer, matter, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("preparation:show", pk=pk)
    return render_form(request, "preparation/part.html", _beside(matter, _("Who prepares")), form=form)


@get_or_post
def speaking(request: Request, pk: UUID) -> HttpResponse:
    """The order of speaking: a button up, a button down, and one for who only listens."""
    matter = find_matter(request, pk, "matters.prepare")
    invited = Member.objects.visible_to(request.actor).filter(matter=matter).with_permission()
    members = list(invited.select_related("matter").in_order_of_speaking())
    form = SpeakingForm(request.POST or None, members=members)
    if form.is_valid():
        member, place = form.move()
        actions.speak_at(member, place, by=request.actor, at=timezone.now())
        return redirect("preparation:speaking", pk=pk)
    context = {"matter": matter, **_in_order(members)}
    return render_form(request, "preparation/speaking.html", context, form=form)


def _in_order(members: list[Member]) -> dict[str, Any]:
    speakers = [member for member in members if not member.only_listens]
    last = len(speakers)
    return {
        "speakers": [
            {
                "member": member,
                "place": place,
                # A place and not a step: pressed twice, it leads to the same order.
                "up": f"{member.pk}:{place - 1}" if place > 1 else "",
                "down": f"{member.pk}:{place + 1}" if place < last else "",
                "listen": f"{member.pk}:0",
            }
            for place, member in enumerate(speakers, start=1)
        ],
        "listeners": [
            {"member": member, "speak": f"{member.pk}:{last + 1}"} for member in members if member.only_listens
        ],
    }


@get_or_post
def introduction_page(request: Request, pk: UUID) -> HttpResponse:
    """A professional's own three lines."""
    matter = find_matter(request, pk, "preparation.introduce")
    existing = Introduction.objects.filter(matter=matter, seat=request.actor).first() or Introduction(version=0)
    initial = {name: getattr(existing, name) for name in ("face", "can_do", "needs", "version")}
    form = IntroductionForm(request.POST or None, initial=initial)
    save = saving(actions.introduce, matter, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect(matter)
    return render_form(request, "preparation/introduction.html", {"matter": matter}, form=form)


def _beside(matter: Matter, heading: Any) -> dict[str, Any]:
    return {"matter": matter, "heading": heading, "back": reverse("preparation:show", args=[matter.pk])}
