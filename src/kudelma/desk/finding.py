"""Finding a matter by its number, its unit, a consultant or a caller. Names of people are looked at in passing.

What was looked for is kept nowhere: no statement to the database holds it, the record tells only that
somebody looked. What is found is the matters; which name fitted is not told.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kudelma.core.record import search_access
from kudelma.core.sealed import sealed
from kudelma.matters.models import Matter
from kudelma.members.models import Member
from kudelma.orders.models import Order
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat

MOST = 20
SHORTEST = 2
NUMBER = re.compile(r"(?:(\d{4})\s*[-–/]\s*)?0*(\d{1,6})")
UNIT = [f"order__unit__name_{language}" for language in ("fi", "sv", "en")]
CALLED, CALLER = sealed(Matter, "called"), sealed(Order, "caller")
NAME, SURNAME = sealed(Member, "name"), sealed(Member, "surname")
PARTS = re.compile(r"[^\W_]+")
UNLIKE = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that do not come apart into a letter and its mark."""


def folded(*names: str) -> str:
    """Names as they are compared: small, and without accents."""
    small = " ".join(names).casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small.translate(UNLIKE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def parts_of(*names: str) -> list[str]:
    """The parts of names, apart at spaces and hyphens."""
    return PARTS.findall(folded(*names))


@dataclass(frozen=True)
class Words:
    """What somebody looks for. number: (year or None, running number) when it reads as a matter's number."""

    number: tuple[int | None, int] | None
    parts: tuple[str, ...]

    @classmethod
    def read(cls, typed: str) -> "Words":
        match = NUMBER.fullmatch(typed.strip())
        number = (int(match[1]) if match[1] else None, int(match[2])) if match else None
        return cls(number, tuple(parts_of(typed)))

    @property
    def can_be_sought(self) -> bool:
        return self.number is not None or max(map(len, self.parts), default=0) >= SHORTEST

    def fit(self, *names: str) -> bool:
        """Whether each part that was typed begins some part of these names."""
        whole = folded(*names)
        if not all(typed in whole for typed in self.parts):
            return False  # nearly all names: thousands are looked at, and taking them apart takes time
        name_parts = PARTS.findall(whole)
        return bool(self.parts) and all(any(part.startswith(typed) for part in name_parts) for typed in self.parts)


def find(typed: str, *, by: Seat, at: datetime) -> tuple[list[Matter], bool]:
    """The matters found, at most MOST of them, and whether there are more.

    By number any of the region; by a name only those that are open: first where it is a caller's, then a
    consultant's, then the unit's.
    """
    words = Words.read(typed)
    matters = Matter.objects.visible_to(by)
    # First: a number needs no name to be looked at, so no key opens and the record has nothing to tell.
    if words.number is not None:
        year, running = words.number
        hits = list(matters.filter(running=running, **({"year": year} if year else {})).for_list()[: MOST + 1])
        return hits[:MOST], len(hits) > MOST
    ids = _by_name(words, matters.open(), by=by, at=at)
    hits = list(matters.filter(pk__in=ids[:MOST]).for_list())
    return sorted(hits, key=lambda matter: ids.index(matter.pk)), len(ids) > MOST


def _by_name(words: Words, matters: Any, *, by: Seat, at: datetime) -> list[UUID]:
    """The ids of those in which a name fits, the newest of each kind first."""
    looked_at = list(matters.values_list("pk", "called", "order", "order__caller", *UNIT))
    callers = _of_callers(words, looked_at, by=by, at=at)
    consultants = _of_consultants(words, by)
    # Compared here though these names are plain: in a statement the word would stand in the database's log.
    units = {pk for pk, _called, _order, _caller, *names in looked_at if words.fit(*filter(None, names))}
    newest_first = [row[0] for row in looked_at]
    return list(dict.fromkeys(pk for ids in (callers, consultants, units) for pk in newest_first if pk in ids))


def _of_callers(words: Words, looked_at: list[Any], *, by: Seat, at: datetime) -> set[UUID]:
    """Where the name is that of somebody in it. Only inside this block do the names open.

    Values alone are read, not whole rows: a region may have a thousand open matters.
    """
    members = Member.objects.visible_to(by).filter(matter__closed_at=None).order_by()
    rows = list(members.values_list("pk", "matter", "name", "surname"))
    matter_ids = set()
    with search_access("desk.find", [row[0] for row in looked_at], by=by, at=at) as readable:
        for pk, called, order, caller, *_unit in looked_at:
            # A matter that has been emptied has no key any more: its names fit nothing, and nothing breaks.
            if pk in readable and (
                words.fit(CALLED.opened(called, pk, pk)) or words.fit(CALLER.opened(caller, order, pk))
            ):
                matter_ids.add(pk)
        for pk, matter, name, surname in rows:
            if matter in readable and words.fit(NAME.opened(name, pk, matter), SURNAME.opened(surname, pk, matter)):
                matter_ids.add(matter)
    return matter_ids


def _of_consultants(words: Words, by: Seat) -> set[UUID]:
    """Where the name is that of a consultant who has been asked or leads."""
    pairings = LeadAssignment.objects.visible_to(by).standing().filter(matter__closed_at=None)
    names = pairings.select_related("seat__account").order_by().only("matter", "seat__account__name")
    return {pairing.matter_id for pairing in names if pairing.seat.account and words.fit(pairing.seat.account.name)}
