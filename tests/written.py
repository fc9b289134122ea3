"""What has been written to the databases since when: known from the statements themselves, without reading a row.

Every connection of the tests' process notes its statements here. `serial()` moves with each that is not plainly a
reading, also with what is refused or undone later: who meets the number that it was knows that nothing has changed.
A write that passes Django's cursor by would not be noted; `changes()` asks the databases' own counters.
"""

import re
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

Place = tuple[str, str]
"""(database, table)"""

ALIASES = ("default", "keys")
READS = ("SELECT ", "SAVEPOINT ", "RELEASE ", "BEGIN", "PRAGMA ", "SET ", "SHOW ", "EXPLAIN ", "(SELECT ")
TARGET = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)"?')
SUM_OF_CHANGES = (
    "SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)"
    " + pg_stat_get_xact_tuples_deleted(oid))"
    " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


class _Journal:
    """places: the number of the last statement that wrote to each table; elsewhere: of the last without a table."""

    def __init__(self) -> None:
        self.serial = 0
        self.elsewhere = 0
        self.places: dict[Place, int] = {}

    def note(self, alias: str, sql: Any) -> None:
        self.serial += 1
        target = TARGET.match(sql) if isinstance(sql, str) else None
        if target:
            self.places[alias, target[1]] = self.serial
        else:  # undone to a savepoint, a changed schema, a statement of a kind of its own
            self.elsewhere = self.serial


_journal = _Journal()


def serial() -> int:
    return _journal.serial


def places_since(serial: int) -> set[Place] | None:
    """The tables that were written to; None when the statements do not say it."""
    if _journal.elsewhere > serial:
        return None
    return {place for place, last in _journal.places.items() if last > serial}


def changes(alias: str) -> int:
    """How many rows this connection has changed, by the database's own count. On PostgreSQL, in this transaction."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return connection.connection.total_changes
    with connection.cursor() as cursor:
        cursor.execute(SUM_OF_CHANGES)
        return int(cursor.fetchone()[0])


def _noting(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if not (isinstance(sql, str) and sql.startswith(READS)):
        _journal.note(context["connection"].alias, sql)
    return execute(sql, params, many, context)


def _watch(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """First of the wrappers: Django takes the last one away when a test takes its own away."""
    if _noting not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _noting)


connection_created.connect(_watch)
for _open in connections.all(initialized_only=True):
    _watch(_open)
