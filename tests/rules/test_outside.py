"""Plays the tables of what is asked beside the pages: streams, parts of pages, and the demo's own issuer."""

import asyncio
import base64
import hashlib
import re
import time
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from doors.table import KINDS
from kudelma.demo import identity
from kudelma.live import following, streams
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment
from kudelma.people.actions.seats import end_seat, seat_participant
from kudelma.people.models import Role
from kudelma.serving import application
from rules.states import undone
from rules.table import HERE, read

LINES = read("outside.txt")
ISSUER = [line.rsplit(maxsplit=1) for line in (HERE / "issuer.txt").read_text().splitlines() if line[:1] in {"G", "P"}]
VERIFIER = "v" * 43


def follow(client, cast):
    """What the stream of the board answers to the client's cookies."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    found = following.followed(streams._cookies({"headers": [(b"cookie", cookies.encode())]}), cast.board.pk)
    return 404 if found is None else 200


def part(address, of, name):
    """What the page of that name answers when only a part of it is asked for."""

    def ask(client, cast):
        path = reverse(address, args=[getattr(cast, of).pk])
        return client.get(path, headers={"Fragment": name}, secure=True).status_code

    return ask


REQUESTS = {
    "circle#circle": part("circle:show", "matter", "circle"),
    "board#live": part("board:show", "meeting", "live"),
    "/live/": follow,
}


def pairing_of(cast, seat):
    return LeadAssignment.objects.select_related("matter").get(matter=cast.matter, seat=seat)


@contextmanager
def idle(cast):
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        yield


@contextmanager
def task_ended(cast):
    with undone():
        pairing.end_pairing(pairing_of(cast, cast.lead), by=cast.coordinator, at=cast.at())
        yield


@contextmanager
def seat_ended(cast):
    with undone():
        end_seat(cast.lead, by=cast.administrator, at=cast.at())
        yield


HAPPENS = {"meeting": lambda cast: undone(), "idle": idle, "task-ended": task_ended, "seat-ended": seat_ended}


def clients(cast):
    """A client for each kind of seat; the strangers' region has nothing else in it."""
    there = factories.region()
    stranger = seat_participant(
        there, space=uuid4(), language="fi", by=cast.coordinator, at=cast.at(), on=timezone.localdate()
    )
    asked = factories.seat(cast.region, Role.CONSULTANT)
    pairing.end_pairing(pairing_of(cast, cast.writer), by=cast.coordinator, at=cast.at())
    cast.offered(asked, "writer")
    seats = {
        "strange": stranger, "outside": cast.outsider, "orderer": cast.orderer, "invited": cast.invited,
        "asked": asked, "pair": cast.lead, "bank": cast.other_consultant, "coord": cast.coordinator,
        "coordX": factories.seat(there, Role.COORDINATOR), "steer": cast.steering, "admin": cast.administrator,
        "adminX": factories.seat(there, Role.ADMINISTRATOR),
    }  # fmt: skip
    own = {f"own{level}": factories.sit(cast.mother.seat, level) for level in (0, 1, 2)}
    return {"anon": Client(), **own} | {kind: factories.sit(seat) for kind, seat in seats.items()}


def test_streams_and_parts_open_to_those_whom_the_table_names(cast):
    cast.to("meeting")
    came, wrong = clients(cast), []
    for line in LINES:
        with HAPPENS[line.state](cast):
            for kind, cell in zip(KINDS, line.cells, strict=True):
                answer = str(REQUESTS[line.name](came[kind], cast))
                if answer != cell:
                    wrong.append(f"{line.name}@{line.state} as {kind}: {answer}, the table says {cell}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("request_line", "status"), ISSUER, ids=[line for line, _ in ISSUER])
def test_the_demos_issuer_answers_as_the_table_says(settings, tmp_path, request_line, status):
    settings.STATIC_ROOT = tmp_path
    settings.DEMO = "among real people" not in request_line
    method, path, *what = request_line.removesuffix(" among real people").split(maxsplit=2)
    form = _form(what[0]) if what else {}

    assert str(asked(method, path, form)) == status


def asked(method, path, form):
    """The status of what the server answers."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http", "method": method, "path": f"/demo/identity{path}", "query_string": query.encode(),
        "headers": [(b"host", b"testserver")], "scheme": "https", "http_version": "1.1", "server": ("testserver", 443),
        "client": ("127.0.0.1", 1), "root_path": "", "raw_path": b"",
    }  # fmt: skip
    sent = []

    async def receive():
        return {"type": "http.request", "body": urlencode(form).encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(application()(scope, receive, send))
    return sent[0]["status"]


def _form(what):
    """What a server sends that comes back with a code."""
    if what == "made-up-code":
        return {"code": "made-up", "code_verifier": VERIFIER}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    made_at = time.time() - (identity.CODE_SECONDS + 1 if "minute ago" in what else 0)
    with time_machine.travel(made_at):
        _, _, page = identity._authorize({"client_id": "tests", "code_challenge": challenge})
    code = re.search(r"code=([\w%-]+)", page.decode())[1].replace("%3D", "=")
    return {"code": code, "code_verifier": "w" * 43 if "another verifier" in what else VERIFIER}
