"""A page as a browser has it: what stands in its fields, and what is said by each of them."""

import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from django.db import connection, connections

PRESSED = {"submit", "button", "reset", "file", "image"}
MAY_CHANGE = {"trust_entry", "django_session", "kudelma_cache", "live_generation"}
"""The access record, sessions, how often somebody has tried, whose streams are asked again: told of bad input too."""


def read(answer: Any) -> BeautifulSoup:
    """What stands between the head and the foot of an answered page."""
    main = answer.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return BeautifulSoup(main, "html.parser")


def controls(page: BeautifulSoup, names: Iterable[str]) -> dict[str, list[str]]:
    """The form of the page that has these fields or buttons, with what stands in it, as a browser would send it."""
    forms = page.select("form")
    if not forms:
        return {}
    best = max(forms, key=lambda form: len(set(names) & {field["name"] for field in form.select("[name]")}))
    found: dict[str, list[str]] = {}
    for field in best.select("input[name], textarea[name], select[name]"):
        found.setdefault(str(field["name"]), []).extend(_values(field))
    return found


def _values(field: Any) -> list[str]:
    if field.name == "textarea":
        return [_one_kind(field.get_text().removeprefix("\n"))]
    if field.name == "select":
        return [option.get("value", "") for option in field.select("option[selected]")]
    kind = field.get("type", "text")
    if kind in PRESSED or (kind in {"radio", "checkbox"} and not field.has_attr("checked")):
        return []
    return [_one_kind(field.get("value", "on" if kind in {"radio", "checkbox"} else ""))]


def _one_kind(text: str) -> str:
    return text.replace("\r\n", "\n")


def said_by(page: BeautifulSoup, field: str) -> str:
    """The sentence that stands by a field; empty when there is none."""
    found = page.find(id=f"id_{field}_error")
    return found.get_text() if found else ""


def text(page: BeautifulSoup) -> str:
    """Everything on the page that is read, not typed."""
    return " ".join(page.get_text(" ").split())


def lost(page: BeautifulSoup, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed and is not on the page any more, except secrets, which are never shown again."""
    there = controls(page, typed)
    return {
        name: value
        for name, value in typed.items()
        if name not in {"password", "password1", "password2", "code"}
        and not set(value if isinstance(value, list) else [value]) <= set(there.get(name, []))
    }


def send(client: Any, address: str, data: dict[str, Any], **options: Any) -> Any:
    """POST as a browser does: line ends as CR LF, one value after another."""
    pairs = [
        (name, str(one).replace("\n", "\r\n"))
        for name, value in data.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    kind = "application/x-www-form-urlencoded"
    return client.post(address, urlencode(pairs), content_type=kind, secure=True, **options)


def content() -> dict[str, str]:
    """{table: digest of its rows}, of everything that may not change by a bad input. Keys too."""
    found = {}
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                if table in MAY_CHANGE:
                    continue
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                rows = sorted(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor)
                found[f"{alias}.{table}"] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def changed(before: dict[str, str]) -> set[str]:
    now = content()
    return {table for table in before.keys() | now.keys() if before.get(table) != now.get(table)}
