"""What was ordered, how it was answered, on which ground it is handled; and orders that are not finished yet."""

from kudelma.orders.models.draft import DRAFT_DAYS, Draft, Ordering
from kudelma.orders.models.order import (
    DECLINED_DAYS,
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

__all__ = [
    "DECLINED_DAYS",
    "DRAFT_DAYS",
    "Answered",
    "Basis",
    "Draft",
    "FamilyAgreement",
    "Ground",
    "Order",
    "OrderReply",
    "OrderSource",
    "Ordering",
    "Place",
    "Problem",
]
