"""A matter (asia): its order and replies, its basis, the people of its circle, what is agreed and prepared, its pair.

State is told by rows that say who, when and why. `step`, `waits_for`, `waits_since` and `due_on` on the
matter are the same told shortly, for lists; each room's actions write them.
"""

from kudelma.matters.models.agreements import OPENS, Consent, ConsentKind, Judgement, JudgementKind
from kudelma.matters.models.matter import OF_MATTER, STATION, Kind, Matter, Numbering, OfMatter, Step, WaitsFor
from kudelma.matters.models.member import LISTENS, How, Member, Permission, Way
from kudelma.matters.models.order import Answered, Basis, Came, Ground, Order, Place, Problem, Reply, Told
from kudelma.matters.models.pair import CHAIRED, PAIR, Pairing, Part, Undertaking
from kudelma.matters.models.preparation import (
    DRAWING_BYTES,
    ChildPage,
    Introduction,
    Picture,
    Preparation,
    Safety,
    ShownTo,
    Turn,
    Wish,
    points_of,
)

__all__ = [
    "CHAIRED",
    "DRAWING_BYTES",
    "LISTENS",
    "OF_MATTER",
    "OPENS",
    "PAIR",
    "STATION",
    "Answered",
    "Basis",
    "Came",
    "ChildPage",
    "Consent",
    "ConsentKind",
    "Ground",
    "How",
    "Introduction",
    "Judgement",
    "JudgementKind",
    "Kind",
    "Matter",
    "Member",
    "Numbering",
    "OfMatter",
    "Order",
    "Pairing",
    "Part",
    "Permission",
    "Picture",
    "Place",
    "Preparation",
    "Problem",
    "Reply",
    "Safety",
    "ShownTo",
    "Step",
    "Told",
    "Turn",
    "Undertaking",
    "WaitsFor",
    "Way",
    "Wish",
    "points_of",
]  # fmt: skip
