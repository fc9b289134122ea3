"""First pages, lists, and the page of one matter."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kudelma.bank.models import Consultant
from kudelma.core.http import Request
from kudelma.core.rules import may, require
from kudelma.core.times import part_of_day
from kudelma.desk.next import next_step
from kudelma.desk.waiting import asked_for_feedback, lines, waiting_for
from kudelma.matters.models import Kind, Matter, Member, Order, Reply
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.matters.views.people import leading
from kudelma.meetings.actions.postponing import BEFORE_THE_MEETING
from kudelma.meetings.models import Answer, Coming, Invitation, Line, Meeting, WishToStop
from kudelma.people import identity
from kudelma.people.doors import for_participant
from kudelma.people.models import Role, Seat
from kudelma.plans.models import Plan, Row
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
    groups = waiting_for(actor)
    context |= {"groups": groups, "n_waiting": sum(len(group) for group in groups.values())}
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
def matters(request: Request) -> HttpResponse:
    """All matters that the seat may see, newest first, fifty to a page."""
    require(request.actor, "desk.list_matters")
    found = Paginator(Matter.objects.visible_to(request.actor).for_list(), PAGE)
    shown = found.get_page(request.GET.get("page"))
    told = lines(list(shown.object_list), request.actor, "desk:matters")
    return render(request, "desk/matters.html", {"lines": told, "page": shown})


@require_GET
def matter(request: Request, pk: UUID) -> HttpResponse:
    """The page of one matter: where it is, the one next step, and what this seat may know."""
    found = find_matter(request, pk)
    actor = request.actor
    is_consultation = found.kind == Kind.CONSULTATION
    meeting = None if is_consultation else _newest(Meeting.objects.visible_to(actor), found)
    has_begun = meeting is not None and meeting.opened_at is not None
    gives_feedback = bool(meeting and has_begun and asked_for_feedback(actor, [meeting]))
    plan = Plan.objects.visible_to(actor).filter(matter=found).first() if has_begun else None
    sees_order = Order.objects.visible_to(actor).filter(matter=found).exists()
    members = list(Member.objects.visible_to(actor).filter(matter=found))
    return render(
        request,
        "desk/matter.html",
        {
            "matter": found,
            "step": next_step(found, actor, meeting, plan, gives_feedback=gives_feedback),
            "order": found.order if sees_order else None,
            "replies": Reply.objects.filter(matter=found).exclude(text=b"") if sees_order and is_consultation else [],
            "meeting": meeting,
            "plan": plan,
            "has_board": has_begun and actor.role == Role.CONSULTANT,
            "members": members,
            "leads": leading(found),
            "is_along": actor.role != Role.WORKER or bool(members),
            "retention": Retention.objects.filter(matter=found.pk).first() if found.closed_at else None,
            "may_prepare": may(actor, "matters.prepare", found),
            "may_pair": may(actor, "matters.pair", found),
            "may_arrange": may(actor, "meetings.arrange", found),
            "declined": _declined(actor, found),
        },
    )


def _declined(actor: Seat, found: Matter) -> Any:
    """Those whose calendar has answered that they cannot come, for the coordinator."""
    if actor.role != Role.COORDINATOR:
        return []
    standing = Invitation.objects.visible_to(actor).standing().filter(matter=found, reply=Coming.DECLINED)
    return [one.member.name if one.member else one.seat.name for one in standing.for_page()]


@for_participant(level=1)
@require_GET
def own(request: Request) -> HttpResponse:
    """A participant's first page: where we are, the one thing to do, and then what one may see."""
    actor = request.actor
    member = find_of_matter(request, Member.objects.visible_to(actor), seat=actor)
    found = member.matter
    meeting = _newest(Meeting.objects.visible_to(actor), found)
    context: dict[str, Any] = {
        "matter": found,
        "member": member,
        "meeting": meeting,
        "asks_time": meeting is not None and meeting.chosen_at is None and _is_unanswered(meeting, member),
        "can_identify": actor.level < 2 and identity.is_possible(),
        "is_invited": Invitation.objects.visible_to(actor).standing().filter(member=member).exists(),
        "has_times": meeting is not None and meeting.options.exists(),  # type: ignore[attr-defined]
        "may_stop": found.step in BEFORE_THE_MEETING,
        "has_wished_to_stop": WishToStop.objects.visible_to(actor).open().filter(member=member).exists(),
    }
    if actor.level >= 2:
        context |= _of_one_known(actor, found, meeting)
    return render(request, "desk/own.html", context)


def _of_one_known(actor: Seat, found: Matter, meeting: Meeting | None) -> dict[str, Any]:
    """What is shown only when it is known for sure who looks."""
    if meeting is None or meeting.opened_at is None:
        return {}
    return {
        "lines": Line.objects.visible_to(actor).filter(voice__member__seat=actor).select_related("question"),
        "plan": Plan.objects.visible_to(actor).filter(matter=found).first(),
        "row": Row.objects.visible_to(actor).filter(member__seat=actor).first(),
        "gives_feedback": bool(asked_for_feedback(actor, [meeting])),
    }


@for_participant(level=2)
@require_GET
def openings(request: Request) -> HttpResponse:
    """Which professionals opened the matter or let somebody in, each day once, by name and trade."""
    matter = find_matter(request, request.actor.matter)  # type: ignore[arg-type]
    told = list(Entry.objects.visible_to(request.actor).openings_by_professionals())
    seats = Seat.objects.filter(pk__in={one["seat"] for one in told}).select_related("account", "unit").in_bulk()
    rows = [one | {"seat": seats[one["seat"]]} for one in told]
    return render(request, "desk/openings.html", {"matter": matter, "openings": rows})


def _newest(meetings: Any, matter: Matter) -> Meeting | None:
    """The meeting of the matter that was agreed on last; it knows its matter."""
    meeting = meetings.filter(matter=matter).order_by("-chosen_at").first()
    if meeting is not None:
        meeting.matter = matter
    return meeting


def _is_unanswered(meeting: Meeting, member: Member) -> bool:
    options = meeting.options.count()  # type: ignore[attr-defined]
    answers = Answer.objects.filter(meeting=meeting, member=member)
    return member.answers_times and answers.count() < options and not answers.filter(option=None).exists()
