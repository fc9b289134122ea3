"""The tables of who sees what: every queryset and every rule × state of the matter × seat.

`visible.txt` and `rules.txt` are the specification, to be read by people, and written from what was agreed that each
may see and do, not from the code. A line: what is asked, `@`, the state, then one cell for each seat in the order of
`states.SEATS`. In `visible.txt` a cell names rows: `-` none, `all`, `own`, or words that stand above the line; in
`rules.txt` yes or no. A dot: nobody sits there in that state.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

import kudelma
from kudelma.core.rules import may
from rules.rows import ASKED
from rules.states import SEATS, State

HERE = Path(__file__).parent
PACKAGE = Path(kudelma.__file__).parent
OF_ELSEWHERE = {"outside", "bank", "coord"}
"""Those of the region who see something of the matter beside."""


@dataclass(frozen=True)
class Line:
    name: str
    state: str
    cells: tuple[str, ...]


def read(file: str) -> list[Line]:
    lines = []
    for text in (HERE / file).read_text().splitlines():
        if text.strip() and not text.startswith("#"):
            place, *cells = text.split()
            name, _, state = place.partition("@")
            lines.append(Line(name, state, tuple(cells)))
    return lines


# ---------------------------------------------------------------- what is asked in one state


def wrong_in(state: State, lines: list[Line], ask: Callable[[State, str, str, str], str]) -> Iterator[str]:
    """What the product answers otherwise than the lines of this state say.

    ask(state, line's name, seat's name, cell): what is answered, when that is something else than the cell says.
    """
    for line in (one for one in lines if one.state == state.name):
        for kind, cell in zip(SEATS, line.cells, strict=True):
            if kind != "anon" and (state.seats[kind] is None) != (cell == "."):
                yield f"{line.name}@{state.name}: a dot stands where nobody sits, and {kind} is another"
            elif cell != "." and (answer := ask(state, line.name, kind, cell)):
                yield f"{line.name}@{state.name} as {kind}: {answer}, the table says {cell}"


def rows_instead(state: State, name: str, kind: str, cell: str) -> str:
    if state.seats[kind] is None:
        return "rows for nobody" if _rows_for_nobody(name) or cell != "-" else ""
    seen, here, expected = state.seen(name, kind), state.rows(name, state.cast), state.named(name, kind, cell)
    if seen & here != expected:
        return f"{len(seen & here)} of {len(here)} rows instead of {len(expected)}"
    if kind not in state.strangers and seen & state.rows(name, state.other):
        return "rows of another region"
    if state.elsewhere and ASKED[name].is_of_matter and kind not in OF_ELSEWHERE:
        return "rows of another matter" if seen & state.rows(name, state.elsewhere) else ""
    return ""


def _rows_for_nobody(name: str) -> bool:
    """A queryset has no answer for nobody: it asks for a role that is not there, or gives nothing."""
    try:
        return ASKED[name].visible_to(None).exists()
    except AttributeError:
        return False


def rule_instead(state: State, name: str, kind: str, cell: str) -> str:
    rule, _, thing = name.partition(":")
    answer = "yes" if may(state.seats[kind], rule, state.thing(thing or thing_of(rule), kind)) else "no"
    return "" if answer == cell else answer


def thing_of(rule: str) -> str:
    """Of what a rule is asked, where the line does not name it."""
    return THING_OF.get(rule, "matter")


THING_OF = {
    **dict.fromkeys(["orders.begin", "orders.order", "orders.order_for_team", "orders.write_down"], "nothing"),
    **dict.fromkeys(["bank.keep", "bank.tell", "desk.find", "desk.list_matters"], "nothing"),
    "pairing.tell": "change",
    "people.keep_seats": "seat",
    "regions.keep_contacts": "contact",
    "regions.set_up": "region",
}


# ---------------------------------------------------------------- what must stand in the tables


def querysets() -> set[str]:
    """Every model whose rows are asked for by `visible_to`, and every other queryset that is given an actor."""
    models = {model.__name__ for model in apps.get_models() if hasattr(model._default_manager, "visible_to")}
    return models | {
        f"{owner.name.removesuffix('QuerySet')}.{method.name}"
        for room in settings.ROOMS
        for owner in _classes(PACKAGE / room / "queries.py")
        for method in owner.body
        if isinstance(method, ast.FunctionDef) and method.name != "visible_to" and _is_given_an_actor(method)
    }


def _classes(file: Path) -> list[ast.ClassDef]:
    tree = ast.parse(file.read_text()) if file.exists() else ast.Module([], [])
    return [node for node in tree.body if isinstance(node, ast.ClassDef)]


def _is_given_an_actor(method: ast.FunctionDef) -> bool:
    return "actor" in {argument.arg for argument in [*method.args.args, *method.args.kwonlyargs]}
