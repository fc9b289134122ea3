"""Finding those who lead from the bank, the answer of the one asked, the end of a task, and who leads instead."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.bank.models import Consultant
from kudelma.core.http import Request, get_or_post
from kudelma.core.record import record_reading
from kudelma.core.rules import require
from kudelma.matters.access import is_over
from kudelma.matters.models import Matter
from kudelma.matters.views.finding import find_matter
from kudelma.members.models import Member
from kudelma.methods.models import Side
from kudelma.pairing.actions import offers as actions
from kudelma.pairing.ahead import MEETING_AHEAD
from kudelma.pairing.candidates import Bank, bank_for
from kudelma.pairing.forms import OfferForm, TwoForm
from kudelma.pairing.leading import named_to
from kudelma.pairing.models import CHAIRED, LeadAssignment, LeadChangeNotice, parts_of

FIRST = 6
"""How many of the list are shown at once; the others stand folded below them."""


@get_or_post
def pair(request: Request, pk: UUID) -> HttpResponse:
    """Those who may be asked, by trade, unit and reasons; a button for each part that is still free."""
    matter = find_matter(request, pk, "pairing.pair")
    bank = bank_for(matter, at=timezone.now())
    form = OfferForm(request.POST or None, outside=_those(bank), parts=parts_of(matter))
    if form.is_valid():
        asked = form.value()
        actions.offer(matter, asked.consultant, part=asked.part, by=request.actor, at=timezone.now())
        messages.success(request, _("Asked. You see the answer here."))
        return redirect("pairing:pair", pk=matter.pk)
    return _show(request, matter, bank, form)


@require_POST
def two(request: Request, pk: UUID) -> HttpResponse:
    """The two on top of the list, asked by one press."""
    matter = find_matter(request, pk, "pairing.pair")
    bank = bank_for(matter, at=timezone.now())
    form = TwoForm(request.POST, outside=_those(bank))
    if form.is_valid():
        asked = form.value()
        actions.offer_two(matter, asked.first, asked.second, by=request.actor, at=timezone.now())
        messages.success(request, _("Both are asked. You see their answers here."))
        return redirect("pairing:pair", pk=matter.pk)
    return _show(request, matter, bank, form)


@require_POST
def name(request: Request, pk: UUID) -> HttpResponse:
    """Who it is, when trade and unit are not enough: on this answer only."""
    matter = find_matter(request, pk, "pairing.pair")
    bank = bank_for(matter, at=timezone.now())
    form = OfferForm(None, outside=_those(bank), parts=parts_of(matter))
    # Among those who may be asked only: the press is no way to look anybody else up.
    seen = next(
        (consultant for consultant in bank.outside if str(consultant.pk) == request.POST.get("consultant")), None
    )
    if seen is None:
        return _show(request, matter, bank, form, status=422)
    full_name = actions.see_name(matter, seen, by=request.actor, at=timezone.now())
    return _show(request, matter, bank, form, names={seen.pk: full_name})


def _those(bank: Bank) -> Any:
    return Consultant.objects.filter(pk__in=[consultant.pk for consultant in bank.outside]).select_related("seat")


def _show(
    request: Request, matter: Matter, bank: Bank, form: Any, *, names: dict[UUID, str] | None = None, status: int = 0
) -> HttpResponse:
    standing = in_parts(matter, bank.standing)
    taken = {pairing.part for pairing in standing}
    open_parts = [part for part in parts_of(matter) if part not in taken]
    both = bank.result.two if len(open_parts) > 1 else None
    lines = [_line(bank, candidate, names or {}) for candidate in bank.result.candidates]
    return render(
        request,
        "pairing/pair.html",
        {
            "matter": matter,
            "order": matter.order,
            "standing": standing,
            "open_parts": open_parts,
            "candidates": lines[:FIRST],
            "others": lines[FIRST:],
            "names_other": any(line["name"] for line in lines[FIRST:]),
            "left": bank.result.left,
            "two": both
            and {"why": both.why, "both": [_line(bank, candidate, {}) for candidate in (both.first, both.second)]},
            "names_people": bank.names_people,
            "form": form if form.is_bound else None,
        },
        status=status or (422 if form.is_bound else 200),
    )


def _line(bank: Bank, candidate: Any, names: dict[UUID, str]) -> dict[str, Any]:
    """One who may be asked, as the page shows them."""
    consultant = bank.consultants[candidate.consultant.key]
    reasons = [reason.text for reason in candidate.reasons]
    return {"consultant": consultant, "seat": consultant.seat, "reasons": reasons, "name": names.get(consultant.pk, "")}


def in_parts(matter: Matter, pairings: list[LeadAssignment]) -> list[LeadAssignment]:
    """Who has been asked or has accepted, in the order of the parts."""
    parts = [part.value for part in parts_of(matter)]
    return sorted(pairings, key=lambda pairing: parts.index(pairing.part) if pairing.part in parts else len(parts))


@get_or_post
def offer(request: Request, pk: UUID) -> HttpResponse:
    """What somebody who has been asked may know, and the two answers."""
    pairing = _find_offer(request, pk)
    if request.POST.get("answer") == "accept":
        actions.accept_offer(pairing, by=request.actor, at=timezone.now())
        messages.success(request, _("Thank you. You are in."))
        return redirect(pairing.matter)
    if request.POST.get("answer") == "withdraw":
        actions.withdraw(pairing, by=request.actor, at=timezone.now())
        messages.success(request, _("Thank you for answering. Somebody else is asked."))
        return redirect("desk:today")
    record_reading("pairing:offer", [pairing.matter_id], by=request.actor, at=timezone.now())
    return _show_offer(request, pairing, status=422 if request.method == "POST" else 200)


@require_POST
def names(request: Request, pk: UUID) -> HttpResponse:
    """The people's names, for the one asked to see whether they know them: on this answer only."""
    pairing = _find_offer(request, pk)
    # First of all: the query below finds names only for somebody who is known to have looked.
    actions.open_names(pairing, by=request.actor, at=timezone.now())
    record_reading("pairing:offer-names", [pairing.matter_id], by=request.actor, at=timezone.now())
    people = list(named_to(request.actor).filter(matter=pairing.matter).order_by("side", "position"))
    return _show_offer(request, pairing, people=people)


