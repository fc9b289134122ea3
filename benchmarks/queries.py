"""The most queries that any page asks: every page that the people of the demo can come to by links."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from benchmarks.data import Data
from benchmarks.figure import Figure, Figures, orientation
from journeys.crawl import name_of

MOST_OF_A_KIND = 4
"""For each visitor: everybody is a visitor, so each kind of page is still met dozens of times."""
HOST = "127.0.0.1"
ACCESS = Path(__file__).parent.parent / "tests" / "doors" / "access.txt"
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
OTHERS_ANSWER = ("/static/", "/live/", "/demo/identity/")
"""Addresses that no page thread answers."""
CONTROL = {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"}
SIGNED_IN = ["/seats/", "/sign-in/factor/"]
COMING_IN = ["/own/code/", "/own/code/sending/"]
PUBLIC = ["/", "/room/", "/sign-in/", "/sign-in/forgotten/", "/demo/", "/demo/letterbox/", "/ui/"]


@dataclass
class Seen:
    """n_most: of the page that asked most; worst: its address and who looked. names: addresses by name."""

    n_pages: int = 0
    n_most: int = 0
    worst: str = ""
    names: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    by_kind: dict[str, int] = field(default_factory=dict)

    def add(self, who: str, path: str, name: str, n_queries: int) -> None:
        self.n_pages += 1
        self.names.add(name)
        self.by_kind[name_of(path)] = max(n_queries, self.by_kind.get(name_of(path), 0))
        if n_queries > self.n_most:
            self.n_most, self.worst = n_queries, f"{name_of(path)} as {who}"


def most(data: Data, *, quick: bool) -> Figures:
    data.demo()
    seen = Seen()
    for who, client, starts in _visitors():
        _crawl(who, client, starts, seen)
    orientation(f"{seen.n_pages} pages looked at; most queries: {seen.worst}")
    for kind, n_queries in sorted(seen.by_kind.items(), key=lambda pair: -pair[1])[1:6]:
        orientation(f"{n_queries} queries: {kind}")
    orientation(f"links that lead nowhere: {', '.join(sorted(seen.refused)) or 'none'}")
    orientation(f"pages not reached: {', '.join(sorted(_pages() - seen.names)) or 'none'}")
    yield Figure("queries-most", seen.n_most, "queries", "<=12")


def _crawl(who: str, client: Any, starts: list[str], seen: Seen) -> None:
    """Every page that links lead to; the one that ends the session comes last."""
    waiting, met, counts = list(starts), set(starts), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        counts[name_of(path)] += 1
        if counts[name_of(path)] > MOST_OF_A_KIND:
            continue
        with _counted() as asked:
            answer = client.get(path, SERVER_NAME=HOST)
            body = answer.content if not answer.streaming else b""
        if answer.status_code >= 400:
            assert path not in starts, f"{path} as {who} answers {answer.status_code}"
            seen.refused.add(f"{name_of(path)} {answer.status_code}")
        seen.add(who, path, answer.resolver_match.view_name if answer.resolver_match else "", len(asked))
        for to in _links(path, answer, body):
            if to not in met and to != "/closed/":
                met.add(to)
                waiting.append(to)
    with _counted() as asked:
        client.get("/closed/", SERVER_NAME=HOST)
    seen.add(who, "/closed/", "people:closed", len(asked))


def _links(path: str, answer: Any, body: bytes) -> Iterator[str]:
    links = (
        [answer.headers["Location"]] if "Location" in answer.headers else LINK.findall(body.decode("utf-8", "ignore"))
    )
    for link in links:
        parts = urlsplit(urljoin(f"http://{HOST}{path}", link.replace("&amp;", "&")))
        if parts.hostname == HOST and parts.scheme == "http" and not parts.path.startswith(OTHERS_ANSWER):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The statements to either database, without transaction control."""
    from django.db import connections

    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( ").split(None, 1)[0].upper() not in CONTROL:
            asked.append(sql)
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note), connections["keys"].execute_wrapper(note):
        yield asked


def _visitors() -> Iterator[tuple[str, Any, list[str]]]:
    """Nobody, everybody who works in the demo, and a participant of each step at each level."""
    from django.test import Client
    from django.utils import timezone

    import factories
    from kudelma.matters.models import Step
    from kudelma.members.models import Member
    from kudelma.people.actions.links import make_link
    from kudelma.people.models import Role, Seat

    for seat in Seat.objects.current(timezone.localdate()).staff().filter(region__is_demo=True):
        yield seat.role, factories.sit(seat), ["/today/", *SIGNED_IN]
    sitting = Member.objects.filter(seat__role=Role.PARTICIPANT, matter__region__is_demo=True, matter__closed_at=None)
    for step in Step:
        member = sitting.filter(matter__step=step).first()
        for level in (0, 1, 2) if member else ():
            yield f"a participant at level {level}, {step}", factories.sit(member.seat, level), ["/own/", *COMING_IN]
    yield "nobody", Client(), [*PUBLIC, f"/i/{make_link(sitting[0].seat, at=timezone.now())}/"]


def _pages() -> set[str]:
    """The names of the addresses that show a page to somebody, from the access table of the tests."""
    lines = (line.split() for line in ACCESS.read_text().splitlines())
    return {words[1].partition("@")[0] for words in lines if words[:1] == ["GET"] and "200" in words[2:]}
