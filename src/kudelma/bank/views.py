"""The consultant bank for the coordinator who keeps it, and a consultant's own times and rest."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kudelma.bank import actions
from kudelma.bank.forms import ConsultantForm, FreeForm, RestForm
from kudelma.bank.inputs import FreeTime
from kudelma.bank.models import Availability, Consultant
from kudelma.core.errors import Refused
from kudelma.core.http import Make, Request, create_once, get_or_post, making, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import require

# Not how many matters suit them, nor their rest: that is for the consultants themselves to tell.
FIELDS = ("trained_on", "speaks_fi", "speaks_sv", "speaks_en")


@require_GET
def consultant_list(request: Request) -> HttpResponse:
    require(request.actor, "bank.keep")
    consultants = Consultant.objects.visible_to(request.actor).current(timezone.localdate()).for_list()
    return render(request, "bank/consultants.html", {"consultants": consultants})


@get_or_post
def consultant_page(request: Request, pk: UUID) -> HttpResponse:
    require(request.actor, "bank.keep")
    consultant = get_object_or_404(Consultant.objects.visible_to(request.actor).for_list(), pk=pk)
    form = ConsultantForm(
        request.POST or None, initial={name: getattr(consultant, name) for name in (*FIELDS, "version")}
    )
    save = saving(actions.change_line, consultant, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("bank:consultants")
    free = Availability.objects.visible_to(request.actor).filter(seat=consultant.pk).coming(timezone.now())
    rests = consultant.rests(timezone.localdate())
    return render_form(
        request, "bank/consultant.html", {"consultant": consultant, "free": free, "rests": rests}, form=form
    )


@get_or_post
def own(request: Request) -> HttpResponse:
    """When a consultant could lead: told by themselves, one time after another."""
    consultant = _own_line(request)
    form = FreeForm(request.POST or None)
    tell = making(actions.tell_free, consultant, by=request.actor)
    if form.is_valid() and _kept(form, tell):
        messages.success(request, SAVED)
        return redirect("bank:own")
    free = Availability.objects.visible_to(request.actor).coming(timezone.now())
    rests = consultant.rests(timezone.localdate())
    return render_form(request, "bank/own.html", {"consultant": consultant, "free": free, "rests": rests}, form=form)


@get_or_post
def rest(request: Request) -> HttpResponse:
    """How much suits them, and until when nothing is asked."""
    consultant = _own_line(request)
    initial = {name: getattr(consultant, name) for name in ("most_at_once", "rests_until", "version")}
    form = RestForm(request.POST or None, initial=initial)
    save = saving(actions.change_line, consultant, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("bank:own")
    return render_form(request, "bank/rest.html", {"consultant": consultant}, form=form)


@require_POST
def remove(request: Request, pk: UUID) -> HttpResponse:
    """The second of two presses finds it gone, and comes back to the same page."""
    require(request.actor, "bank.tell")
    # Before `visible_to`: there a time that is gone would be «not found», and the second press end on an error page.
    if not Availability.objects.filter(pk=pk).exists():
        return redirect("bank:own")
    free = get_object_or_404(Availability.objects.visible_to(request.actor), pk=pk)
    actions.take_free_back(free, by=request.actor, at=timezone.now())
    messages.success(request, _("Taken away."))
    return redirect("bank:own")


def _own_line(request: Request) -> Consultant:
    require(request.actor, "bank.tell")
    return get_object_or_404(Consultant.objects.visible_to(request.actor), pk=request.actor.pk)


def _kept(form: FreeForm, tell: Make[FreeTime]) -> Availability | None:
    """What was made, or None when it overlaps: said by the form, with what was typed kept."""
    try:
        return create_once(form, tell)
    except Refused as overlaps:
        form.add_error("start", str(overlaps))
        return None
