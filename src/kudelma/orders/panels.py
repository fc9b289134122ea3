"""The order and how it was answered, on its matter's page: for its orderer and the coordinator."""

from collections.abc import Iterable
from dataclasses import dataclass

from kudelma.matters.models import Matter
from kudelma.matters.page import PANELS, Panel, Shown
from kudelma.orders.models import Order, OrderReply


@dataclass(frozen=True)
class OfOrder(Panel):
    template = "orders/panel.html"
    column, rank = "aside", 1

    order: Order
    replies: Iterable[OrderReply]


@PANELS
def order(matter: Matter, shown: Shown) -> OfOrder | None:
    # `OrderQuerySet.visible_to` in words, for the one that is loaded with the matter: a question less.
    if not (shown.coordinates or matter.order.by_id == shown.actor.pk):
        return None
    return OfOrder(matter.order, OrderReply.objects.visible_to(shown.actor).filter(matter=matter).for_list())
