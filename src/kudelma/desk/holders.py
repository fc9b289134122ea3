"""With whom a matter is now, when it is not the coordinator's turn: those who work by name, people by number only."""

from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kudelma.matters.models import Matter, WaitsFor
from kudelma.meetings.models import Answer
from kudelma.members.models import Member
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat

OTHERS = [WaitsFor.ORDERER, WaitsFor.CONSULTANTS, WaitsFor.PEOPLE, WaitsFor.PAIR]
"""Everybody but the coordinator who can keep a matter waiting."""


def holders(matters: list[Matter], actor: Seat) -> dict[UUID, str]:
    """{matter: with whom it is}, in 2 queries. matters: with the account of who ordered."""
    by_pair = [matter for matter in matters if matter.waits_for in {WaitsFor.CONSULTANTS, WaitsFor.PAIR}]
    by_people = [matter for matter in matters if matter.waits_for == WaitsFor.PEOPLE]
    by_orderer = [matter for matter in matters if matter.waits_for == WaitsFor.ORDERER]
    return _pair(by_pair, actor) | _people(by_people, actor) | {matter.pk: _orderer(matter) for matter in by_orderer}


def _pair(matters: list[Matter], actor: Seat) -> dict[UUID, str]:
    """Consultants who have not answered an offer; or the two who lead."""
    if not matters:
        return {}
    names: dict[UUID, list[str]] = {matter.pk: [] for matter in matters}
    answered = {matter.pk: matter.waits_for == WaitsFor.PAIR for matter in matters}
    standing = LeadAssignment.objects.visible_to(actor).filter(matter__in=matters).standing()
    for pairing in standing.select_related("seat__account", "undertaking").order_by("part", "pk"):
        # While one has not answered, the other who has said yes keeps nobody waiting.
        if pairing.is_accepted == answered[pairing.matter_id] and pairing.seat.account:
            names[pairing.matter_id].append(pairing.seat.account.name)
    return {matter: _turn(*consultants) for matter, consultants in names.items() if consultants}


def _people(matters: list[Matter], actor: Seat) -> dict[UUID, str]:
    """How many of those who are asked about times have not answered: a number, and no name."""
    if not matters:
        return {}
    answered = Answer.objects.filter(matter__in=matters, meeting__chosen_at=None).values("member")
    silent = (
        Member.objects.visible_to(actor)
        .filter(matter__in=matters, answers_times=True)
        .with_permission()
        .exclude(pk__in=answered)
        .order_by()
        .values_list("matter")
        .annotate(n=Count("pk"))
    )
    return {
        matter: ngettext("{n} person has not answered yet", "{n} people have not answered yet", n).format(n=n)
        for matter, n in silent
    }


def _orderer(matter: Matter) -> str:
    account = matter.order.by.account
    return _turn(account.name) if account else ""


def _turn(*names: str) -> str:
    return _("It is the turn of {names}").format(names=", ".join(names))
