"""What the bank's matching is told about a matter and about its consultants, as plain values.

The families are never looked up: only units and accounts of those who work here, and the days of pairings.
The languages its people speak are read only for a list that is shown, with the matter's words open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from kudelma.bank import matching
from kudelma.bank.models import Availability, Consultant
from kudelma.matters.models import Matter, Step
from kudelma.members.models import Member
from kudelma.methods.models import Side
from kudelma.orders.models import Order
from kudelma.pairing.ahead import HOURS_AHEAD
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat

LANGUAGES = {
    "fi": ("suom", "finsk", "finnish"),
    "sv": ("ruotsi", "svensk", "swedish"),
    "en": ("englan", "engelsk", "english"),
}
"""Beginnings of words by which an order names the languages that the bank knows."""
INTERPRETER = ("tulk", "tolk", "interpret")


@dataclass(frozen=True)
class Bank:
    """The bank as one matter sees it.

    standing: who has been asked here or has accepted. names_people: whether anybody of the family is written
    down, so that those asked can see whether they know them.
    """

    result: matching.MatchResult
    consultants: dict[UUID, Consultant]
    standing: list[LeadAssignment]
    names_people: bool

    @property
    def outside(self) -> list[Consultant]:
        return [self.consultants[candidate.consultant.key] for candidate in self.result.candidates]


def bank_for(matter: Matter, *, at: datetime, in_words: bool = True) -> Bank:
    """Who may be asked, in order and with reasons, and how many not; in 6 queries whatever their number.

    in_words: False when only who may be asked matters; then no sealed word is read.
    """
    members = list(Member.objects.filter(matter=matter).select_related("seat"))
    sought = _sought(matter, members, at, *(_languages(matter, members) if in_words else (frozenset(), False)))
    today = timezone.localdate(at)
    free = Prefetch("seat__availabilities", Availability.objects.coming(at), to_attr="free")
    current = Consultant.objects.filter(seat__region=matter.region_id).current(today).for_list().prefetch_related(free)
    consultants = {consultant.pk: consultant for consultant in current}
    accounts = {consultant.seat.account_id for consultant in consultants.values()}
    work: dict[Any, set[matching.Work]] = {}
    # Seats that have ended too: whoever has worked in a unit is not outside of it.
    held = Seat.objects.filter(account__in=accounts, unit__isnull=False)
    for account, unit, leads in held.values_list("account", "unit", "leads"):
        work.setdefault(account, set()).add(matching.Work(unit, leads))
    pairings = _pairings(accounts, sought.accounts, matter)
    past: dict[Any, list[Any]] = {}
    for pairing in pairings:
        past.setdefault(pairing.seat.account_id, []).append(pairing)
    listed = [
        _listed(
            consultant, work.get(consultant.seat.account_id, set()), past.get(consultant.seat.account_id, []), matter
        )
        for consultant in consultants.values()
    ]
    names_people = any(member.side != Side.PROFESSIONAL for member in members)
    return Bank(matching.find(listed, sought), consultants, _standing(pairings, consultants, matter), names_people)


def _standing(pairings: list[Any], consultants: dict[UUID, Consultant], matter: Matter) -> list[LeadAssignment]:
    """Those of this matter that stand, each with its account."""
    here = [pairing for pairing in pairings if pairing.matter_id == matter.pk and _stands(pairing)]
    for pairing in here:
        if pairing.seat_id in consultants:
            pairing.seat = consultants[pairing.seat_id].seat
    return here


def _languages(matter: Matter, members: list[Member]) -> tuple[frozenset[str], bool]:
    """What the people speak, by the order's words and by what is known of each; and whether an interpreter comes."""
    wording = matter.order.languages.casefold()
    people = [member for member in members if member.side != Side.PROFESSIONAL]
    spoken = {language for language, words in LANGUAGES.items() if any(word in wording for word in words)}
    # Easy Finnish is Finnish to the bank.
    spoken |= {member.language[:2] for member in people}
    interpreted = any(word in wording for word in INTERPRETER) or any(member.interpreter for member in people)
    return frozenset(spoken), interpreted


def _sought(
    matter: Matter, members: list[Member], at: datetime, languages: frozenset[str], has_interpreter: bool
) -> matching.MatchRequest:
    order = matter.order
    seats = [member.seat for member in members if member.seat is not None]
    return matching.MatchRequest(
        on=timezone.localdate(at),
        # Whoever is disqualified may neither take part nor be present (Act 434/2003, sections 27 and 28).
        units=_known([*(seat.unit_id for seat in seats), order.unit_id, order.by.unit_id]),
        accounts=_known([*(seat.account_id for seat in seats), order.by.account_id]),
        languages=languages,
        has_interpreter=has_interpreter,
        times=tuple(HOURS_AHEAD.only(matter)),
        municipality=order.unit.municipality if order.unit else "",
    )


def _known(ids: Iterable[UUID | None]) -> frozenset[UUID]:
    return frozenset(pk for pk in ids if pk is not None)


def _pairings(accounts: set[Any], involved: frozenset[UUID], matter: Matter) -> list[Any]:
    """Those of these accounts in whatever matter, and all of this one. has_met: some involved here were along there."""
    involved_members = Member.objects.filter(matter=OuterRef("matter"), seat__account__in=involved)
    ordered = Order.objects.filter(matter=OuterRef("matter"), by__account__in=involved)
    return list(
        LeadAssignment.objects.filter(Q(seat__account__in=accounts) | Q(matter=matter))
        .select_related("matter", "undertaking", "seat")
        .annotate(has_met=Q(Exists(involved_members)) | Q(Exists(ordered)))
    )


def _listed(consultant: Consultant, work: set[matching.Work], past: list[Any], matter: Matter) -> matching.Listed:
    seat: Any = consultant.seat
    here = [pairing for pairing in past if pairing.matter_id == matter.pk]
    others = [pairing for pairing in past if pairing.matter_id != matter.pk]
    # Accepted once: who was only asked in another matter has met nobody there.
    elsewhere = [pairing for pairing in others if hasattr(pairing, "undertaking")]
    begun = [pairing.undertaking.at for pairing in elsewhere]
    languages = {code for code in LANGUAGES if getattr(consultant, f"speaks_{code}")}
    return matching.Listed(
        key=consultant.pk,
        account=seat.account_id,
        waits_since=timezone.localdate(max(begun)) if begun else seat.starts_on,
        work=frozenset(work),
        sector=seat.unit.sector_id if seat.unit else None,
        municipality=seat.unit.municipality if seat.unit else "",
        languages=frozenset(languages),
        trained_on=consultant.trained_on,
        rests_until=consultant.rests_until,
        most_at_once=consultant.most_at_once,
        free=tuple((free.starts_at, free.ends_at) for free in seat.free),
        n_now=len({pairing.matter_id for pairing in others if _is_ahead(pairing)}),
        n_before=len({pairing.matter_id for pairing in elsewhere}),
        has_met=any(pairing.has_met for pairing in elsewhere),
        is_asked=any(not _was_taken_back(pairing) for pairing in here),
    )


def _stands(pairing: LeadAssignment) -> bool:
    return pairing.withdrew_at is None and pairing.ended_at is None


def _is_ahead(pairing: LeadAssignment) -> bool:
    """Whether it still asks for time: standing, and the meeting has not been held."""
    return _stands(pairing) and pairing.matter.step not in (Step.FOLLOWING, Step.CLOSED)


def _was_taken_back(pairing: LeadAssignment) -> bool:
    """Whether the question was taken back before it was answered; then the same one may be asked anew."""
    return pairing.ended_at is not None and not hasattr(pairing, "undertaking")
