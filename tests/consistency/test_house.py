"""The folder listing is the architecture diagram: imports point up it only, and every room is small enough."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

import kudelma

PACKAGE = Path(kudelma.__file__).parent
ABOVE_ALL = {"configuration"}
FRONT = {"settings", "urls", "serving", "__main__", "__init__"}


def imports_of(source: str) -> set[str]:
    """The rooms that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
            if node.module == "kudelma":
                names = [f"kudelma.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("kudelma.")}
    return found


def pointing_down(room: str, source: str, rooms: list[str]) -> set[str]:
    """Rooms below `room` that `source` imports; the pages of `rules`, `migrations` and views are no exception."""
    allowed = set(rooms[: rooms.index(room) + 1]) | ABOVE_ALL
    return imports_of(source) - allowed


@pytest.mark.parametrize("room", settings.ROOMS)
def test_imports_point_up_the_list_only(room):
    offending = {
        str(file.relative_to(PACKAGE)): wrong
        for file in (PACKAGE / room).rglob("*.py")
        if (wrong := pointing_down(room, file.read_text(), settings.ROOMS))
    }

    assert offending == {}


def test_an_import_that_points_down_is_found():
    assert pointing_down("matters", "from kudelma.plans.models import Plan", settings.ROOMS) == {"plans"}
    assert pointing_down("core", "def f():\n    import kudelma.trust.vault", settings.ROOMS) == {"trust"}


def test_every_folder_is_a_room_and_every_room_has_something_in_it():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("_")}

    assert folders - {"locale"} == set(settings.ROOMS)
    assert all(len(list((PACKAGE / room).glob("*.py"))) > 1 for room in settings.ROOMS)


def test_only_the_actions_write():
    """Views, forms, queries and rules never save, create, update or delete a row."""
    writing = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "delete"}
    offending = []
    for file in PACKAGE.rglob("*.py"):
        drawers = {"forms", "queries", "rules", "views"}
        if not drawers & {file.stem, file.parent.name}:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and node.func.attr in writing and "objects" in ast.unparse(node.func.value):
                offending.append(f"{file.relative_to(PACKAGE)}:{node.lineno}")

    assert offending == []
