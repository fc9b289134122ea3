"""A working list of fifty matters against a bare view with the same rows and the same picture."""

import json
import re
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from types import SimpleNamespace
from typing import Any

from benchmarks.data import Data
from benchmarks.figure import Figure, Figures, orientation
from benchmarks.load import Page, load
from benchmarks.server import get, serving

ROWS = 50
CONNECTIONS = 8
STEPS = ["preparing", "timing", "inviting", "invited", "meeting", "planning", "following"]
LOOKS = {"coordinator": "-coordinator", "lead": ""}
"""Who looks, and how the figure's name ends. The list of the one who leads unseals names and is recorded."""
PATH = "/matters/"
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')


def ratio(data: Data, *, quick: bool) -> Figures:
    """Requests in a second, of the bare view's: the median of rounds that take the servers in turn."""
    seconds, rounds = (3, 3) if quick else (20, 5)
    shares: dict[str, list[float]] = {looks: [] for looks in LOOKS}
    with _pages(data) as pages:
        for page in (page for pair in pages.values() for page in pair):
            load(page, connections=CONNECTIONS, seconds=seconds / 4)
        for number in range(1, rounds + 1):
            for looks, pair in pages.items():
                real, bare = (load(page, connections=CONNECTIONS, seconds=seconds).per_second for page in pair)
                shares[looks].append(100 * real / bare)
                orientation(f"round {number}, {looks}: {real:.1f} requests/s, bare {bare:.1f}")
    for looks, name in LOOKS.items():
        yield Figure(f"list-ratio{name}", statistics.median(shares[looks]), "%", ">=30")


def alone(data: Data, *, quick: bool) -> Figures:
    """How long one answer takes when nobody else asks."""
    with _pages(data) as pages:
        for looks, (real, bare) in pages.items():
            load(real, connections=1, seconds=1)
            orientation(f"bare, {looks}: {load(bare, connections=1, seconds=2).median:.1f} ms")
            took = load(real, connections=1, seconds=3 if quick else 10)
            yield Figure(f"list-p50{LOOKS[looks]}", took.median, "ms", "<=25")


@contextmanager
def _pages(data: Data) -> Iterator[dict[str, tuple[Page, Page]]]:
    """{who looks: (real, bare)}, both served, and checked to be the same picture."""
    data.demo()
    cast = _matters()
    real_heads = {looks: {"Cookie": _cookies(getattr(cast, looks))} for looks in LOOKS}
    bare_heads = {looks: {"Cookie": f"looks={looks}"} for looks in LOOKS}
    with serving(data) as real, serving(data, DJANGO_SETTINGS_MODULE="benchmarks.bare_settings") as bare:
        yield {
            looks: _pair(Page(real.port, PATH, real_heads[looks], _is_whole), bare.port, bare_heads[looks])
            for looks in LOOKS
        }


def _pair(real: Page, port: int, headers: dict[str, str]) -> tuple[Page, Page]:
    bare = Page(port, PATH, headers, _is_whole)
    pictures = [TOKEN.sub(rb"\1", get(page.port, page.path, page.headers)[1]) for page in (real, bare)]
    assert _is_whole(pictures[0]), "the list does not have its fifty rows"
    assert pictures[0] == pictures[1], "the bare view is not the same picture"
    return real, bare


def _is_whole(body: bytes) -> bool:
    return body.count(b'<li class="card">') == ROWS


@cache
def _matters() -> Any:
    """A region of its own with fifty matters in all their steps, and the bare view's rows of them."""
    from django.db import connection, transaction
    from django_tasks_db.models import DBTaskResult

    import factories
    from benchmarks.bare import Row, heads_file

    with transaction.atomic(), transaction.atomic(using="keys"):
        region = factories.region("B1")
        type(region).objects.filter(pk=region.pk).update(is_demo=True)
        cast = factories.Cast(region)
        for number in range(ROWS):
            cast.to(STEPS[number % len(STEPS)])
        DBTaskResult.objects.all().delete()  # nothing is to be sent while we measure
    with connection.schema_editor() as tables:
        tables.create_model(Row)
    heads = {}
    for looks in LOOKS:
        seat = getattr(cast, looks)
        Row.objects.bulk_create(
            Row(looks=looks, position=number, **line) for number, line in enumerate(_lines(seat), start=1)
        )
        heads[looks] = _head(seat)
    heads_file().write_text(json.dumps(heads))
    return cast


def _lines(seat: Any) -> list[dict[str, Any]]:
    """What the list shows, as plain values."""
    from kudelma.desk.lines import lines
    from kudelma.matters.models import Matter

    return [asdict(line) for line in lines(list(Matter.objects.visible_to(seat).for_list()), seat, "benchmark")]


def _head(seat: Any) -> dict[str, Any]:
    """What the masthead and the form above the list print, as plain values."""
    from kudelma.core.rules import may
    from kudelma.desk.context import navigation
    from kudelma.desk.sorting import Sorting
    from kudelma.people.context import actor

    request: Any = SimpleNamespace(actor=seat, level=seat.level, path=PATH, session={})
    return {
        "demo": True,
        "choices": Sorting().choices(),
        "may_find": may(seat, "desk.find"),
        **actor(request),
        "actor": {
            "role": seat.role,
            "account": {"name": seat.account.name},
            "get_role_display": str(seat.get_role_display()),
            "unit": {"name": seat.unit.name} if seat.unit else None,
        },
        **navigation(request),
    }


def _cookies(seat: Any) -> str:
    import factories

    cookies = factories.sit(seat).cookies
    return "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())
