"""Of which pieces the statements are that each test sends to the databases, and which tests together send every piece.

PostgreSQL is asked what it may answer otherwise than SQLite, and that is seen in the statement: a join, a constraint, a
function, a type. A thousand tests that send the same statements with other values prove the same about it. So the suite
on SQLite notes what each test sends, and PostgreSQL gets those that together send every piece, in the same run: which
they are, the tree alone decides. What the statement does not show says `pytest.mark.both`: how texts are sorted and
how long they may be, what two do at the same moment. `make prove PART=trust` runs everything on PostgreSQL.

A statement is made of pieces, as a page is: what is chosen from which table, each join, each condition, the order. They
are taken without their values, and without how many there are of them. Pieces add up, where whole statements would
multiply. What works on all of its rows together (distinct, grouped, joined to another statement) and what ended with an
error is one piece.
"""

import json
import os
import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

NOTES = "TESTS_STATEMENTS_FOLDER"
CHOSEN = "TESTS_CHOSEN_FILE"
PASSED_BY = ("SAVEPOINT ", "RELEASE ", "ROLLBACK ", "BEGIN", "PRAGMA ")
LIST = re.compile(r"\(%s(?:, %s)+\)")
ROWS = re.compile(r"(\((?:[^()]*%s[^()]*)\))(?:, \1)+")
ALIAS = re.compile(r"\b[T-Z]\d+\b")
"""What Django calls a table that stands in a statement twice, and in each further depth by another letter."""
WHOLE = re.compile(r"^INSERT|\b(?:DISTINCT|GROUP BY|HAVING|UNION|OVER|RETURNING|FOR UPDATE)\b")
CLAUSES = re.compile(r" (?:FROM|INNER JOIN|LEFT OUTER JOIN|CROSS JOIN|WHERE|ORDER BY|LIMIT|OFFSET|SET) ")
AND = re.compile(r" AND ")

BESIDE = 20
"""What a test costs beside its statements, counted in statements."""
DEAR = 2_000
"""More statements than that are not sent to PostgreSQL in every run, were it that nobody else sends some piece."""


@dataclass
class Sent:
    """number: of statements, which is what they cost on any machine."""

    pieces: set[int] = field(default_factory=set)
    number: int = 0


@dataclass(frozen=True)
class Asked:
    """What a test sent, with what was sent to get where it begins; number: of its own statements."""

    test: str
    pieces: frozenset[int]
    number: int


_sent = Sent()
_known: dict[str, frozenset[int]] = {}


def begin() -> None:
    """A test begins."""
    global _sent
    _sent = Sent()


@contextmanager
def apart() -> Iterator[Sent]:
    """What is sent meanwhile is no part of what the test sends, unless it is added."""
    global _sent
    outside, _sent = _sent, Sent()
    try:
        yield _sent
    finally:
        _sent = outside


def add(walk: Sent) -> None:
    """A test begins where `walk` leads, walked or put back: it has sent the same pieces, whoever was first."""
    _sent.pieces |= walk.pieces


def note(test: str) -> None:
    """The test has ended. Without a folder in the environment nothing is kept."""
    if folder := os.environ.get(NOTES):
        with (Path(folder) / f"{os.getpid()}.statements").open("a", encoding="utf-8") as file:
            file.write(json.dumps([test, sorted(_sent.pieces), _sent.number]) + "\n")


def read(folder: Path) -> Iterator[Asked]:
    for path in sorted(folder.glob("*.statements")):
        for line in path.read_text(encoding="utf-8").splitlines():
            test, pieces, number = json.loads(line)
            yield Asked(test, frozenset(pieces), number)


def pieces_sent(tests: list[Asked]) -> frozenset[int]:
    return frozenset[int]().union(*(test.pieces for test in tests))