def _find_offer(request: Request, pk: UUID) -> LeadAssignment:
    # Answered or taken back it is not found: who has refused sees nothing more of the matter.
    pairing = get_object_or_404(LeadAssignment.objects.visible_to(request.actor).offered().for_page(), pk=pk)
    require(request.actor, "pairing.answer_offer", pairing)
    return pairing


def _show_offer(
    request: Request, pairing: LeadAssignment, *, people: list[Member] | None = None, status: int = 200
) -> HttpResponse:
    matter = pairing.matter
    working = Member.objects.filter(matter=matter, side=Side.PROFESSIONAL, seat__isnull=False)
    # Trades and units, by which one mostly knows whether one is outside; names are opened apart, and recorded.
    units = working.with_permission().select_related("seat__unit__sector")
    return render(
        request,
        "pairing/offer.html",
        {
            "pairing": pairing,
            "matter": matter,
            "order": matter.order,
            "roles": [member.seat for member in units if member.seat_id != matter.order.by_id],
            "meeting": MEETING_AHEAD.only(matter),
            "people": people,
            "asks_outside": pairing.part not in CHAIRED,
        },
        status=status,
    )


@get_or_post
def end(request: Request, pk: UUID) -> HttpResponse:
    """What ending means, and the button; for the one who leads and for the coordinator."""
    pairing = get_object_or_404(LeadAssignment.objects.visible_to(request.actor).standing().for_page(), pk=pk)
    require(request.actor, "pairing.end", pairing)
    over = pairing.is_accepted and is_over(pairing.matter)
    record_reading("pairing:end-pairing", [pairing.matter_id], by=request.actor, at=timezone.now())
    if request.method == "POST":
        actions.end_pairing(pairing, by=request.actor, at=timezone.now())
        if request.actor.pk == pairing.seat_id:
            messages.success(request, _ended(over))
            return redirect("desk:today")
        if over:
            messages.success(request, _("The task has ended."))
            return redirect(pairing.matter)
        messages.success(request, _("Ended. Next, ask somebody else."))
        return redirect("pairing:pair", pk=pairing.matter_id)
    is_own = request.actor.pk == pairing.seat_id
    context = {"pairing": pairing, "matter": pairing.matter, "is_own": is_own, "is_over": over}
    return render(request, "pairing/end_pairing.html", context)


def _ended(is_over: bool) -> str:
    if is_over:
        return _("Your task has ended. The coordinator is told of it.")
    return _("Your task has ended. The coordinator finds somebody else.")


@require_POST
def tell_change(request: Request, pk: UUID) -> HttpResponse:
    """The people have been told by telephone who leads instead."""
    to_tell = get_object_or_404(LeadChangeNotice.objects.visible_to(request.actor).for_page(), pk=pk)
    require(request.actor, "pairing.tell", to_tell)
    actions.tell_people(to_tell, by=request.actor, at=timezone.now())
    messages.success(request, _("Written down: the people have been told."))
    return redirect(to_tell.matter)
