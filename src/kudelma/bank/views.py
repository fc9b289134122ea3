"""The consultant bank, for the coordinator who keeps it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kudelma.bank import actions
from kudelma.bank.forms import ConsultantForm
from kudelma.bank.models import Consultant
from kudelma.core.http import Request, either, page, saved_or_both
from kudelma.core.phrases import SAVED
from kudelma.core.rules import require

FIELDS = ("trained_on", "speaks_fi", "speaks_sv", "speaks_en")


@require_GET
def consultants(request: Request) -> HttpResponse:
    require(request.actor, "bank.keep")
    found = Consultant.objects.visible_to(request.actor).current(timezone.localdate()).for_list()
    return render(request, "bank/consultants.html", {"consultants": found})


@either
def consultant(request: Request, pk: UUID) -> HttpResponse:
    require(request.actor, "bank.keep")
    one = get_object_or_404(Consultant.objects.visible_to(request.actor).for_list(), pk=pk)
    form = ConsultantForm(request.POST or None, initial={name: getattr(one, name) for name in (*FIELDS, "version")})
    save = partial(actions.change_line, one, by=request.actor, at=timezone.now())
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("bank:consultants")
    return page(request, "bank/consultant.html", {"consultant": one}, form=form)
