"""Whatever takes a right away says so, so that streams end: played for every way of losing one, and read in the source.

A stream is asked anew when a generation is written of somebody its right hangs on, and ends by itself at an hour that
was known when it was asked. Whoever has lost a right otherwise would read on for up to ten minutes.
"""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

import factories
import kudelma
from kudelma.board.following import followed
from kudelma.live.models import Generation
from kudelma.live.queries import GenerationQuerySet
from kudelma.matters.actions import closing
from kudelma.orders.actions import lapsing
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment
from kudelma.people.acting import acting_seat, acts_by, acts_until
from kudelma.people.actions import seats
from kudelma.people.inputs import SeatChange
from kudelma.people.models import Account, Role
from rules import ways
from rules.states import undone
from rules.table import read

PACKAGE = Path(kudelma.__file__).parent


def cookies(client):
    return {name: morsel.value for name, morsel in client.cookies.items()}


@contextmanager
def noted() -> Iterator[set]:
    """Of whom something is taken away meanwhile."""
    before = set(Generation.objects.values_list("pk", flat=True))
    whose: set = set()
    yield whose
    whose |= set(Generation.objects.exclude(pk__in=before).values_list("whose", flat=True))


# ---------------------------------------------------------------- the stream of a board


def _last_day(cast):
    values = SeatChange(unit=cast.lead.unit, title="", leads=False, ends_on=timezone.localdate() - timedelta(days=1))
    type(cast.lead).objects.filter(pk=cast.lead.pk).update(starts_on=timezone.localdate() - timedelta(days=9))
    seats.change_seat(cast.lead, version=cast.lead.version, values=values, by=cast.administrator, at=cast.at())


def _end_task(cast):
    one = LeadAssignment.objects.select_related("matter").get(matter=cast.matter, seat=cast.lead)
    pairing.end_pairing(one, by=cast.coordinator, at=cast.at())


def _change_password(cast):
    account = Account.objects.get(pk=cast.lead.account_id)  # what is undone would stay in the row at hand
    seats.set_password(account, "another word", by=cast.lead, at=cast.at())


def _sends(path, **data):
    return lambda cast, client: client.post(path, data, secure=True)


def _another_seat(cast, client):
    seat = factories.seat(cast.region, Role.WORKER, address=cast.lead.account.address)
    client.post("/seats/", {"seat": str(seat.pk)}, secure=True)


LOSES = {
    "seat ended": lambda cast, client: seats.end_seat(cast.lead, by=cast.administrator, at=cast.at()),
    "last day past": lambda cast, client: _last_day(cast),
    "task ended": lambda cast, client: _end_task(cast),
    "password changed": lambda cast, client: _change_password(cast),
    "signed out": _sends("/sign-out/"),
    "left quickly": lambda cast, client: client.get("/closed/", secure=True),
    "another seat taken": _another_seat,
    "matter forgotten": lambda cast, client: lapsing.forget_matter(cast.fresh(), by=cast.coordinator, at=cast.at()),
}
"""What takes the stream of the board away from the one who leads, at once."""
ENDS_SOONER = {
    "meeting ended": lambda cast, client: cast.end(),
    "matter closed": lambda cast, client: closing.close_matter(
        cast.fresh(), since="meeting", by=cast.coordinator, at=cast.at()
    ),
}
"""After what it ends by itself, at an hour that nobody knew before."""


def _is_told(cast, happens) -> tuple[bool, bool]:
    """Whether the one who leads has lost the stream, and whether whatever holds it open is told."""
    client = factories.sit(cast.lead)
    told = cookies(client)
    before = followed(told, cast.board.pk)
    assert before is not None
    with noted() as whose:
        happens(cast, client)
    return followed(told, cast.board.pk) is None, not whose.isdisjoint(before.hangs_on)


def test_whoever_loses_the_right_to_a_stream_is_asked_anew(cast):
    cast.to("meeting")
    played = {}
    for name, happens in (LOSES | ENDS_SOONER).items():
        with undone():
            played[name] = _is_told(cast, happens)

    assert played == dict.fromkeys(LOSES, (True, True)) | dict.fromkeys(ENDS_SOONER, (False, True))


def test_an_action_that_does_not_say_so_is_noticed(cast, monkeypatch):
    """The twin of the test above: what is taken away is not written."""
    cast.to("meeting")
    monkeypatch.setattr(GenerationQuerySet, "bulk_create", lambda *rows: None)

    assert _is_told(cast, LOSES["seat ended"]) == (True, False)


def test_of_others_nothing_is_taken_away(cast):
    cast.to("meeting")
    before = followed(cookies(factories.sit(cast.writer)), cast.board.pk)
    with noted() as whose:
        _end_task(cast)

    assert whose.isdisjoint(before.hangs_on)


