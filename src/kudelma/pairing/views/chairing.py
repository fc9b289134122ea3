"""Who chairs a meeting and who is its secretary: proposed in preparation, by whoever prepares."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.http import Request, get_or_post
from kudelma.core.rules import may
from kudelma.matters.views.finding import find_matter
from kudelma.pairing.actions import chairing as actions
from kudelma.pairing.forms import ChairForm
from kudelma.pairing.models import LeadAssignment, parts_of
from kudelma.pairing.views.offers import in_parts
from kudelma.people.models import Seat


@get_or_post
def chair(request: Request, pk: UUID) -> HttpResponse:
    """Of those who come, or a coordinator; the coordinator may also ask somebody of the bank."""
    matter = find_matter(request, pk, "pairing.propose_chair")
    professionals, coordinators = actions.professionals(matter), actions.coordinators(matter)
    those = [member.seat_id for member in professionals if member.seat_id] + [seat.pk for seat in coordinators]
    form = ChairForm(request.POST or None, seats=Seat.objects.filter(pk__in=those))
    if form.is_valid():
        chair_asked = form.value()
        actions.propose(matter, chair_asked.seat, part=chair_asked.part, by=request.actor, at=timezone.now())
        messages.success(request, _("Asked. You see the answer here."))
        return redirect("pairing:chair", pk=matter.pk)
    asked_here = LeadAssignment.objects.filter(matter=matter).standing().select_related("undertaking", "seat__account")
    standing = in_parts(matter, list(asked_here))
    asked, taken = {pairing.seat_id for pairing in standing}, {pairing.part for pairing in standing}
    return render(
        request,
        "pairing/chair.html",
        {
            "matter": matter,
            "standing": standing,
            "open_parts": [part for part in parts_of(matter) if part not in taken],
            "professionals": [member for member in professionals if member.seat_id not in asked],
            "coordinators": [seat for seat in coordinators if seat.pk not in asked],
            "may_pair": may(request.actor, "pairing.pair", matter),
            "form": form if form.is_bound else None,
        },
        status=422 if form.is_bound else 200,
    )
