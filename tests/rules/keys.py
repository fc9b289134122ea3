"""The keys that a queryset gives, asked in one state after the other, of one seat after the other, and made once.

What a seat may see is a question that does not depend on what stands in the tables; only its answer does. And of
two seats of one role and level the same is asked, with other ids. So it is made for a seat of that kind that nobody
holds, and asked with the ids of each. A queryset that reads while it is made is refused.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet

from kudelma.people.models import Seat

Make = Callable[[Any], QuerySet]
IDS = ("pk", "account_id", "region_id", "space")
"""What tells one seat of a kind from another."""


class ReadsWhileMade(Exception):
    """The queryset asked the database before it was asked itself."""


@dataclass(frozen=True)
class Made:
    """sql: nothing where the queryset is known to be empty. places: where an id stands among the parameters."""

    sql: str
    params: tuple[Any, ...] = ()
    places: tuple[tuple[int, str], ...] = ()

    def keys(self, ids: dict[str, Any]) -> set[Any]:
        if not self.sql:
            return set()
        params = list(self.params)
        for place, name in self.places:
            params[place] = ids[name]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return {key for (key,) in cursor.fetchall()}


class Keys:
    """Querysets by what they are called here, each made once for each kind of seat."""

    def __init__(self) -> None:
        self._made: dict[Any, Made] = {}
        self._ids: dict[Any, dict[str, Any]] = {}
        self._nobodys = {name: uuid4() for name in IDS}

    def of(self, name: Any, make: Make, seat: Seat) -> set[Any]:
        """The primary keys of what `make` gives for this seat, as the database writes them."""
        kind = (name, seat.role, seat.level)
        if kind not in self._made:
            with _unread():
                self._made[kind] = _made(make(self._nobody(seat)), self._nobodys)
        if seat.pk not in self._ids:
            self._ids[seat.pk] = {name: _written(getattr(seat, name)) for name in IDS}
        return self._made[kind].keys(self._ids[seat.pk])

    def _nobody(self, seat: Seat) -> Seat:
        """A seat of the same kind that nobody holds."""
        nobody = copy(seat)
        for name, value in self._nobodys.items():
            if getattr(seat, name) is not None:
                setattr(nobody, name, value)
        return nobody


def anew(rows: QuerySet) -> set[Any]:
    """The same of a queryset that is made of what was read."""
    return _made(rows, {}).keys({})


def _made(rows: QuerySet, nobodys: dict[str, Any]) -> Made:
    try:
        sql, params = rows.order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return Made("")
    names = {_written(value): name for name, value in nobodys.items()}
    return Made(sql, params, tuple((place, names[param]) for place, param in enumerate(params) if param in names))


def _written(value: Any) -> Any:
    """An id as this database is given it."""
    return models.UUIDField().get_db_prep_value(value, connection)


@contextmanager
def _unread() -> Iterator[None]:
    def refuse(execute: Any, sql: str, *args: Any) -> None:
        raise ReadsWhileMade(sql)

    with connection.execute_wrapper(refuse):
        yield