# ---------------------------------------------------------------- whoever came in, by whichever way

NO_ACTION = {"last-day-past", "first-day-to-come", "admission-ended", "admission-not-used", "account-closed"}
"""Lines of the table that are laid into the tables by hand: an action that does it alone is nowhere."""


@dataclass(frozen=True)
class Came:
    level: int
    hangs_on: frozenset
    until: datetime


def _came(client, space):
    request = SimpleNamespace(COOKIES=cookies(client))
    actor = acting_seat(request)
    return actor and Came(actor.level, acts_by(request, actor) | {space}, acts_until(request, actor))


def _untold(before, client, cast, whose) -> bool:
    """Whether somebody has lost their level, or all, and no stream would know."""
    now = _came(client, cast.matter.pk)
    is_lost = now is None or now.level < before.level
    return is_lost and whose.isdisjoint(before.hangs_on) and timezone.now() < before.until


def _untold_of(cast, state, clients) -> list[str]:
    before = {way: _came(client, cast.matter.pk) for way, client in clients.items()}
    with noted() as whose:
        happened = ways.staying(cast, state, clients)
    with happened:
        return [f"{way}@{state}" for way in clients if _untold(before[way], clients[way], cast, whose)]


def test_whoever_came_in_and_is_out_or_lower_is_asked_anew(cast):
    cast.to("preparing")
    clients, untold = ways.all_who_came(cast), []
    for line in (one for one in read("ways.txt") if one.name == "stays" and one.state not in NO_ACTION):
        with undone():
            untold += _untold_of(cast, line.state, clients)

    assert untold == []


def test_whoever_is_out_and_nobody_said_so_is_noticed(cast, monkeypatch):
    cast.to("preparing")
    clients = ways.all_who_came(cast)
    monkeypatch.setattr(GenerationQuerySet, "bulk_create", lambda *rows: None)

    assert _untold_of(cast, "links-revoked", clients) == [f"{way}@links-revoked" for way in ways.STAYS[:-1]]


# ---------------------------------------------------------------- the source

HOLD_RIGHTS = {
    "ended_at", "withdrew_at", "withdrawn_at", "revoked_at", "replaced_at", "leads_until", "is_limited", "starts_on",
    "ends_on",
}  # fmt: skip
"""Columns by which queries tell who sees something, and sessions who is in."""
HOLD_NONE = {
    "members/actions/agreements.py:withdraw_consent": "a consent opens nothing to anybody who reads here",
    "members/actions/agreements.py:lift_limit": "gives a right back",
    "members/actions/agreements.py:limit_right": "ends the ways in by `revoke_links`, which says so",
    "matters/actions/closing.py:shut": "ends how long it is led by `lead_no_longer`, which says so of the whole space",
    "board/actions.py:_end_sitting": "whoever was admitted for it is out by `adjourn`, which says so of the space",
    "meetings/actions/times.py:_ask_about": "a time is no reader",
    "meetings/actions/times.py:withdraw_time": "a time is no reader",
    "meetings/actions/invitations.py:take_back": "who is invited sees the matter by the permission",
    "meetings/actions/invitations.py:_invite": "who is invited sees the matter by the permission",
}
"""Actions that write such a column and take nothing away by it, or say so elsewhere; and why."""


def silent_in(source: str) -> list[str]:
    """Functions that write a column that holds rights, and do not call `taken_away`."""
    return [
        function.name
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        and any(name == "update" and keywords & HOLD_RIGHTS for name, keywords in _calls(function))
        and not any(name == "taken_away" for name, _ in _calls(function))
    ]


def _calls(function) -> Iterator[tuple[str, set]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, {keyword.arg for keyword in node.keywords}


def test_every_action_that_writes_what_holds_a_right_says_that_it_was_taken_away():
    files = [*PACKAGE.glob("*/actions.py"), *PACKAGE.glob("*/actions/*.py")]
    silent = {f"{file.relative_to(PACKAGE)}:{name}" for file in files for name in silent_in(file.read_text())}

    assert silent == HOLD_NONE.keys()


@pytest.mark.parametrize(
    ("line", "is_silent"),
    [
        ("Seat.objects.filter(pk=pk).update(ended_at=at, ended_by=by)", True),
        ("Seat.objects.filter(pk=pk).update(ended_at=at); taken_away(pk)", False),
        ("Seat.objects.filter(ended_at=None).update(version=2)", False),
    ],
)
def test_an_action_that_forgets_to_say_so_is_found(line, is_silent):
    assert silent_in(f"def end(pk):\n    {line}\n") == (["end"] if is_silent else [])
