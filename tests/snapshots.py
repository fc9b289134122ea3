"""What a walk has written is kept once for each process, and put back for later tests: the same rows, the same ids.

A walk is a function of the state of both databases. A state is known without looking at it: a test begins with empty
tables, and putting back what a known walk has written leads to a known state again. Whatever else is written in between
makes the state unknown, and from an unknown state a walk is walked.
"""

import pickle
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import time_machine
from django.db import connections
from psycopg.types.json import Jsonb

import counts
import statements
import written
from written import ALIASES, Place

NEVER_WRITTEN = {"django_migrations", "django_content_type", "auth_permission", "kudelma_cache", "sqlite_sequence"}
BEGINNING = -1
Row = tuple[Any, ...]
Rows = dict[Place, dict[Any, Row]]
Keys = dict[Place, list[Any]]
Statement = tuple[str, list[Any]]


@dataclass(frozen=True, eq=False)
class State:
    """content: {(database, table): {primary key: row}} of every table. Two states are the same only if they are one."""

    content: Rows


@dataclass(frozen=True)
class Kept:
    """rows: what was new or changed; replaced: the keys of what was changed; gone: of what was taken away.

    result: what the walk gave, pickled, which copies it five times as fast as `deepcopy`; after: the state it led to;
    sent: the pieces of its statements.
    """

    rows: Rows
    replaced: Keys
    gone: Keys
    result: bytes
    after: State
    sent: statements.Sent


class _Standing:
    """Where the databases stand: in `state` as long as nothing has been written since statement `serial`."""

    state: State | None = None
    serial = 0
    changes: tuple[int, ...] = ()
    empty = State({})
    is_empty_read = False


_standing = _Standing()
_kept: dict[tuple[State, Hashable], Kept] = {}


def begin(*, after_commits: bool = False) -> None:
    """A test begins with empty databases: what the one before has written was undone, or committed and cleared away."""
    _standing.serial = BEGINNING
    if after_commits:
        _standing.is_empty_read = False


def once(name: Hashable, walk: Callable[[], Any]) -> Any:
    """What `walk()` gives and writes; from the second time on in the same known state, a copy of it."""
    state = None if time_machine.escape_hatch.is_travelling() else _known_state()
    if state is None:
        return walk()
    if (state, name) in _kept:
        kept = _kept[state, name]
        with statements.apart():
            _put_back(kept)
        result = pickle.loads(kept.result)  # noqa: S301  our own
    else:
        with statements.apart() as sent:
            serial, result = written.serial(), walk()
        kept = _kept[state, name] = _kept_of(state, written.places_since(serial), pickle.dumps(result), sent)
    statements.add(kept.sent)
    _stand_in(kept.after)
    return result


def _known_state() -> State | None:
    if _standing.serial == BEGINNING:
        _stand_in(_empty())
    if _standing.serial != written.serial():
        return None
    assert _standing.changes == _changes(), "something was written past Django's cursor"
    return _standing.state


def _stand_in(state: State) -> None:
    _standing.state, _standing.serial, _standing.changes = state, written.serial(), _changes()


def _changes() -> tuple[int, ...]:
    with statements.apart():
        return tuple(written.changes(alias) for alias in ALIASES)


def _empty() -> State:
    """The state in which tests begin: nearly empty, and after a flush perhaps no longer what it was."""
    if not _standing.is_empty_read:
        content = _read(_all_places())
        if content != _standing.empty.content:
            _standing.empty = State(content)
        _standing.is_empty_read = True
    return _standing.empty


def _kept_of(before: State, places: set[Place] | None, result: bytes, sent: statements.Sent) -> Kept:
    content = before.content | _read(_all_places() if places is None else places & _all_places())
    rows = _changed(before.content, content)
    replaced = {place: keys for place in rows if (keys := [key for key in rows[place] if key in before.content[place]])}
    return Kept(rows, replaced, _gone(before.content, content), result, State(content), sent)


def _changed(before: Rows, after: Rows) -> Rows:
    return {
        place: new
        for place, rows in after.items()
        if rows is not before[place]
        and (new := {key: row for key, row in rows.items() if before[place].get(key) != row})
    }


def _gone(before: Rows, after: Rows) -> Keys:
    return {place: lost for place, rows in before.items() if (lost := [key for key in rows if key not in after[place]])}


def _read(places: Iterable[Place]) -> Rows:
    rows: Rows = {}
    for alias, table in places:
        key = _tables(alias)[table]
        with statements.apart(), connections[alias].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
            rows[alias, table] = {row[key]: row for row in cursor.fetchall()}
    counts.add("rows scanned by snapshots", sum(map(len, rows.values())))
    return rows


def _all_places() -> set[Place]:
    return {(alias, table) for alias in ALIASES for table in _tables(alias)}


_known: dict[str, dict[str, int]] = {}
_columns: dict[Place, list[str]] = {}
_sequences: dict[Place, list[tuple[str, str]]] = {}


def _tables(alias: str) -> dict[str, int]:
    """{table: place of its primary key among the columns}"""
    if alias not in _known:
        connection, places = connections[alias], {}
        with statements.apart(), connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                key = connection.introspection.get_primary_key_column(cursor, table)
                if table in NEVER_WRITTEN or key is None:
                    continue
                cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608
                _columns[alias, table] = [column[0] for column in cursor.description]
                places[table] = _columns[alias, table].index(key)
                if connection.vendor == "postgresql":
                    found = connection.introspection.get_sequences(cursor, table)
                    _sequences[alias, table] = [(sequence["name"], sequence["column"]) for sequence in found]
        _known[alias] = places
    return _known[alias]


def _put_back(kept: Kept) -> None:
    for alias in ALIASES:
        restoring = [*_deletions(alias, kept), *_insertions(alias, kept)]
        with connections[alias].cursor() as cursor:
            for sql, values in restoring:
                cursor.execute(sql, values)
            _go_on_counting(alias, kept, cursor)


def _deletions(alias: str, kept: Kept) -> Iterator[Statement]:
    for keys_by_place in (kept.replaced, kept.gone):
        for (of, table), keys in keys_by_place.items():
            if of == alias:
                column = _columns[alias, table][_tables(alias)[table]]
                marks = ", ".join(["%s"] * len(keys))
                yield f'DELETE FROM "{table}" WHERE "{column}" IN ({marks})', keys  # noqa: S608


def _insertions(alias: str, kept: Kept) -> Iterator[Statement]:
    """A statement for each table, however many rows: on PostgreSQL a statement costs more than a row."""
    for (of, table), rows in kept.rows.items():
        if of == alias:
            columns = _columns[alias, table]
            names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
            every = ", ".join([f"({marks})"] * len(rows))
            values = [_sent(value) for row in rows.values() for value in row]
            yield f'INSERT INTO "{table}" ({names}) VALUES {every}', values  # noqa: S608


def _sent(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict | list) else value


def _go_on_counting(alias: str, kept: Kept, cursor: Any) -> None:
    """PostgreSQL counts keys beside the table: let it go on after those that were put back."""
    for place in kept.rows:
        if place[0] != alias:
            continue
        for name, column in _sequences.get(place, []):
            last = max(row[_columns[place].index(column)] for row in kept.rows[place].values())
            cursor.execute("SELECT setval(%s, greatest(%s, nextval(%s)))", [name, last, name])
