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


BELOW = {"inputs": {"actions", "forms", "views"}, "actions": {"forms", "views"}, "forms": {"actions", "views"}}
"""What a drawer may not import, of any room."""


def drawers_of(source: str) -> set[str]:
    """The drawers of rooms that a file imports, however it names them."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kudelma."):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[2] for name in names}


@pytest.mark.parametrize("drawer", BELOW)
def test_forms_and_actions_meet_in_inputs_only(drawer):
    files = [*PACKAGE.glob(f"*/{drawer}.py"), *PACKAGE.glob(f"*/{drawer}/*.py")]
    offending = {
        str(file.relative_to(PACKAGE)): wrong
        for file in files
        if file.parts[-2] != "core" and (wrong := drawers_of(file.read_text()) & BELOW[drawer] - {drawer})
    }

    assert offending == {}


def test_an_import_of_a_drawer_below_is_found():
    assert drawers_of("from kudelma.bank import actions") == {"actions"}
    assert drawers_of("from kudelma.orders.forms import PAGES") == {"forms"}


def test_every_folder_is_a_room_and_every_room_has_something_in_it():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("_")}

    assert folders - {"locale"} == set(settings.ROOMS)
    assert all(len(list((PACKAGE / room).glob("*.py"))) > 1 for room in settings.ROOMS)


WRITING = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "delete", "update", "bulk_update"}
OTHER_PENS = {
    "core/management/commands/work.py": (2, "the table of jobs is a library's, and the worker is its clock"),
    "demo/loading.py": (10, "a story is laid into an empty house: its places and days in the past have no action"),
    "demo/people.py": (1, "lets the family of the story in without anybody who is there; in the demo only"),
    "people/middleware.py": (1, "a session must have its key before a cookie can be bound to it"),
    "trust/recorder.py": (2, "the pen of the access record itself"),
    "trust/sessions.py": (3, "Django's session store, sealed: the store writes sessions, no action does"),
    "trust/vault.py": (3, "keys are written in a database of their own, before and apart from what an action writes"),
}
"""Files beside the actions that write rows: at how many places, and why."""


def writes_in(source: str) -> list[int]:
    """The lines that may write rows, whatever they are called on: a manager, a queryset in a variable, a new row.

    `update` counts when it is given names only, as querysets are; dictionaries take another one, or use `|=`.
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITING
        and not (call.func.attr == "update" and call.args)
    ]


def test_only_the_actions_write():
    """Nothing but actions saves, creates, updates or deletes a row; who does it all the same has a reason here."""
    writing = {
        str(file.relative_to(PACKAGE)): len(lines)
        for file in PACKAGE.rglob("*.py")
        if not {"actions", "migrations"} & {file.stem, file.parent.name} and (lines := writes_in(file.read_text()))
    }

    assert writing == {file: places for file, (places, _why) in OTHER_PENS.items()}


@pytest.mark.parametrize(
    "line",
    [
        "Seat.objects.create(role=role)",
        "Seat.objects.filter(pk=pk).update(ended_at=at)",
        "rows.update(ended_at=at)",
        "rows.filter(pk=pk).update(**values)",
        "Seat(role=role).save(force_insert=True)",
        "seat.save()",
        "seat.delete()",
        "type(row)._base_manager.bulk_create(rows)",
    ],
)
def test_a_write_is_found_whatever_it_is_called_on(line):
    assert writes_in(f"def view(request):\n    {line}\n") == [2]


@pytest.mark.parametrize("line", ["context.update({'a': 1})", "actions.save_draft(draft)", "rows.exists()"])
def test_what_writes_no_row_is_let_through(line):
    assert writes_in(line) == []
