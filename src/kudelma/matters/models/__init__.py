"""A matter (asia): its order and replies, its basis, the people of its circle, permissions, and its pair.

State is told by rows that say who, when and why. `step`, `waits_for`, `waits_since` and `due_on` on the
matter are the same told shortly, for lists; each room's actions write them.
"""

from kudelma.matters.models.circle import Change, Move, Spot, Thing, Tie
from kudelma.matters.models.draft import DRAFT_DAYS, Draft, Ordering
from kudelma.matters.models.matter import OF_MATTER, STATION, Kind, Matter, Numbering, OfMatter, Step, WaitsFor
from kudelma.matters.models.member import How, Member, Permission
from kudelma.matters.models.order import Answered, Basis, Came, Ground, Order, Place, Problem, Reply, Told
from kudelma.matters.models.pair import CHAIRED, PAIR, Pairing, Part, ToTell, Undertaking, parts_of

__all__ = [
    "CHAIRED",
    "DRAFT_DAYS",
    "OF_MATTER",
    "PAIR",
    "STATION",
    "Answered",
    "Basis",
    "Came",
    "Change",
    "Draft",
    "Ground",
    "How",
    "Kind",
    "Matter",
    "Member",
    "Move",
    "Numbering",
    "OfMatter",
    "Order",
    "Ordering",
    "Pairing",
    "Part",
    "Permission",
    "Place",
    "Problem",
    "Reply",
    "Spot",
    "Step",
    "Thing",
    "Tie",
    "ToTell",
    "Told",
    "Undertaking",
    "WaitsFor",
    "parts_of",
]  # fmt: skip
