"""Canaries: words that stand for a person, put where people's words go, and the search for them elsewhere.

All begin alike, so that one search finds any of them in whatever shape it was kept.
"""

import base64
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import Path
from typing import Any

from django.db import connections, models

from kudelma.core.sealed import _Sealed, closed_values, look_up

MARK = "kanarialintu"
NUMBER = "+358407310986"
"""A telephone number has no letters, so it is a canary of its own."""
LONGEST = 18
_numbers = itertools.count(1)


class Flock:
    """Canaries that have been let loose, and where each was put."""

    def __init__(self) -> None:
        self.put: dict[str, str] = {}

    def canary(self, where: str) -> str:
        """A new one, at most `LONGEST` letters, so that it fits into every column."""
        made = f"{MARK}{next(_numbers):05d}"
        self.put[made] = where
        return made

    def settle(self, row: models.Model) -> None:
        """Write a canary of its own into each sealed column of this row; into one for a word or two, what fits."""
        label = row._meta.label_lower
        values = {}
        for field in row._meta.local_fields:
            if has_room(field):
                canary = self.canary(f"{label}.{field.name}")
                values[field.name] = in_its_shape(field.name, canary)[: field.max_characters]
        if not values:
            return
        if label == "members.member":  # who is protected has no address, and one way to be reached is none to us
            values |= dict.fromkeys(["postal"] if row.position % 2 else ["protected", "contact_way"], "")
        plain = {"address_lookup": look_up("address", values["address"])} if label == "people.account" else {}
        type(row)._base_manager.filter(pk=row.pk).update(**closed_values(row, values), **plain)


def in_its_shape(column: str, canary: str) -> str:
    """An address stays an address, and what a draft holds stays a form that can be read."""
    if column == "values":
        return json.dumps({"worry": canary})
    return f"{canary}@example.org" if column.endswith("address") else canary


def has_room(field: models.Field) -> bool:
    """Whether a canary fits into this column. What is shorter holds one of a few words of the house."""
    return isinstance(field, _Sealed) and field.max_characters >= LONGEST


def sealed_columns(of: Iterable[type[models.Model]]) -> set[str]:
    """Every column that must hold no person's words: sealed in a matter's key or in the staff key."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in of
        for field in model._meta.local_fields
        if has_room(field)
    }


# ---------------------------------------------------------------- the search


def shapes_of(plain: bytes) -> set[bytes]:
    """How bytes may be kept: as they are, in hexadecimal, or in base64 wherever they begin in it."""
    found = {plain, plain.hex().encode(), plain.hex().upper().encode()}
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        inner = coded[(8 * shift + 5) // 6 : 8 * (shift + len(plain)) // 6]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def shapes(word: str) -> set[bytes]:
    """How a word may be kept: in small letters or large, as UTF-8 or UTF-16, and each of these as bytes may be."""
    return {
        shape
        for spelled in {word, word.upper(), word.capitalize()}
        for coding in ("utf-8", "utf-16-le", "utf-16-be")
        for shape in shapes_of(spelled.encode(coding))
    }


SHAPES = shapes(MARK) | shapes(NUMBER.removeprefix("+358"))


def found_in(what: Any, shapes: Iterable[bytes] = SHAPES) -> list[str]:
    """The canaries in `what`, whole where they stand as text, otherwise the bytes around."""
    told = as_bytes(what)
    whole = {match.decode() for match in re.findall(MARK.encode() + rb"\d{5}", told)}
    if whole:
        return sorted(whole)
    hit = next((shape for shape in shapes if shape in told), None)
    return [repr(told[max(0, told.index(hit) - 20) :][:80])] if hit else []


def as_bytes(value: Any) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return str(value).encode("utf-8", "surrogatepass")


def tables(alias: str) -> Iterator[tuple[str, list[str], list[Any]]]:
    """(table, its columns, its rows) of everything in a database."""
    with connections[alias].cursor() as cursor:
        for table in connections[alias].introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(table)}")  # noqa: S608
            yield table, [column[0] for column in cursor.description], cursor.fetchall()


def in_database(alias: str, *, pages: bool = True) -> dict[str, list[str]]:
    """{table.column: canaries}. On SQLite also what its pages hold besides: indexes, and what was overwritten."""
    found: dict[str, list[str]] = {}
    for table, names, rows in tables(alias):
        for name, values in zip(names, zip(*rows, strict=True), strict=False):
            if canaries := found_in(b"\n".join(map(as_bytes, values))):
                found[f"{alias}.{table}.{name}"] = canaries
    image = connections[alias].connection.serialize() if pages and connections[alias].vendor == "sqlite" else b""
    if canaries := found_in(image):
        found[f"{alias} pages"] = canaries
    return found


def in_files(*folders: Path) -> dict[str, list[str]]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): canaries for path in files if (canaries := found_in(str(path)) or found_in(path.read_bytes()))}


def in_mail(message: Message) -> list[str]:
    """The canaries of one mail, headers and every part; its recipients' own addresses are the one exception."""
    told = [value for name, value in message.items() if name.lower() != "to"]
    told += [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return [canary for one in told for canary in found_in(one)]
