"""The administrator's list of seats: giving, ending, inviting again. No content of matters."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.http import Request, create_once, get_or_post, making, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import require
from kudelma.people.actions import seats as actions
from kudelma.people.forms import NewSeatForm, SeatForm
from kudelma.people.models import Seat


@require_GET
def seat_list(request: Request) -> HttpResponse:
    require(request.actor, "people.keep_seats")
    seats = Seat.objects.visible_to(request.actor).for_list().filter(ended_at=None)
    # Names are sealed, so no query can order by them.
    shown = sorted(seats, key=lambda seat: (seat.unit.name if seat.unit else "", seat.account.name))
    return render(request, "people/seat_list.html", {"seats": shown, "today": timezone.localdate()})


@get_or_post
def new_seat(request: Request) -> HttpResponse:
    require(request.actor, "people.keep_seats")
    form = NewSeatForm(request.POST or None, region=request.actor.region, today=timezone.localdate())
    give = making(actions.give_seat, request.actor.region, by=request.actor)
    if form.is_valid() and create_once(form, give):
        messages.success(request, _("The seat is given. Somebody new gets a message with a way in."))
        return redirect("people:seat-list")
    return render_form(request, "people/new_seat.html", {}, form=form)


@get_or_post
def seat_page(request: Request, pk: UUID) -> HttpResponse:
    seat = _find(request, pk, "people.keep_seats")
    initial = {name: getattr(seat, name) for name in ("unit", "title", "leads", "ends_on", "version")}
    form = SeatForm(request.POST or None, seat=seat, initial=initial)
    save = saving(actions.change_seat, seat, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("people:seat-list")
    return render_form(request, "people/seat.html", {"seat": seat}, form=form)


@require_POST
def end(request: Request, pk: UUID) -> HttpResponse:
    seat = _find(request, pk, "people.end_seat")
    actions.end_seat(seat, by=request.actor, at=timezone.now())
    messages.success(request, _("The seat has ended."))
    return redirect("people:seat-list")


@require_POST
def invite_again(request: Request, pk: UUID) -> HttpResponse:
    seat = _find(request, pk, "people.keep_seats")
    actions.invite_again(seat, by=request.actor, at=timezone.now())
    messages.success(request, SAVED)
    return redirect("people:seat-list")


def _find(request: Request, pk: UUID, rule: str) -> Seat:
    seat = get_object_or_404(Seat.objects.visible_to(request.actor).select_related("account", "region", "unit"), pk=pk)
    require(request.actor, rule, seat)
    return seat
