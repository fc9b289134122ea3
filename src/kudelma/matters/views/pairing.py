"""Finding the two who lead the conversation, and the consultant's answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.bank.models import Consultant
from kudelma.core.http import Request, either
from kudelma.core.record import opened
from kudelma.core.rules import require
from kudelma.matters.actions import pairing as actions
from kudelma.matters.forms import OfferForm
from kudelma.matters.models import PAIR, Pairing
from kudelma.matters.views.finding import find_matter


@either
def pair(request: Request, pk: UUID) -> HttpResponse:
    """Those outside the matter, by trade, unit and language; a button for each part that is still free."""
    matter = find_matter(request, pk, "matters.pair")
    free = actions.outside(matter, at=timezone.now())
    form = OfferForm(request.POST or None, outside=Consultant.objects.filter(pk__in=[one.pk for one in free]))
    if form.is_valid():
        actions.offer(
            matter, form.cleaned_data["consultant"], part=form.cleaned_data["part"], by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Asked. You see the answer here."))
        return redirect("matters:pair", pk=matter.pk)
    standing = list(
        Pairing.objects.filter(matter=matter)
        .standing()
        .select_related("undertaking", "seat__account", "seat__unit")
        .order_by("part")
    )
    taken = {pairing.part for pairing in standing}
    return render(
        request,
        "matters/pair.html",
        {
            "matter": matter,
            "standing": standing,
            "free": free,
            "open_parts": [part for part in PAIR if part not in taken],
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@either
def offer(request: Request, pk: UUID) -> HttpResponse:
    """What a consultant who has been asked may know, and the two answers."""
    pairing = get_object_or_404(
        Pairing.objects.visible_to(request.actor)
        .offered()
        .select_related("matter__region", "matter__order__unit__sector", "matter__method", "seat"),
        pk=pk,
    )
    require(request.actor, "matters.answer_offer", pairing)
    if request.POST.get("answer") == "accept":
        actions.accept_offer(pairing, by=request.actor, at=timezone.now())
        messages.success(request, _("Thank you. You are in."))
        return redirect(pairing.matter)
    if request.POST.get("answer") == "withdraw":
        actions.withdraw(pairing, by=request.actor, at=timezone.now())
        messages.success(request, _("Thank you for answering. Somebody else is asked."))
        return redirect("desk:today")
    opened("matters:offer", [pairing.matter_id], by=request.actor, at=timezone.now())
    return render(
        request,
        "matters/offer.html",
        {"pairing": pairing, "matter": pairing.matter, "order": pairing.matter.order},
        status=422 if request.method == "POST" else 200,
    )
