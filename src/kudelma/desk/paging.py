"""A long list by pages."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator


class Pages(Paginator):
    """Counts what there is only when the first page does not hold it all."""

    @cached_property
    def beginning(self) -> list[Any]:
        """The first page, and one more row if there is more."""
        return list(self.object_list[: self.per_page + 1])  # type: ignore[index]

    @cached_property
    def count(self) -> int:
        is_all = len(self.beginning) <= self.per_page
        return len(self.beginning) if is_all else self.object_list.count()  # type: ignore[attr-defined]

    def page(self, number: Any) -> Any:
        page = super().page(number)
        if page.number == 1:
            page.object_list = self.beginning[: self.per_page]
        return page
