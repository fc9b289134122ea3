"""The other answers to an order: a question back and its answer, the call, another way, a no with a call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.http import Request, create_once, get_or_post, making, render_form
from kudelma.core.phrases import SAVED
from kudelma.matters.models import Matter, WaitsFor
from kudelma.matters.views.finding import find_matter
from kudelma.orders.actions import answers
from kudelma.orders.forms import CallForm, DeclineForm, OtherWayForm, QuestionForm, ReplyForm
from kudelma.orders.models import OrderReply, OrderSource


def in_answering(request: Request, matter: Matter) -> dict[str, Any]:
    """What every page on which an order is answered shows beside its form."""
    return {
        "matter": matter,
        "order": matter.order,
        "replies": OrderReply.objects.visible_to(request.actor).filter(matter=matter).for_list(),
        "may_be_asked": matter.order.came == OrderSource.WORKER,
    }


@get_or_post
def ask_back(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "orders.accept")
    form = QuestionForm(request.POST or None)
    act = making(answers.ask_back, matter, by=request.actor)
    if form.is_valid() and create_once(form, act):
        messages.success(request, _("Asked. The orderer sees it on their first page."))
        return redirect(matter)
    return render_form(request, "orders/ask_back.html", in_answering(request, matter), form=form)


@get_or_post
def reply(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "orders.reply")
    # Only of a GET: an answer that comes too late is refused with its words, and not lost on the way to another page.
    if request.method == "GET" and matter.waits_for != WaitsFor.ORDERER:
        return redirect(matter)
    form = ReplyForm(request.POST or None)
    act = making(answers.reply, matter, by=request.actor)
    if form.is_valid() and create_once(form, act):
        messages.success(request, _("Thank you. The coordinator goes on from here."))
        return redirect(matter)
    return render_form(request, "orders/reply.html", in_answering(request, matter), form=form)


@get_or_post
def call(request: Request, pk: UUID) -> HttpResponse:
    """After calling a family who asked for it: what they said, in their words."""
    matter = find_matter(request, pk, "orders.accept")
    if request.method == "GET" and not matter.order.waits_for_call:
        return redirect("orders:accept", pk=matter.pk)
    form = CallForm(request.POST or None)
    if form.is_valid():
        answers.write_call(matter, values=form.value(), by=request.actor, at=timezone.now())
        messages.success(request, SAVED)
        return redirect("orders:accept", pk=matter.pk)
    return render_form(request, "orders/call.html", in_answering(request, matter), form=form)


@get_or_post
def other_way(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "orders.accept")
    form = OtherWayForm(request.POST or None, after_call=matter.order.waits_for_call)
    if form.is_valid():
        way = form.value()
        answers.suggest_other_way(matter, text=way.text, called_on=way.called_on, by=request.actor, at=timezone.now())
        messages.success(request, _("The order has been answered."))
        return redirect(matter)
    return render_form(request, "orders/other_way.html", in_answering(request, matter), form=form)


@get_or_post
def decline(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "orders.accept")
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        no = form.value()
        answers.decline_order(matter, text=no.text, called_on=no.called_on, by=request.actor, at=timezone.now())
        messages.success(request, _("The order has been answered."))
        return redirect(matter)
    return render_form(request, "orders/decline.html", in_answering(request, matter), form=form)
