"""A matter (asia): its order and replies, its basis, the people of its circle, what is agreed and prepared, its pair.

State is told by rows that say who, when and why. `step`, `waits_for`, `waits_since` and `due_on` on the
matter are the same told shortly, for lists; each room's actions write them.
"""

from kudelma.matters.models.agreements import OPENS, Consent, ConsentKind, Judgement, JudgementKind
from kudelma.matters.models.draft import DRAFT_DAYS, Draft, Ordering
from kudelma.matters.models.matter import (
    OF_MATTER,
    ORDER_OF_STEPS,
    STATION,
    Kind,
    Matter,
    Numbering,
    OfMatter,
    Step,
    WaitsFor,
)
from kudelma.matters.models.member import LISTENS, ContactChannel, HeardHow, Member, Permission
from kudelma.matters.models.order import (
    Answered,
    Basis,
    FamilyAgreement,
    Ground,
    Order,
    OrderReply,
    OrderSource,
    Place,
    Problem,
)
from kudelma.matters.models.pair import CHAIRED, PAIR, LeadAssignment, LeadChangeNotice, Part, Undertaking, parts_of
from kudelma.matters.models.preparation import (
    DRAWING_BYTES,
    ChildPage,
    ChildTurn,
    ChildWish,
    Introduction,
    Picture,
    Preparation,
    ShownTo,
    points_of,
)
from kudelma.matters.models.safety import Safety

__all__ = [
    "CHAIRED",
    "DRAFT_DAYS",
    "DRAWING_BYTES",
    "LISTENS",
    "OF_MATTER",
    "OPENS",
    "ORDER_OF_STEPS",
    "PAIR",
    "STATION",
    "Answered",
    "Basis",
    "ChildPage",
    "ChildTurn",
    "ChildWish",
    "Consent",
    "ConsentKind",
    "ContactChannel",
    "Draft",
    "FamilyAgreement",
    "Ground",
    "HeardHow",
    "Introduction",
    "Judgement",
    "JudgementKind",
    "Kind",
    "LeadAssignment",
    "LeadChangeNotice",
    "Matter",
    "Member",
    "Numbering",
    "OfMatter",
    "Order",
    "OrderReply",
    "OrderSource",
    "Ordering",
    "Part",
    "Permission",
    "Picture",
    "Place",
    "Preparation",
    "Problem",
    "Safety",
    "ShownTo",
    "Step",
    "Undertaking",
    "WaitsFor",
    "parts_of",
    "points_of",
]  # fmt: skip