def covering(tests: list[Asked]) -> list[Asked]:
    """Tests that together send every piece that any of them sends: always the most new ones for the least cost.

    Dear tests are passed over. What a test would add only shrinks, so that a test is weighed anew only when it comes to
    the top. Source: the greedy rule for weighted set cover (Chvátal 1979).
    """
    by_name = {test.test: test for test in tests}
    queue = [(-_worth(test, test.pieces), test.test) for test in tests if test.pieces and test.number <= DEAR]
    heapify(queue)
    covered, taken = set[int](), list[Asked]()
    while queue:
        _, name = heappop(queue)
        test = by_name[name]
        new = test.pieces - covered
        if not new:
            continue
        again = (-_worth(test, new), name)
        if queue and again > queue[0]:
            heappush(queue, again)
            continue
        covered |= new
        taken.append(test)
    return taken


def chosen(items: list[Any]) -> tuple[list[Any], list[Any]]:
    """The collected tests that a file in the environment names, and those it leaves out; without it all are chosen.

    Those that commit are never left out: what several do at the same moment no statement shows. Raises LookupError for
    a name that nothing collected has: it would be left out by mistake.
    """
    if CHOSEN not in os.environ:
        return list(items), []
    names = set(json.loads(Path(os.environ[CHOSEN]).read_text(encoding="utf-8")))
    if unknown := names - {item.nodeid for item in items}:
        raise LookupError(f"chosen and not collected: {', '.join(sorted(unknown))}")
    taken = {item.nodeid: item.nodeid in names or _always(item) for item in items}
    return [item for item in items if taken[item.nodeid]], [item for item in items if not taken[item.nodeid]]


def _always(item: Any) -> bool:
    mark = item.get_closest_marker("django_db")
    commits = "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))
    return commits or item.get_closest_marker("both") is not None


def _worth(test: Asked, new: Set[int]) -> float:
    return len(new) / (test.number + BESIDE)


def pieces_of(sql: str, error: str = "") -> frozenset[int]:
    """A number for each piece of the statement, the same in every process."""
    shape = ALIAS.sub("_", ROWS.sub(r"\1", LIST.sub("(%s)", sql)))
    pieces = [f"{error} {shape}"] if error or WHOLE.search(shape) else _cut(shape)
    return frozenset(int.from_bytes(blake2b(piece.encode(), digest_size=6).digest(), "big") for piece in pieces)


def _cut(shape: str) -> list[str]:
    """What stands between the words of SQL that are in no brackets; of the conditions each that is joined by AND."""
    parts = _split(shape, CLAUSES)
    return [piece for part in parts for piece in (_conditions(part) if part.startswith(" WHERE ") else [part])]


def _conditions(part: str) -> list[str]:
    conditions = part.removeprefix(" WHERE ")
    while conditions.startswith("(") and _closes_at(conditions) == len(conditions) - 1:
        conditions = conditions[1:-1]
    return [f" WHERE {condition.removeprefix(' AND ')}" for condition in _split(conditions, AND)]


def _split(text: str, at: re.Pattern[str]) -> list[str]:
    """The text cut before each place that fits and stands in no brackets."""
    depth, depths = 0, []
    for character in text:
        depth += (character == "(") - (character == ")")
        depths.append(depth)
    cuts = [0, *(place.start() for place in at.finditer(text) if not depths[place.start()]), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


def _closes_at(text: str) -> int:
    """Where the bracket closes with which the text begins."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return place
    return -1


def _noting(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    words = str(sql)
    if words.startswith(PASSED_BY):
        return execute(sql, params, many, context)
    try:
        result = execute(sql, params, many, context)
    except Exception as error:
        _sent.pieces |= pieces_of(words, type(error).__name__)
        raise
    pieces = _known.get(words)
    if pieces is None:
        pieces = _known[words] = pieces_of(words)
    _sent.pieces |= pieces
    _sent.number += 1
    return result


def _watch(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if _noting not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _noting)


def watch() -> None:
    """From here on every connection of this process notes what it is sent."""
    connection_created.connect(_watch)
    for open_one in connections.all(initialized_only=True):
        _watch(open_one)
