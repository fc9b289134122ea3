"""Who could lead a conversation, and why: plain values in, candidates with plain reasons out.

Knows no table and no matter. Nobody is scored. Whoever is not outside is left out and only counted; the
others stand in an order that the page tells, each with sentences for a person to weigh.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kudelma.core.times import clock, day

EXPERIENCED = 3
"""In how many matters somebody has been along before they steady a newer one."""

Span = tuple[datetime, datetime]
"""From when to when."""


@dataclass(frozen=True)
class Work:
    """A seat that somebody holds or has held. leads: as the superior of that unit."""

    unit: UUID
    leads: bool = False


@dataclass(frozen=True)
class Listed:
    """A consultant as the bank lists them.

    work: over all seats of the account. free: hours told by themselves, none past. n_now: matters whose
    meeting is still ahead, open questions included; n_before: all matters. waits_since: the day of the last yes, or
    of coming into the bank. has_met: has led in another matter of the same professionals. is_asked: in this one.
    """

    key: UUID
    account: UUID
    waits_since: date
    work: frozenset[Work] = frozenset()
    sector: UUID | None = None
    municipality: str = ""
    languages: frozenset[str] = frozenset()
    trained_on: date | None = None
    rests_until: date | None = None
    most_at_once: int = 3
    free: tuple[Span, ...] = ()
    n_now: int = 0
    n_before: int = 0
    has_met: bool = False
    is_asked: bool = False


@dataclass(frozen=True)
class MatchRequest:
    """What one matter asks for. times: the hours wished for, none when they are not known yet."""

    on: date
    units: frozenset[UUID] = frozenset()
    accounts: frozenset[UUID] = frozenset()
    languages: frozenset[str] = frozenset()
    has_interpreter: bool = False
    times: tuple[Span, ...] = ()
    municipality: str = ""


class Exclusion(StrEnum):
    """Why somebody is not offered; the first that holds."""

    INVOLVED = "involved"
    SUPERIOR = "superior"
    UNIT = "unit"
    MET = "met"
    ASKED = "asked"
    RESTS = "rests"
    FULL = "full"


@dataclass(frozen=True)
class Reason:
    """One sentence for the coordinator. fits: yes, no, or not known."""

    kind: str
    text: str
    fits: bool | None = None


@dataclass(frozen=True)
class Candidate:
    consultant: Listed
    reasons: tuple[Reason, ...]

    def fits(self, kind: str) -> bool | None:
        return next((reason.fits for reason in self.reasons if reason.kind == kind), None)


@dataclass(frozen=True)
class Proposal:
    """Who is proposed to be asked together, and why just these."""

    first: Candidate
    second: Candidate
    why: tuple[str, ...]


@dataclass(frozen=True)
class MatchResult:
    candidates: tuple[Candidate, ...]
    left: tuple[str, ...]
    """How many were left out and why, in numbers."""

    @property
    def two(self) -> Proposal | None:
        return first_two(self.candidates)


def find(listed: Iterable[Listed], request: MatchRequest) -> MatchResult:
    """Those who may be asked, in the order of `place`, and the numbers of the others."""
    left: Counter[Exclusion] = Counter()
    candidates = []
    for consultant in listed:
        why = left_out(consultant, request)
        if why is None:
            candidates.append(Candidate(consultant, _reasons(consultant, request)))
        else:
            left[why] += 1
    return MatchResult(
        tuple(sorted(candidates, key=place)), tuple(_left_in_words(why, left[why]) for why in Exclusion if left[why])
    )


def left_out(consultant: Listed, request: MatchRequest) -> Exclusion | None:
    """Why this one is not offered, or None: outside, not asked yet, not resting, not full."""
    involved_work = {work for work in consultant.work if work.unit in request.units}
    rests = consultant.rests_until is not None and request.on <= consultant.rests_until
    why = {
        # By account: the same person may have ordered in one seat and lead in another.
        Exclusion.INVOLVED: consultant.account in request.accounts,
        Exclusion.SUPERIOR: any(work.leads for work in involved_work),
        Exclusion.UNIT: bool(involved_work),
        Exclusion.MET: consultant.has_met,
        Exclusion.ASKED: consultant.is_asked,
        Exclusion.RESTS: rests,
        Exclusion.FULL: consultant.n_now >= consultant.most_at_once,
    }
    return next((left for left, holds in why.items() if holds), None)


_RANK = {True: 0, None: 1, False: 2}


def place(candidate: Candidate) -> tuple[Any, ...]:
    """Where in the list: language, free at a wished time, near, fewest matters now, longest without a task.

    Who got their last task on one day stand by how seldom they have been along. The key at the end makes the
    order total; it tells nothing.
    """
    consultant = candidate.consultant
    kinds = (_RANK[candidate.fits(kind)] for kind in ("language", "free", "near"))
    return (*kinds, consultant.n_now, consultant.waits_since, consultant.n_before, consultant.key)


def first_two(candidates: Iterable[Candidate]) -> Proposal | None:
    """The first two of the list who come from different sectors, one experienced and one newer, when there are such.

    Different sectors weigh more than experience. Whoever does not speak the people's languages is proposed
    only when there are not two who do.
    """
    listed = list(candidates)
    speak = [candidate for candidate in listed if candidate.fits("language") is not False]
    pool = speak if len({candidate.consultant.account for candidate in speak}) > 1 else listed
    in_turn = [(pool[first], pool[second]) for second in range(len(pool)) for first in range(second)]
    # One person may hold two seats in the bank, and is still not two who lead.
    pairs = [pair for pair in in_turn if pair[0].consultant.account != pair[1].consultant.account]
    if not pairs:
        return None
    # `min` keeps the first of equals, and pairs go by their lower place: whoever has waited longest still comes first.
    first, second = min(pairs, key=lambda pair: (not _differ(*pair), not _steady(*pair)))
    if not _is_experienced(first) and _is_experienced(second):
        first, second = second, first
    why = []
    if _differ(first, second):
        why.append(_("They come from different sectors."))
    if _steady(first, second):
        why.append(_("One is experienced, the other one newer."))
    return Proposal(first, second, tuple(why))


def _differ(first: Candidate, second: Candidate) -> bool:
    return (
        first.consultant.sector is not None
        and second.consultant.sector is not None
        and first.consultant.sector != second.consultant.sector
    )


def _steady(first: Candidate, second: Candidate) -> bool:
    return _is_experienced(first) != _is_experienced(second)


def _is_experienced(candidate: Candidate) -> bool:
    return candidate.consultant.n_before >= EXPERIENCED


# ---------------------------------------------------------------- reasons


def _reasons(consultant: Listed, request: MatchRequest) -> tuple[Reason, ...]:
    reasons = (
        _language(consultant, request),
        _free(consultant, request),
        _near(consultant, request),
        _load(consultant),
        _trained(consultant),
    )
    return tuple(reason for reason in reasons if reason.text)


def _language(consultant: Listed, request: MatchRequest) -> Reason:
    if not request.languages:
        return Reason("language", "")
    if consultant.languages >= request.languages:
        return Reason("language", _("Speaks the languages of the people."), True)
    # No «no»: with an interpreter this language is nobody's hindrance, but speaking it oneself stands higher.
    if request.has_interpreter:
        return Reason("language", _("Does not speak all the languages of the people; an interpreter comes."))
    return Reason("language", _("Does not speak all the languages of the people."), False)


def _free(consultant: Listed, request: MatchRequest) -> Reason:
    if not consultant.free:
        return Reason("free", _("Has told nothing about free times."))
    if not request.times:
        starts = min(consultant.free)[0]
        return Reason("free", _("Has told free times, the first on {day}.").format(day=day(starts)))
    suits = [
        time for time in request.times if any(start <= time[0] and time[1] <= end for start, end in consultant.free)
    ]
    if suits:
        start = min(suits)[0]
        when = _("{day} at {clock}").format(day=day(start), clock=clock(start))
        return Reason("free", _("Is free at a wished time: {when}.").format(when=when), True)
    return Reason("free", _("Has told other times than the wished ones."), False)


def _near(consultant: Listed, request: MatchRequest) -> Reason:
    if not consultant.municipality or not request.municipality:
        return Reason("near", "")
    # Typed by hand, by whoever keeps the units.
    if consultant.municipality.casefold() == request.municipality.casefold():
        return Reason("near", _("Works in the same municipality."), True)
    return Reason("near", _("Works in another municipality: {name}.").format(name=consultant.municipality), False)


def _load(consultant: Listed) -> Reason:
    if not consultant.n_now:
        return Reason("load", _("Has no matter now."))
    return Reason(
        "load", ngettext("Has one matter now.", "Has {n} matters now.", consultant.n_now).format(n=consultant.n_now)
    )


def _trained(consultant: Listed) -> Reason:
    if consultant.trained_on is None:
        trained = _("The time of training is not known.")
    else:
        trained = _("Trained in {month}.").format(month=date_format(consultant.trained_on, "F Y"))
    before = ngettext("Has been along once before.", "Has been along {n} times before.", consultant.n_before)
    if not consultant.n_before:
        before = _("Has not been along before.")
    return Reason("trained", f"{trained} {before.format(n=consultant.n_before)}")


def _left_in_words(why: Exclusion, n: int) -> str:
    sentences = {
        Exclusion.INVOLVED: ngettext("One is involved in the matter.", "{n} are involved in the matter.", n),
        Exclusion.SUPERIOR: ngettext(
            "One is the superior of an involved unit.", "{n} are superiors of involved units.", n
        ),
        Exclusion.UNIT: ngettext(
            "One works or has worked in an involved unit.", "{n} work or have worked in an involved unit.", n
        ),
        Exclusion.MET: ngettext(
            "One has led before in a matter of the same professionals.",
            "{n} have led before in a matter of the same professionals.",
            n,
        ),
        Exclusion.ASKED: ngettext("One has already been asked.", "{n} have already been asked.", n),
        Exclusion.RESTS: ngettext("One is taking a rest.", "{n} are taking a rest.", n),
        Exclusion.FULL: ngettext(
            "One has as many matters as suits them.", "{n} have as many matters as suits them.", n
        ),
    }
    return sentences[why].format(n=n)
