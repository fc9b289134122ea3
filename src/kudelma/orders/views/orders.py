"""How an order begins, asking for a consultation, and the coordinator's yes and answer to a consultation."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kudelma.core.forms import NewForm
from kudelma.core.http import Request, create_once, get_or_post, render_form
from kudelma.core.rules import may, require
from kudelma.matters.models import Step
from kudelma.matters.views.finding import find_matter
from kudelma.orders.actions import orders
from kudelma.orders.actions.drafts import begin_draft
from kudelma.orders.forms import (
    AcceptanceForm,
    AgreedForm,
    ConsultationAnswerForm,
    ConsultationForm,
    ToldConsultationForm,
)
from kudelma.orders.inputs import Agreed
from kudelma.orders.models import Draft, FamilyAgreement, Ordering
from kudelma.orders.views.answers import in_answering


@require_GET
def begin(request: Request) -> HttpResponse:
    """Is somebody in danger now? The answer does not leave the device: a yes opens on the page itself."""
    require(request.actor, "orders.begin")
    ways = [
        ("orders.order", "orders:order", _("No. I am ordering together with a family")),
        ("orders.order_for_team", "orders:team", _("No. I am ordering a meeting for a team")),
        ("orders.write_down", "orders:told", _("No. I am writing down what I have been told")),
    ]
    offered = [{"url": reverse(url), "text": text} for rule, url, text in ways if may(request.actor, rule)]
    # Asked before all else: whoever must notify does so without delay (Child Welfare Act 417/2007, section 25).
    return render(request, "orders/begin.html", {"ways": offered})


@get_or_post
def order(request: Request) -> HttpResponse:
    require(request.actor, "orders.order")
    return _agreed(
        request, Ordering.MEETING, _("Have you told the family about your worry, and is this agreed with them?")
    )


@get_or_post
def team(request: Request) -> HttpResponse:
    require(request.actor, "orders.order_for_team")
    return _agreed(
        request, Ordering.TEAM, _("Do the workers whom it concerns know about this, and is it agreed with them?")
    )


@get_or_post
def write_down(request: Request) -> HttpResponse:
    require(request.actor, "orders.write_down")
    return _agreed(
        request, Ordering.TOLD, _("Does the family know about the worry, and is a meeting agreed with them?")
    )


def _agreed(request: Request, ordering: str, question: str) -> HttpResponse:
    """The first question of an order. A yes begins a draft; the other answers lead to a consultation."""
    form = AgreedForm(request.POST or None)

    def begin_one(*, idempotency_key: UUID, values: Agreed) -> Draft:
        return begin_draft(idempotency_key=idempotency_key, ordering=ordering, by=request.actor, at=timezone.now())

    draft = create_once(form, begin_one) if form.is_valid() else None
    if draft:
        return redirect("orders:draft", pk=draft.pk, number=1)
    return render_form(
        request, "orders/agreed.html", {"told": FamilyAgreement, "ordering": ordering, "question": question}, form=form
    )


@get_or_post
def consultation(request: Request, family_agreement: str) -> HttpResponse:
    require(request.actor, "orders.begin")
    # After a yes one orders. These two lead to a consultation, in which nothing may tell who the family is.
    if family_agreement not in (FamilyAgreement.TOLD, FamilyAgreement.NOT_YET):
        raise Http404
    writes_down = may(request.actor, "orders.write_down")
    form: NewForm[Any] = (
        ToldConsultationForm(request.POST or None, actor=request.actor)
        if writes_down
        else ConsultationForm(request.POST or None)
    )
    act = partial(orders.ask_consultation, family_agreement=family_agreement, by=request.actor, at=timezone.now())
    matter = create_once(form, act) if form.is_valid() else None
    if matter:
        messages.success(
            request, _("Saved. It waits for a call.") if writes_down else _("Sent. The coordinator calls you.")
        )
        return redirect(matter)
    return render_form(
        request, "orders/consultation.html", {"told": family_agreement, "writes_down": writes_down}, form=form
    )


@get_or_post
def accept(request: Request, pk: UUID) -> HttpResponse:
    """The order with its answers so far, the form for a yes, and the ways to the other answers."""
    matter = find_matter(request, pk, "orders.accept")
    form = AcceptanceForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        yes = form.value()
        orders.accept_order(
            matter, method=yes.method, controller=yes.controller, ground=yes.ground, by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
        if matter.step == Step.PREPARING:
            messages.success(request, _("Accepted. Next, it is prepared with the people."))
            return redirect(matter)
        messages.success(request, _("Accepted. Next, find the two who lead the conversation."))
        return redirect("pairing:pair", pk=matter.pk)
    return render_form(request, "orders/accept.html", in_answering(request, matter), form=form)


@get_or_post
def answer_consultation(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "orders.accept")
    form = ConsultationAnswerForm(request.POST or None)
    if form.is_valid():
        orders.answer_consultation(matter, text=form.cleaned_data["text"], by=request.actor, at=timezone.now())
        messages.success(request, _("The consultation has been answered."))
        return redirect(matter)
    return render_form(request, "orders/answer_consultation.html", in_answering(request, matter), form=form)
