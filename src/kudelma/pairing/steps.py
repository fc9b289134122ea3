"""Who leads a matter, what comes of it for them, and what is to do until two of them are found."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.matters.page import FACTS, Fact, NextStep, Rank, Shown, next_step_of
from kudelma.matters.waiting import (
    HOLDERS,
    ORIGIN,
    REMINDERS,
    WAITS_FOR,
    Holder,
    Remembered,
    Reminder,
    is_long,
    turn_of,
)  # fmt: skip
from kudelma.pairing.models import PAIR, LeadAssignment, LeadChangeNotice
from kudelma.people.models import Role
from kudelma.people.today import WAITS, Waiting, waited_since

AT_THE_TABLE = [Step.INVITED, Step.MEETING, Step.PLANNING]
"""When whoever leads is next, in whatever role."""
OF_A_PAIR = [Step.PREPARING, Step.TIMING, Step.INVITING, Step.INVITED, Step.MEETING]
OF_A_CHAIR = [Step.TIMING, Step.INVITING, Step.INVITED, Step.MEETING]
"""From when on a chair and a secretary should be known; before that they are a part of preparing."""


@FACTS
@Fact
def led(actor: Any) -> Any:
    """The matters that the actor chairs, or is secretary of; a consultant leads all that they see."""
    if actor.role not in {Role.WORKER, Role.COORDINATOR}:
        return None
    return Exists(LeadAssignment.objects.still_leading(actor).filter(matter=OuterRef("pk")))


def leads(matter: Matter, shown: Shown) -> bool:
    return shown.actor.role == Role.CONSULTANT or shown.is_so(led, matter)


@next_step_of(Rank.LEADING, Step.PAIRING)
def wait_for_other(matter: Matter, shown: Shown) -> NextStep | None:
    return NextStep(_("Looking for the other one of you")) if shown.actor.role == Role.CONSULTANT else None


@next_step_of(Rank.COORDINATING, Step.PAIRING)
def choose(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(
        _("Looking for two to lead the conversation"),
        _("Those asked have not answered yet.") if matter.waits_for == WaitsFor.CONSULTANTS else "",
        reverse("pairing:pair", args=[matter.pk]),
        _("Choose the two"),
    )


@next_step_of(Rank.STANDING, Step.PAIRING)
def wait_for_both(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("Two people are being found to lead the conversation"))


@WAITS_FOR
def for_those_who_lead(actor: Any) -> Q | None:
    if actor.role == Role.CONSULTANT:
        return Q(step__in=[Step.PREPARING, *AT_THE_TABLE])  # leads all that they see
    if actor.role in {Role.WORKER, Role.COORDINATOR}:
        return Q(pk__in=LeadAssignment.objects.still_leading(actor).values("matter"), step__in=AT_THE_TABLE)
    return None


@WAITS
def offers(actor: Any) -> list[Waiting]:
    """Offers to answer: made to this very seat."""
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
            detail=ORIGIN.only(pairing.matter),
            station=pairing.matter.station,
            url=reverse("pairing:offer", args=[pairing.pk]),
            verb=_("Read and answer"),
            since=waited_since(timezone.localdate(pairing.offered_at)),
            # The days count for this answer only while the matter waits for it: it may have gone on to somebody else.
            is_long=pairing.matter.waits_for == WaitsFor.CONSULTANTS and is_long(pairing.matter),
        )
        # By the seat and not by the matter: whoever has only been asked does not see the matter yet.
        for pairing in LeadAssignment.objects.filter(seat=actor.pk).offered().for_offers()
    ]


def _lacking(actor: Any) -> dict[str, Any]:
    standing = Q(pairings__withdrew_at=None, pairings__ended_at=None, pairings__isnull=False)
    return {"n_standing": Count("pairings", filter=standing), "ended": Max("pairings__ended_at")}


def _missing(matter: Any) -> Remembered:
    if matter.is_chaired:
        page, text = "pairing:chair", _("The meeting has no chair or no secretary")
    else:
        page, text = "pairing:pair", _("One of those who lead cannot come")
    return Remembered(text, reverse(page, args=[matter.pk]), _("Ask somebody else"), _ended(matter))


REMINDERS(
    Reminder(
        rank=4,
        annotations=_lacking,
        holds=Q(n_standing__lt=len(PAIR))
        & (Q(method__leading="pair", step__in=OF_A_PAIR) | Q(method__leading="chair", step__in=OF_A_CHAIR)),
        tell=_missing,
    )
)
REMINDERS(
    Reminder(
        rank=5,
        annotations=lambda actor: {
            "is_led_anew": Exists(LeadChangeNotice.objects.visible_to(actor).open().filter(matter=OuterRef("pk")))
        },
        holds=Q(is_led_anew=True),
        tell=lambda matter: Remembered(
            _("Somebody else leads: tell the people"), matter.get_absolute_url(), _("See who"), _ended(matter)
        ),
    )
)


def _ended(matter: Any) -> date | None:
    """The day on which somebody last led no more."""
    return timezone.localdate(matter.ended) if matter.ended else None


def not_answered_or_leading(matters: list[Matter], actor: Any) -> dict[UUID, str]:
    """Consultants who have not answered an offer; or the two who lead."""
    names: dict[UUID, list[str]] = {matter.pk: [] for matter in matters}
    answered = {matter.pk: matter.waits_for == WaitsFor.PAIR for matter in matters}
    standing = LeadAssignment.objects.visible_to(actor).filter(matter__in=matters).standing()
    for pairing in standing.select_related("seat__account", "undertaking").order_by("part", "pk"):
        # While one has not answered, the other who has said yes keeps nobody waiting.
        if pairing.is_accepted == answered[pairing.matter_id] and pairing.seat.account:
            names[pairing.matter_id].append(pairing.seat.account.name)
    return {matter: turn_of(*consultants) for matter, consultants in names.items() if consultants}


HOLDERS(Holder(frozenset({WaitsFor.CONSULTANTS, WaitsFor.PAIR}), not_answered_or_leading))
