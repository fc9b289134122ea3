"""The access table: every address × method × kind of seat, and what each one gets.

`access.txt` is the specification, to be read by people. A line: method, name of the address, how far the
matter is, then one answer per kind of seat in the order of KINDS. Answers are status codes: 200 shown,
302 done or sent on, 403 not allowed (or, for participants, not known surely enough), 404 not visible,
405 no such method, 409 allowed but impossible now, 410 too late, 422 allowed but what was sent is refused.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import factories

KINDS = {
    "anon": "nobody",
    "own0": "a participant at level 0",
    "own1": "the same at level 1",
    "own2": "the same at level 2",
    "strange": "a participant of another matter at level 2",
    "outside": "a worker outside the matter",
    "orderer": "the worker who ordered, not invited",
    "invited": "the invited worker",
    "asked": "a consultant who has been asked and has not answered",
    "pair": "the consultant who leads",
    "bank": "a consultant who has nothing to do with the matter",
    "coord": "the coordinator",
    "coordX": "the coordinator of another region",
    "steer": "the steering group",
    "admin": "the administrator",
    "adminX": "the administrator of another region",
}
FILE = Path(__file__).parent / "access.txt"


@dataclass(frozen=True)
class Line:
    method: str
    name: str
    step: str
    answers: tuple[int, ...]


def read() -> list[Line]:
    lines = []
    for text in FILE.read_text().splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        method, place, *answers = text.split()
        name, _, step = place.partition("@")
        lines.append(Line(method, name, step, tuple(int(answer) for answer in answers)))
    return lines


def addresses() -> set[str]:
    """The name of every address that the site answers."""

    def walk(patterns: Any, space: str) -> set[str]:
        found: set[str] = set()
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                found |= walk(pattern.url_patterns, space + inner)
            elif isinstance(pattern, URLPattern):
                found.add(f"{space}{pattern.name}")
        return found

    return walk(get_resolver().url_patterns, "")


def seats(cast: factories.Cast) -> dict[str, Client]:
    """A client for each kind."""
    other = factories.region()
    stranger = factories.Cast(other).to("following")
    asked = factories.seat(cast.region, "consultant")
    asked_offer(cast, asked)
    invited_one(cast)
    mother = getattr(cast, "mother", None)
    own = {f"own{level}": factories.sit(mother.seat, level) if mother else Client() for level in (0, 1, 2)}
    return {
        "anon": Client(),
        **own,
        "strange": factories.sit(stranger.mother.seat, 2),
        "outside": factories.sit(cast.outsider),
        "orderer": factories.sit(cast.orderer),
        "invited": factories.sit(cast.invited),
        "asked": factories.sit(asked),
        "pair": factories.sit(cast.lead),
        "bank": factories.sit(cast.other_consultant),
        "coord": factories.sit(cast.coordinator),
        "coordX": factories.sit(stranger.coordinator),
        "steer": factories.sit(cast.steering),
        "admin": factories.sit(cast.administrator),
        "adminX": factories.sit(stranger.administrator),
    }


def invited_one(cast: factories.Cast) -> None:
    """The mother's invitation, in the state that the table's buttons meet; and her wish to stop."""
    from django.utils import timezone

    from kudelma.matters.models import Member
    from kudelma.meetings.models import Invitation, WishToStop
    from kudelma.people.models import Message

    found = Invitation.objects.filter(
        matter=getattr(cast, "matter", None), member=getattr(cast, "mother", None)
    ).first()
    if found is None:
        return
    cast.invitation = found
    cast.wish = WishToStop(matter=cast.fresh(), member=cast.mother, at=timezone.now())
    cast.wish.save()
    Member.objects.filter(pk=cast.mother.pk).update(wants_calendar=True)
    Message.objects.filter(seat=cast.mother.seat, kind="invitation").update(refused_at=timezone.now())


def asked_offer(cast: factories.Cast, asked: Any) -> None:
    """An offer that stands open, made in the matter of the table although its parts are taken."""
    from django.utils import timezone

    from kudelma.matters.models import Pairing

    if getattr(cast, "matter", None) is None:
        return
    Pairing.objects.filter(matter=cast.matter, part="writer").update(ended_at=timezone.now(), ended_by=cast.coordinator)
    cast.offer = Pairing(
        matter=cast.fresh(), seat=asked, part="writer", offered_by=cast.coordinator, offered_at=timezone.now()
    )
    cast.offer.save()


def url(name: str, cast: factories.Cast) -> str:
    """The address of that name in the matter of the table."""
    things: dict[str, Any] = {
        "matters": "matter",
        "meetings": "meeting",
        "plans": "the_plan",
        "feedback": "meeting",
    }
    special = {
        "desk:matter": "matter",
        "meetings:propose": "matter",
        "matters:offer": "offer",
        "plans:begin": "meeting",
        "meetings:change-line": "line",
        "meetings:nod": "line",
        "meetings:take-back": "line",
        "meetings:stop": "matter",
        "meetings:send-again": "invitation",
        "meetings:tell": "invitation",
        "meetings:letter": "invitation",
        "meetings:call": "wish",
    }
    of_person = {
        "person",
        "permission",
        "withdraw-permission",
        "send-link",
        "revoke-links",
        "read-code",
        "see-to",
        "admit",
        "confirm-identity",
    }
    plain = {
        "matters:begin",
        "matters:order",
        "matters:who-comes",
        "matters:identify",
        "matters:identified",
        "meetings:own-answer",
        "meetings:own-calendar",
        "meetings:own-entry",
        "meetings:own-stop",
        "plans:own",
    }
    room, _, last = name.partition(":")
    if name in plain or (room in {"people", "regions", "desk", "bank"} and name not in special):
        return _without_matter(name, cast)
    if name == "live":
        return reverse("live", args=[cast.board.pk])
    if room in {"matters"} and last in of_person:
        return reverse(name, args=[cast.mother.pk])
    if name == "matters:consultation":
        return reverse(name, args=["told"])
    thing = getattr(cast, special.get(name) or things.get(room, ""), None)
    if thing is None:
        return reverse(name)
    extra = {
        "matters:new-person": ["own"],
        "meetings:invite-one": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "meetings:agreed": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "meetings:answer-by-phone": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "plans:row": [cast.mother.pk] if hasattr(cast, "mother") else [],
    }
    return reverse(name, args=[thing.pk, *extra.get(name, [])])


def _without_matter(name: str, cast: factories.Cast) -> str:
    arguments: dict[str, list[Any]] = {
        "people:password": ["x", "y"],
        "people:link": ["no-such-link"],
        "people:end-seat": [cast.outsider.pk],
        "people:seat": [cast.outsider.pk],
        "regions:place": ["unit", cast.outsider.unit_id],
        "people:invite-again": [cast.outsider.pk],
        "regions:new-place": ["unit"],
        "bank:consultant": [cast.other_consultant.pk],
    }
    return reverse(name, args=arguments.get(name, []))


def sent(name: str, cast: factories.Cast) -> dict[str, str]:
    """What a POST sends: enough for buttons to be pressed, and empty forms."""
    pressed = {"key": str(uuid4())}
    if name == "meetings:turn":
        pressed["cell"] = f"{cast.voices[cast.mother.pk].pk}:{cast.questions[0].pk}"
    if name == "meetings:choose":
        pressed["option"] = str(cast.options()[0].pk)
    if name == "meetings:invite":
        pressed["seen"] = "phone"
    if name == "meetings:tell-place":
        pressed["told"] = "phone"
    if name in {"meetings:tell", "matters:see-to"}:
        pressed["how"] = "phone" if name == "meetings:tell" else "phoned"
    return pressed


def ask(client: Client, method: str, address: str, data: dict[str, str]) -> int:
    if method == "GET":
        return client.get(address, secure=True).status_code
    return client.post(address, data, secure=True).status_code
