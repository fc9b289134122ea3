"""Database helpers without tables: the router, constraints, and a guard against writing on GET."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, models

KEYS_ROOM = "trust"  # the room whose migrations make the keys database; no other has a table there


class KeysApart:
    """Models that say `database = "keys"` live in the keys database, everything else in the content."""

    def _of(self, model: type[models.Model]) -> str:
        return getattr(model, "database", "default")

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return self._of(model)

    db_for_write = db_for_read

    def allow_relation(self, obj1: models.Model, obj2: models.Model, **hints: Any) -> bool:
        # Two databases know no foreign key between them.
        return self._of(type(obj1)) == self._of(type(obj2))

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        if "database" in hints:  # RunPython steps say where they belong
            return db == hints["database"]
        if model_name is None:
            return db == "default"
        key_models = {"regionkey", "spacekey"} if app_label == KEYS_ROOM else set()
        return (db == "keys") == (model_name in key_models)


def both_or_neither(first: str, second: str) -> models.CheckConstraint:
    """A who/when pair: `closed_at` and `closed_by` are set together or not at all."""
    return models.CheckConstraint(
        name=f"%(class)s_{first}_with_{second}",
        condition=models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


@contextmanager
def not_waiting() -> Iterator[None]:
    """Write now or raise OperationalError: for what must answer even while somebody else holds SQLite's one pen."""
    content = connections["default"]
    if content.vendor != "sqlite":
        yield
        return
    with content.cursor() as cursor:
        waits = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            # Put back: the connection stays with this thread, and with the pages that it answers next.
            cursor.execute(f"PRAGMA busy_timeout = {waits}")


class Wrote(Exception):
    """A request that must only read tried to write."""


@contextmanager
def only_reading(allowed: Callable[[str], bool] = lambda sql: False) -> Iterator[None]:
    """Refuse any statement but SELECT, transaction control and what `allowed(sql)` names."""

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        word = sql.lstrip("( ").split(None, 1)[0].upper()
        if word not in {"SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "BEGIN"} and not allowed(sql):
            raise Wrote(sql.split(" VALUES")[0][:200])
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(guard), connections["keys"].execute_wrapper(guard):
        yield
