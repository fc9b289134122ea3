"""Who ordered a matter, and what lists of matters show of its order: handed up to the spine."""

from typing import Any

from django.db.models import QuerySet

from kudelma.matters.access import ORDERED
from kudelma.matters.joined import JOINED, Joined
from kudelma.orders.models import Order

JOINED(
    Joined(
        listed=("order__unit",),
        fields=(
            "order__matter", "order__by", "order__came", "order__heard_on",
            "order__unit__name_fi", "order__unit__name_sv", "order__unit__name_en",
        ),
        shown=("order__by__account", "order__unit"),
    )
)  # fmt: skip


@ORDERED
def ordered(actor: Any) -> QuerySet:
    return Order.objects.filter(by=actor.pk).values("matter")
