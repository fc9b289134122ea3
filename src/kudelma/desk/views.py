"""First pages, lists, and the page of one matter."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kudelma.bank.models import Consultant
from kudelma.core.http import Request, get_or_post, render_form
from kudelma.core.rules import may, require
from kudelma.core.times import part_of_day
from kudelma.desk.finding import find
from kudelma.desk.forms import FindForm
from kudelma.desk.lines import lines
from kudelma.desk.paging import Pages
from kudelma.desk.sorting import Sorting
from kudelma.desk.waiting import waiting_for
from kudelma.matters.models import Matter
from kudelma.matters.page import Shown, cards, next_step, own_cards
from kudelma.matters.panels import is_along
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.members.models import Member
from kudelma.members.panels import own_member
from kudelma.orders.models import Draft
from kudelma.people.doors import for_participant
from kudelma.people.models import Role, Seat
from kudelma.people.today import COMING
from kudelma.trust.models import Entry

PAGE = 50


@require_GET
def today(request: Request) -> HttpResponse:
    """What waits for this seat. The steering group and the administrator have no matter on theirs."""
    actor = request.actor
    if actor.role == Role.ADMINISTRATOR:
        return redirect("regions:settings")
    context: dict[str, Any] = {"greeting": part_of_day(timezone.now()), "first_name": actor.account.first_name}  # type: ignore[union-attr]
    if actor.role == Role.STEERING:
        return render(request, "desk/steering.html", context | _region_in_short(actor))
    context |= waiting_for(actor) | {"coming": [event for coming in COMING for event in coming(actor)]}
    may_order = may(actor, "orders.begin")
    context |= {
        "may_order": may_order,
        "drafts": Draft.objects.visible_to(actor).begun() if may_order else [],
        "may_find": may(actor, "desk.find"),
        "is_coordinator": actor.role == Role.COORDINATOR,
    }
    return render(request, "desk/today.html", context)


def _region_in_short(actor: Seat) -> dict[str, Any]:
    """What the steering group may see now: who works for the network, no matters and no families."""
    now = timezone.localdate()
    return {
        "region": actor.region,
        "n_consultants": Consultant.objects.filter(seat__region=actor.region_id).current(now).count(),
        "coordinators": Seat.objects.current(now).filter(region=actor.region_id, role=Role.COORDINATOR).for_list(),
    }


@require_GET
def matter_list(request: Request) -> HttpResponse:
    """All matters that the seat may see, fifty to a page, sorted and narrowed as the address says."""
    actor = request.actor
    require(actor, "desk.list_matters")
    sorting = Sorting.read(request.GET)
    pages = Pages(sorting.of(Matter.objects.visible_to(actor).for_list(), actor), PAGE)
    # A page that is not there is the first or the last one: matters come and go while somebody reads.
    shown = pages.get_page(request.GET.get("page"))
    rows = lines(list(shown.object_list), actor, "desk:matters", tells_time=sorting.sort == "meeting")
    context = {
        "lines": rows, "page": shown, "choices": sorting.choices(), "query": sorting.query,
        "may_find": may(actor, "desk.find"),
    }  # fmt: skip
    return render(request, "desk/matters.html", context)


@get_or_post
def finding(request: Request) -> HttpResponse:
    """A matter by its number, unit, consultant or caller. What is looked for is sent, so that no address holds it."""
    actor = request.actor
    require(actor, "desk.find")
    form = FindForm(request.POST or None)
    context: dict[str, Any] = {"has_looked": form.is_valid()}
    if form.is_valid():
        matters, context["more"] = find(form.cleaned_data["words"], by=actor, at=timezone.now())
        pairs = zip(matters, lines(matters, actor, "desk:finding"), strict=True)
        # Not its next step: whoever answers the telephone is not to be offered «Close the matter» beside the number.
        context["lines"] = [replace(line, url=matter.get_absolute_url(), verb=_("Open")) for matter, line in pairs]
    return render_form(request, "desk/finding.html", context, form=form)


@require_GET
def matter_page(request: Request, pk: UUID) -> HttpResponse:
    """The page of one matter: where it is, the one next step, and what this seat may know."""
    matter = find_matter(request, pk)
    shown = Shown([matter], request.actor, is_page=True)
    context = {
        "matter": matter,
        "is_along": is_along(matter, shown),
        "step": next_step(matter, shown),
        "cards": cards(matter, shown),
    }
    return render(request, "desk/matter.html", context)


@for_participant(level=1)
@require_GET
def own(request: Request) -> HttpResponse:
    """A participant's first page: where we are, the one thing to do, and then what one may see."""
    matter = find_matter(request, request.actor.space)  # type: ignore[arg-type]
    shown = Shown([matter], request.actor, is_page=True)
    context = {"matter": matter, "member": shown.read(own_member), "cards": own_cards(matter, shown)}
    return render(request, "desk/own.html", context)


@for_participant(level=2)
@require_GET
def openings(request: Request) -> HttpResponse:
    """Which professionals opened the matter or let somebody in, each day once, by name and trade."""
    own = find_of_matter(request, Member.objects.visible_to(request.actor), seat=request.actor)
    if not own.sees("people"):
        raise Http404  # it names those who work with the matter
    # By professionals alone: that one of the family has looked is never shown to another.
    entries = list(Entry.objects.visible_to(request.actor).openings_by_professionals())
    seats = Seat.objects.filter(pk__in={entry["seat"] for entry in entries}).select_related("account", "unit").in_bulk()
    rows = [entry | {"seat": seats[entry["seat"]]} for entry in entries]
    return render(request, "desk/openings.html", {"matter": own.matter, "openings": rows})
