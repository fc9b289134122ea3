"""No room asks for a room below it: neither by the name of a model, nor through a relation that leads back to it.

Both would be imports that point down, hidden from the test of imports.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

import kudelma

PACKAGE = Path(kudelma.__file__).parent
ASKING = {
    "filter", "exclude", "get", "annotate", "order_by", "values", "values_list", "select_related", "prefetch_related",
    "only", "defer", "update", "aggregate", "Q", "F", "OuterRef", "Prefetch",
}  # fmt: skip
"""Calls whose words name columns and relations."""


def at_or_above(room: str) -> set[str]:
    return set(settings.ROOMS[: settings.ROOMS.index(room) + 1])


def leading_down(room: str) -> set[str]:
    """Names by which a model that `room` knows leads back to a room below, and which no column that it knows has."""
    known = at_or_above(room)
    down, own = set(), set()
    for model in apps.get_models():
        if model._meta.app_label in known:
            for field in model._meta.get_fields():
                is_from_below = not field.concrete and field.related_model._meta.app_label not in known
                (down if is_from_below else own).add(field.name)
    return down - own


def asked(source: str) -> Iterator[tuple[int, str]]:
    """(line, path) of every look-up: `member__seat=…`, `"order__unit"` in `select_related`, `matter.order`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ASKING:
            for word in node.keywords:
                if word.arg:
                    yield node.lineno, word.arg
            for word in node.args:
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield node.lineno, word.value


def named_below(source: str, room: str) -> Iterator[tuple[int, str]]:
    """(line, room) of every `get_model` of a room further down."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model" and node.args:
            name = getattr(node.args[0], "value", "")
            if name in settings.ROOMS and name not in at_or_above(room):
                yield node.lineno, name


def offending(source: str, room: str) -> list[tuple[int, str]]:
    down = leading_down(room)
    back = [(line, path) for line, path in asked(source) if down & set(path.split("__"))]
    return back + list(named_below(source, room))


@pytest.mark.parametrize("room", settings.ROOMS)
def test_no_room_asks_for_one_below_it(room):
    wrong = {
        f"{file.relative_to(PACKAGE)}:{line}": what
        for file in (PACKAGE / room).rglob("*.py")
        if "migrations" not in file.parts
        for line, what in offending(file.read_text(), room)
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "source",
    [
        "Matter.objects.filter(preparation__by=1)",
        "Matter.objects.filter(order=1)",
        "self.select_related('order__unit')",
        "order_by('order__made_at')",
        "if matter.preparation.by_id: pass",
        "apps.get_model('members', 'Member')",
    ],
)
def test_what_leads_down_is_found(source):
    assert offending(source, "matters")
    assert not offending(source, "circle")
