"""What waits for an answer, for one seat. Reads all rooms above; how a line looks stands in `lines`."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.desk.coordinators import desk_of
from kudelma.desk.lines import Waiting, led_by, lines, origin
from kudelma.desk.next import AT_THE_TABLE, is_long, waited_since
from kudelma.desk.remembering import Remembered, to_remember
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.meetings.models import Answer, TimeOption
from kudelma.members.models import Member
from kudelma.orders.models import Order
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Role, Seat

ANSWER_STAYS_DAYS = 14
"""How long an answer stands on the orderer's first page."""


def waiting_for(actor: Seat) -> dict[str, Any]:
    """What waits for this seat, as on its first page; for whoever is no coordinator, in one group."""
    if actor.role == Role.COORDINATOR:
        desk = desk_of(actor)
        groups = desk["groups"]
        more = [*_asked(actor), *(_remembered(item) for item in to_remember(actor))]
        groups["now"] = more + groups["now"]
        return desk | {"n_waiting": desk["n_waiting"] + len(more)}
    waiting = _of_consultant(actor) if actor.role == Role.CONSULTANT else _of_worker(actor)
    groups = {"long": [], "new": [], "now": waiting, "others": []}
    return {"groups": groups, "n_waiting": len(waiting), "n_others": 0, "more": False}


def _remembered(item: Remembered) -> Waiting:
    return Waiting(
        number=item.matter.number, text=item.text, detail=origin(item.matter), station=item.matter.station,
        url=item.url, verb=item.verb, since=waited_since(item.since) if item.since else "", is_long=False,
    )  # fmt: skip


def _asked(actor: Seat) -> list[Waiting]:
    """Offers to answer: made to this very seat."""
    # By the seat and not by the matter: whoever has only been asked does not see the matter yet.
    offers = LeadAssignment.objects.filter(seat=actor.pk).offered().for_offers()
    texts = {
        "lead": _("You are asked to lead a conversation"),
        "writer": _("You are asked to write"),
        "chair": _("You are asked to chair a meeting"),
        "secretary": _("You are asked to be the secretary of a meeting"),
    }
    return [
        Waiting(
            number=pairing.matter.number,
            text=texts[pairing.part],
            detail=origin(pairing.matter),
            station=pairing.matter.station,
            url=reverse("pairing:offer", args=[pairing.pk]),
            verb=_("Read and answer"),
            since=waited_since(timezone.localdate(pairing.offered_at)),
            # The days count for this answer only while the matter waits for it: it may have gone on to somebody else.
            is_long=pairing.matter.waits_for == WaitsFor.CONSULTANTS and is_long(pairing.matter),
        )
        for pairing in offers
    ]


def _of_consultant(actor: Seat) -> list[Waiting]:
    """Offers to answer, then meetings to prepare or to lead."""
    steps = [Step.PREPARING, Step.INVITED, Step.MEETING, Step.PLANNING]
    matters = list(Matter.objects.visible_to(actor).open().filter(step__in=steps).for_list())
    return _asked(actor) + lines(matters, actor, "desk:today")


def _of_worker(actor: Seat) -> list[Waiting]:
    """Offers, questions about one's order and answers to it, times to answer, and what one chairs or prepares."""
    recent = timezone.now() - timedelta(days=ANSWER_STAYS_DAYS)
    ordered = list(Matter.objects.filter(order__in=Order.objects.asked_or_answered(actor, since=recent)).for_list())
    about_coming = Answer.objects.filter(meeting=OuterRef("meeting"), member__seat=actor.pk, option=None)
    answered = Answer.objects.filter(option=OuterRef("pk"), member__seat=actor.pk)
    own = Member.objects.filter(seat=actor.pk, answers_times=True)
    # `for_everybody`: no worker is asked as long as the family is asked first.
    unanswered = TimeOption.objects.open(timezone.now()).filter(
        ~Exists(answered), ~Exists(about_coming), matter__members__in=own, matter__step=Step.TIMING, for_everybody=True
    )
    preparing = Q(step=Step.PREPARING, preparation__by=actor.pk, preparation__family_agreed=True)
    led = led_by(actor)
    mine = Q(pk__in=unanswered.values("matter")) | preparing | Q(pk__in=led, step__in=AT_THE_TABLE)
    asking = Matter.objects.visible_to(actor).open().filter(mine).exclude(pk__in=[matter.pk for matter in ordered])
    closed = [_answered(matter) for matter in ordered if not matter.is_open]
    open_ones = [*(matter for matter in ordered if matter.is_open), *asking.for_list()]
    return _asked(actor) + closed + lines(open_ones, actor, "desk:today", led=led)


def _answered(matter: Matter) -> Waiting:
    """An order that was answered otherwise than by a yes: the answer is read on the matter's page."""
    return Waiting(
        number=matter.number,
        text=_("Your order has been answered"),
        detail=origin(matter),
        station=1,
        url=matter.get_absolute_url(),
        verb=_("Read the answer"),
        since="",
        is_long=False,
    )
