"""Ordering a meeting, asking for a consultation, and the coordinator's answers to both."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kudelma.core.http import Request, either, made_once, page
from kudelma.core.rules import require
from kudelma.matters.actions import orders
from kudelma.matters.forms import AcceptanceForm, ConsultationAnswerForm, ConsultationForm, OrderForm
from kudelma.matters.models import Told
from kudelma.matters.views.finding import find_matter


@require_GET
def begin(request: Request) -> HttpResponse:
    """The first question: is this agreed on with the people?"""
    require(request.actor, "matters.order")
    return render(request, "matters/begin.html", {"told": Told})


@either
def order(request: Request) -> HttpResponse:
    require(request.actor, "matters.order")
    form = OrderForm(request.POST or None)
    act = partial(orders.order_meeting, by=request.actor, at=timezone.now())
    matter = made_once(form, act) if form.is_valid() else None
    if matter:
        messages.success(request, _("The order has been sent. The coordinator answers it."))
        return redirect(matter)
    return page(request, "matters/order.html", {}, form=form)


@either
def consultation(request: Request, told: str) -> HttpResponse:
    require(request.actor, "matters.order")
    if told not in (Told.TOLD, Told.NOT_YET):
        raise Http404
    form = ConsultationForm(request.POST or None)
    act = partial(orders.ask_consultation, told=told, by=request.actor, at=timezone.now())
    matter = made_once(form, act) if form.is_valid() else None
    if matter:
        messages.success(request, _("Sent. The coordinator calls you."))
        return redirect(matter)
    return page(request, "matters/consultation.html", {"told": told}, form=form)


@either
def accept(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "matters.accept")
    form = AcceptanceForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        orders.accept_order(matter, **form.cleaned_data, by=request.actor, at=timezone.now())
        if form.cleaned_data["method"].leading == "chair":
            messages.success(request, _("Accepted. Next, prepare the meeting with the people."))
            return redirect(matter)
        messages.success(request, _("Accepted. Next, find the two who lead the conversation."))
        return redirect("matters:pair", pk=matter.pk)
    return page(request, "matters/accept.html", {"matter": matter, "order": matter.order}, form=form)


@either
def answer_consultation(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "matters.accept")
    form = ConsultationAnswerForm(request.POST or None)
    if form.is_valid():
        orders.answer_consultation(matter, text=form.cleaned_data["text"], by=request.actor, at=timezone.now())
        messages.success(request, _("The consultation has been answered."))
        return redirect(matter)
    return page(request, "matters/answer_consultation.html", {"matter": matter, "order": matter.order}, form=form)
