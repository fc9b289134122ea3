"""How each queryset of who may see is asked, and which rows the words of `visible.txt` name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kudelma.bank.models import Availability, Consultant
from kudelma.board import models as board
from kudelma.circle import models as circle
from kudelma.feedback.models import Response
from kudelma.matters import models as matters
from kudelma.meetings import models as meetings
from kudelma.members import models as members
from kudelma.methods.models import Method
from kudelma.orders import models as orders
from kudelma.pairing import models as pairing
from kudelma.pairing.leading import named_to
from kudelma.people.models import Account, Message, Seat
from kudelma.plans.models import Plan, PlanRow
from kudelma.preparation import models as preparation
from kudelma.regions.models import ContactPerson, Controller, Sector, Unit
from kudelma.trust.models import Entry

Word = Callable[[Seat], Q]


def of_matter(cast: Any) -> Q:
    return Q(matter=cast.matter.pk)


def of_space(cast: Any) -> Q:
    return Q(space=cast.matter.pk)


def itself(cast: Any) -> Q:
    return Q(pk=cast.matter.pk)


def of_region(cast: Any) -> Q:
    return Q(region=cast.region)


def of_seats(cast: Any) -> Q:
    return Q(seat__region=cast.region)


@dataclass(frozen=True)
class Asked:
    """model: whose rows. within: those of one matter, or of its region for what belongs to no matter.

    words: the rows that a word names, as a seat sees it; `all` and `-` need none.
    ask: for a queryset that has another name than `visible_to`. reads: whether it is made of rows that were read.
    """

    model: Any
    within: Callable[[Any], Q] = of_matter
    words: dict[str, Word] = field(default_factory=dict)
    ask: Callable[[Seat], QuerySet] | None = None
    reads: bool = False

    @property
    def is_of_matter(self) -> bool:
        return self.within in {of_matter, of_space, itself}

    def visible_to(self, seat: Seat | None) -> QuerySet:
        """What the seat sees, of whatever matter."""
        return self.ask(seat) if self.ask else self.model.objects.visible_to(seat)

    def rows(self, cast: Any) -> QuerySet:
        return self.model.objects.filter(self.within(cast))


def whose(*ways: str) -> Word:
    """Rows that one of these ways leads to the seat."""

    def own(seat: Seat) -> Q:
        found = Q()
        for way in ways:
            found |= Q(**{way: seat.pk})
        return found

    return own


def which(rows: Q) -> Word:
    return lambda seat: rows


def _in_matters(model: Any) -> Callable[[Seat], QuerySet]:
    """Its rows in the matters that the seat was found to see."""
    return lambda seat: model.objects.visible_in(list(matters.Matter.objects.visible_to(seat)), seat)


def _agreed(way: str = "") -> Q:
    """Whom the people want along."""
    return Q(**{f"{way}permissions__isnull": False, f"{way}permissions__withdrawn_at": None})


OWN_SEAT = {"own": whose("seat")}
OWN_MEMBER = {"own": whose("member__seat")}
AGREED_SPOT = Q(removed_at=None) & (Q(member=None) | _agreed("member__"))
BOTH_THERE = Q(one__removed_at=None, other__removed_at=None)
UNASKED = Q(one__member__isnull=False, one__member__permissions=None) | Q(
    other__member__isnull=False, other__member__permissions=None
)

ASKED = {
    "Matter": Asked(matters.Matter, itself),
    "Matter.shared_with": Asked(matters.Matter, itself, ask=matters.Matter.objects.shared_with),
    "Order.asked_or_answered": Asked(
        orders.Order, ask=lambda seat: orders.Order.objects.asked_or_answered(seat, since=timezone.now())
    ),
    "OfMatter.visible_in": Asked(orders.Order, ask=_in_matters(orders.Order), reads=True),
    "Draft": Asked(orders.Draft, of_seats),
    "Order": Asked(orders.Order),
    "OrderReply": Asked(orders.OrderReply),
    "Basis": Asked(orders.Basis),
    "Member": Asked(members.Member, words={**OWN_SEAT, "agreed": which(_agreed())}),
    "LeadAssignment.with_names_opened_by": Asked(members.Member, ask=named_to),
    "Permission": Asked(members.Permission, words=OWN_MEMBER),
    "LeadAssignment": Asked(pairing.LeadAssignment, words=OWN_SEAT),
    "LeadAssignment.still_leading": Asked(pairing.LeadAssignment, words=OWN_SEAT,
    ask=pairing.LeadAssignment.objects.still_leading),
    "Undertaking": Asked(pairing.Undertaking, words={"own": whose("pairing__seat")}),
    "LeadChangeNotice": Asked(pairing.LeadChangeNotice),
    "Preparation": Asked(preparation.Preparation),
    "ForPreparers.visible_in": Asked(
        preparation.Preparation, ask=_in_matters(preparation.Preparation), reads=True
    ),
    "Consent": Asked(members.Consent),
    "Judgement": Asked(members.Judgement),
    "Safety": Asked(members.Safety, words=OWN_MEMBER),
    "ChildPage": Asked(
        preparation.ChildPage,
        words={**OWN_MEMBER, "let": which(~Q(shown_to="me")), "open": which(Q(shown_to="everybody"))},
    ),
    "Introduction": Asked(preparation.Introduction),
    "Spot": Asked(circle.Spot, words={"agreed": which(AGREED_SPOT)}),
    "Tie": Asked(circle.Tie, words={"there": which(BOTH_THERE), "agreed": which(BOTH_THERE & ~UNASKED)}),
    "Meeting": Asked(meetings.Meeting),
    "Meeting.visible_in": Asked(meetings.Meeting, ask=_in_matters(meetings.Meeting), reads=True),
    "TimeOption": Asked(meetings.TimeOption),
    "Answer": Asked(meetings.Answer, words=OWN_MEMBER),
    "Call": Asked(meetings.Call, words=OWN_MEMBER),
    "Reminder": Asked(meetings.Reminder, words=OWN_MEMBER),
    "Invitation": Asked(meetings.Invitation, words={"own": whose("member__seat", "pairing__seat")}),
    "Postponement": Asked(meetings.Postponement),
    "WishToStop": Asked(meetings.WishToStop, words=OWN_MEMBER),
    "Sitting": Asked(meetings.Sitting),
    "Attendance": Asked(meetings.Attendance, words=OWN_MEMBER),
    "Board": Asked(board.Board),
    "Voice": Asked(board.Voice),
    "Turn": Asked(board.Turn),
    "Line": Asked(
        board.Line,
        words={"own": whose("voice__member__seat"), "room": lambda seat: Q(nodded=True) | Q(voice__member__seat=seat)},
    ),
    "Plan": Asked(Plan),
    "Plan.visible_in": Asked(Plan, ask=_in_matters(Plan), reads=True),
    "PlanRow": Asked(PlanRow),
    "Entry": Asked(Entry, of_space),
    "Message": Asked(Message, of_space, OWN_SEAT),
    "Account": Asked(Account, lambda cast: Q(seats__region=cast.region), {"own": whose("seats")}),
    "Seat": Asked(Seat, of_region, {"own": whose("pk"), "staff": which(Q(account__isnull=False))}),
    "Consultant": Asked(Consultant, of_seats, OWN_SEAT),
    "Availability": Asked(Availability, of_seats, OWN_SEAT),
    "ContactPerson": Asked(ContactPerson, of_region),
    "Controller": Asked(Controller, of_region),
    "Sector": Asked(Sector, of_region),
    "Unit": Asked(Unit, of_region),
    "Method": Asked(Method, of_region),
    "Response": Asked(Response, of_region),
}  # fmt: skip
