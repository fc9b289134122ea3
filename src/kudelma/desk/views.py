"""First pages, lists, and the page of one matter."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kudelma.bank.models import Consultant
from kudelma.board.models import Line
from kudelma.core.http import Request, get_or_post, render_form
from kudelma.core.rules import may, require
from kudelma.core.times import part_of_day
from kudelma.desk.finding import find
from kudelma.desk.forms import FindForm
from kudelma.desk.lines import asked_for_feedback, lines
from kudelma.desk.next import next_step
from kudelma.desk.paging import Pages
from kudelma.desk.sorting import Sorting
from kudelma.desk.waiting import waiting_for
from kudelma.desk.wishes import wishes_in
from kudelma.matters.models import Kind, Matter
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.meetings.actions.postponing import BEFORE_THE_MEETING
from kudelma.meetings.models import Coming, Invitation, Meeting, WishToStop
from kudelma.meetings.question import question
from kudelma.members.models import Member
from kudelma.orders.models import Draft, OrderReply
from kudelma.pairing.leading import leader_rows, leaders, leading, untold_changes
from kudelma.pairing.models import LeadAssignment
from kudelma.people import identity
from kudelma.people.doors import for_participant
from kudelma.people.models import Message, Role, Seat, SeenTo
from kudelma.plans.models import Plan, PlanRow
from kudelma.preparation.views.who_comes import introduce
from kudelma.trust.models import Entry, Retention

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
    context |= waiting_for(actor)
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
    actor = request.actor
    is_consultation = matter.kind == Kind.CONSULTATION
    meeting = None if is_consultation else _present(Meeting.objects.visible_to(actor), matter)
    has_begun = meeting is not None and meeting.opened_at is not None
    gives_feedback = bool(meeting and has_begun and asked_for_feedback(actor, [meeting]))
    has_met = meeting is not None and meeting.people_have_met
    plan = Plan.objects.visible_to(actor).filter(matter=matter).newest() if has_met else None
    # In words here, to ask the database once less: this page is held to twelve questions.
    sees_order = actor.role == Role.COORDINATOR or matter.order.by_id == actor.pk  # `OrderQuerySet.visible_to` for one
    prepares = may(actor, "matters.prepare", matter)
    # With a permission only: of somebody whom the people do not want, nothing here tells that it was considered.
    members = list(Member.objects.visible_to(actor).filter(matter=matter).with_permission())
    pairings = leaders(matter)
    leads = leader_rows(pairings)
    introduce(matter, actor, members, leads)
    wish = wishes_in([matter], actor).get(matter.pk, "")
    is_among = actor.pk in {lead["seat"] for lead in leads}
    own = LeadAssignment.objects.still_leading(actor).filter(matter=matter).first() if is_among else None
    introduces = matter.is_open and (own is not None or actor.pk in {member.seat_id for member in members})
    return render(
        request,
        "desk/matter.html",
        {
            "matter": matter,
            "step": next_step(
                matter, actor, meeting, plan, gives_feedback=gives_feedback, wish=wish, leads=own is not None
            ),
            "order": matter.order if sees_order else None,
            "replies": OrderReply.objects.visible_to(actor).filter(matter=matter).for_list() if sees_order else [],
            "meeting": meeting,
            "plan": plan,
            "has_board": has_begun and own is not None,
            "members": members,
            "leads": leads,
            "own_part": own if own and matter.is_open else None,
            "changes": untold_changes(matter, pairings, actor),
            "is_along": actor.role != Role.WORKER or bool(members) or prepares,
            "retention": Retention.objects.filter(space=matter.pk).first() if matter.closed_at else None,
            "may_prepare": prepares,
            "may_read_preparation": not is_consultation and (prepares or may(actor, "preparation.read", matter)),
            "may_introduce": introduces,
            "may_pair": may(actor, "pairing.pair", matter) and not matter.is_chaired,
            "may_propose_chair": may(actor, "pairing.propose_chair", matter),
            "may_arrange": may(actor, "meetings.arrange", matter),
            "undelivered": _undelivered(actor, matter),
            "seen_to": [SeenTo.OTHER_WAY, SeenTo.PHONED],
        }
        | _of_invitations(actor, matter),
    )


def _of_invitations(actor: Seat, matter: Matter) -> dict[str, Any]:
    """For the coordinator: whose calendar has answered that they cannot come, and whether somebody is not told."""
    if actor.role != Role.COORDINATOR:
        return {"declined": [], "has_untold": False}
    standing = Invitation.objects.visible_to(actor).standing().filter(matter=matter, meeting__held_at=None)
    standing = standing.annotate(is_untold=Exists(Invitation.objects.untold().filter(pk=OuterRef("pk"))))
    rows = list(standing.filter(Q(reply=Coming.DECLINED) | Q(is_untold=True)).for_page())
    declined = [row for row in rows if row.reply == Coming.DECLINED]
    return {
        "declined": [row.member.name if row.member else row.pairing.seat.name for row in declined],
        "has_untold": any(row.is_untold for row in rows),
    }


def _undelivered(actor: Seat, matter: Matter) -> list[tuple[str, Message]]:
    """[(to whom, message)]: what did not arrive and nobody has seen to, the newest of each, for the coordinator.

    Nobody is told anything of a matter that is closed.
    """
    if actor.role != Role.COORDINATOR or not matter.is_open:
        return []
    open_ones = Message.objects.visible_to(actor).undelivered().filter(space=matter.pk).order_by("made_at", "pk")
    newest = {message.seat_id: message for message in open_ones.select_related("seat__account")}
    members = Member.objects.visible_to(actor).filter(seat__in=newest).select_related("matter") if newest else []
    names = {member.seat_id: member.name for member in members}
    return [(names.get(key) or str(message.seat.name), message) for key, message in newest.items()]


@for_participant(level=1)
@require_GET
def own(request: Request) -> HttpResponse:
    """A participant's first page: where we are, the one thing to do, and then what one may see."""
    actor = request.actor
    member = find_of_matter(request, Member.objects.visible_to(actor), seat=actor)
    matter = member.matter
    meeting = _present(Meeting.objects.visible_to(actor), matter)
    is_known_surely = actor.level >= 2
    context: dict[str, Any] = {
        "matter": matter,
        "member": member,
        "meeting": meeting,
        "question": question(meeting, member, timezone.now()) if meeting and meeting.chosen_at is None else None,
        "sees_theme": member.sees("theme"),
        "sees_people": member.sees("people"),
        # A link may lie on a phone that somebody else reads: there the place shows only when that was agreed.
        "sees_place": is_known_surely or (meeting is not None and meeting.place_shown),
        "has_child_page": is_known_surely and member.is_child,
        "can_identify": not is_known_surely and identity.is_possible(),
        "may_stop": matter.step in BEFORE_THE_MEETING,
        "is_invited": False,
        "has_wished_to_stop": False,
        "gives_feedback": False,
    }
    if matter.step in BEFORE_THE_MEETING:
        invited_now = Invitation.objects.visible_to(actor).standing().filter(member=member, meeting__held_at=None)
        context["is_invited"] = invited_now.exists()
        context["has_wished_to_stop"] = WishToStop.objects.visible_to(actor).open().filter(member=member).exists()
    if is_known_surely:
        context |= {"leads": leading(matter)} | _of_one_known(actor, matter, meeting)
    return render(request, "desk/own.html", context)


def _of_one_known(actor: Seat, matter: Matter, meeting: Meeting | None) -> dict[str, Any]:
    """What is shown only when it is known for sure who looks."""
    # Before people have met there is nothing of theirs yet: nothing to ask the database for.
    if meeting is not None and not meeting.people_have_met:
        return {"lines": [], "plan": None, "rows": []}
    plan = Plan.objects.visible_to(actor).filter(matter=matter).newest()
    return {
        "lines": Line.objects.visible_to(actor).filter(voice__member__seat=actor).select_related("question"),
        "plan": plan,
        # Of that plan alone: what was agreed before it may have been let go.
        "rows": PlanRow.objects.visible_to(actor).filter(plan=plan, member__seat=actor) if plan else [],
        "gives_feedback": meeting is not None and bool(asked_for_feedback(actor, [meeting])),
    }


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


def _present(meetings: Any, matter: Matter) -> Meeting | None:
    """The present meeting of the matter; it knows its matter."""
    meeting = meetings.present().filter(matter=matter).first()
    if meeting is not None:
        meeting.matter = matter
    return meeting
