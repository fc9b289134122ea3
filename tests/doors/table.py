"""The access table: every address × method × kind of seat, and what each one gets.

`access.txt` is the specification, to be read by people. A line: method, name of the address, how far the
matter is, then one answer per kind of seat in the order of KINDS. Answers are status codes: 200 shown,
302 done or sent on, 403 not allowed (or, for participants, not known surely enough), 404 not visible,
405 no such method, 409 allowed but impossible now, 410 too late, 422 allowed but what was sent is refused.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

import factories
import snapshots
from kudelma.bank.models import Availability
from kudelma.board.views import day_of
from kudelma.circle.inputs import NewThing
from kudelma.meetings import preview
from kudelma.pairing.models import LeadAssignment, LeadChangeNotice

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


def addresses() -> list[str]:
    """The name of every address that the site answers, as often as it is given."""

    def walk(patterns: Any, space: str) -> list[str]:
        found: list[str] = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                found += walk(pattern.url_patterns, space + inner)
            elif isinstance(pattern, URLPattern):
                found.append(f"{space}{pattern.name}")
        return found

    return walk(get_resolver().url_patterns, "")


def seats(cast: factories.Cast) -> dict[str, Client]:
    """A client for each kind."""
    stranger = snapshots.once("stranger", lambda: factories.Cast(factories.region()).to("following"))
    asked = factories.seat(cast.region, "consultant")
    asked_offer(cast, asked)
    factories.contact(cast.region)
    cast.draft = cast.begin_draft(worry="Olen huolissani aamuista.")
    drawn_thing(cast)
    free_time(cast)
    invited_one(cast)
    mother = getattr(cast, "mother", None)
    if mother:
        prepare(cast)
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

    from kudelma.meetings.models import Invitation, WishToStop
    from kudelma.members.models import Member
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
    told = Message.objects.filter(seat=cast.mother.seat, kind="invitation")
    told.update(refused_at=timezone.now())
    cast.undelivered = told.get()


def prepare(cast: factories.Cast) -> None:
    """A consent of the mother, and the page of the child, shown to everybody."""
    from django.utils import timezone

    from kudelma.members.models import Consent, Member
    from kudelma.preparation.models import ChildPage

    at, today = timezone.now(), timezone.localdate()
    Member.objects.filter(pk=cast.child.pk).update(is_child=True)
    cast.consent = Consent(
        matter=cast.fresh(), member=cast.mother, kind="consent", what_for="Koulu", to_whom="Koululle",
        given_on=today, how="face", by=cast.lead, at=at,
    )  # fmt: skip
    cast.consent.save()
    if not ChildPage.objects.filter(member=cast.child).exists():
        ChildPage(
            matter=cast.fresh(), member=cast.child, beside="Mummo", wish="self", shown_to="everybody", by=cast.lead,
            at=at,
        ).save()  # fmt: skip


def asked_offer(cast: factories.Cast, asked: Any) -> None:
    """An offer that stands open, made in the matter of the table although its parts are taken."""
    if getattr(cast, "matter", None) is None:
        return
    LeadAssignment.objects.filter(matter=cast.matter, part="writer").update(
        ended_at=timezone.now(), ended_by=cast.coordinator
    )
    cast.offer = LeadAssignment(
        matter=cast.fresh(), seat=asked, part="writer", offered_by=cast.coordinator, offered_at=timezone.now()
    )
    cast.offer.save()
    cast.pairing = LeadAssignment.objects.filter(matter=cast.matter, seat=cast.lead).first()
    if cast.pairing:
        cast.change = LeadChangeNotice(
            matter=cast.fresh(), pairing=cast.pairing, instead_of=cast.pairing, since=timezone.now()
        )  # fmt: skip
        cast.change.save()


def free_time(cast: factories.Cast) -> None:
    """Hours that the consultant who leads has told to be free."""
    start = timezone.now() + timedelta(days=9)
    cast.free = Availability(seat=cast.lead, starts_at=start, ends_at=start + timedelta(hours=3))
    cast.free.save()


def walked(region: Any, step: str) -> factories.Cast:
    """A cast whose matter stands at `step`; at "chaired" it is a chaired meeting in preparation."""
    if step == "chaired":
        return factories.Chaired(region).to("preparing")
    return factories.Cast(region).to(step or "preparing")


def drawn_thing(cast: factories.Cast) -> None:
    """A morning on the circle of the matter, tied to the mother."""
    from kudelma.circle import actions as circle

    if not hasattr(cast, "mother") or not cast.fresh().is_open:
        return
    thing = NewThing(kind="day", name="aamut", note="pyörällä kouluun")
    cast.thing = circle.add_thing(
        cast.fresh(), idempotency_key=uuid4(), values=thing, to=(500, 390), by=cast.lead, at=cast.at()
    )
    circle.tie(cast.fresh(), cast.mother.pk, cast.thing.pk, by=cast.lead, at=cast.at())


def url(name: str, cast: factories.Cast) -> str:
    """The address of that name in the matter of the table."""
    things: dict[str, Any] = {
        **dict.fromkeys(["matters", "orders", "members", "pairing", "preparation"], "matter"),
        "circle": "matter",
        "meetings": "meeting",
        "board": "meeting",
        "plans": "the_plan",
        "feedback": "meeting",
    }
    special = {
        "desk:matter": "matter",
        "meetings:propose": "matter",
        "pairing:offer": "offer",
        "pairing:offer-names": "offer",
        "pairing:end-pairing": "pairing",
        "pairing:tell-change": "change",
        "plans:begin": "meeting",
        "board:onwards": "meeting",
        "members:withdraw-consent": "consent",
        "board:change-line": "line",
        "board:nod": "line",
        "board:take-back": "line",
        "meetings:stop": "matter",
        "meetings:send-again": "invitation",
        "members:see-to": "undelivered",
        "meetings:tell": "invitation",
        "meetings:letter": "invitation",
        "meetings:call-about-stopping": "wish",
    }
    of_person = {
        "person",
        "permission",
        "withdraw-permission",
        "send-link",
        "revoke-links",
        "read-code",
        "admit",
        "confirm-identity",
        "contact",
        "needs",
        "safety",
        "agreements",
        "new-consent",
        "judgement",
        "limit",
        "lift-limit",
    }
    plain = {
        "orders:begin",
        "orders:order",
        "orders:team",
        "orders:told",
        "circle:own",
        "preparation:who-comes",
        "members:identify",
        "members:identified",
        "members:own-needs",
        "members:own-safety",
        "preparation:own-child",
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
    if room == "members" and last in of_person:
        return reverse(name, args=[cast.mother.pk])
    if name in {"preparation:child", "preparation:child-shown"}:
        return reverse(name, args=[cast.child.pk])
    if name == "orders:consultation":
        return reverse(name, args=["told"])
    if name in {"meetings:choose", "meetings:withdraw"}:
        return reverse(name, args=[cast.options()[0].pk])
    if name == "orders:wish":
        return reverse(name, args=[cast.region.code])
    if name in {"orders:draft", "orders:discard"}:
        return reverse(name, args=[cast.draft.pk, *([1] if name == "orders:draft" else [])])
    thing = getattr(cast, special.get(name) or things.get(room, ""), None)
    if thing is None:
        return reverse(name)
    extra = {
        "members:new-person": ["own"],
        "circle:place": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "circle:ties": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "circle:untie": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "circle:name": [cast.thing.pk] if hasattr(cast, "thing") else [],
        "circle:return": [cast.thing.pk] if hasattr(cast, "thing") else [],
        "circle:remove": [cast.thing.pk] if hasattr(cast, "thing") else [],
        "preparation:part": ["why"],
        "meetings:invite-one": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "meetings:agreed": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "meetings:answer-by-phone": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "meetings:call": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "meetings:need": [cast.close_one.pk] if hasattr(cast, "close_one") else [],
        "plans:row": [cast.mother.pk] if hasattr(cast, "mother") else [],
        "plans:change-row": [cast.the_row.pk] if hasattr(cast, "the_row") else [],
        "plans:take-back": [cast.the_row.pk] if hasattr(cast, "the_row") else [],
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
        "regions:region": [cast.region.code],
        "regions:question": [cast.region.code],
        "regions:handbook": [cast.region.code],
        "regions:question-place": [cast.region.code, 2],
        "regions:chapter": [cast.region.code, "preparing"],
        "bank:consultant": [cast.other_consultant.pk],
        "bank:remove": [getattr(cast, "free", cast.lead).pk],
    }
    if name in {"regions:contact", "regions:review-contact", "regions:remove-contact"}:
        return reverse(name, args=[(cast.region.contacts.first() or factories.contact(cast.region)).pk])
    return reverse(name, args=arguments.get(name, []))


def sent(name: str, cast: factories.Cast) -> dict[str, str]:
    """What a POST sends: enough for buttons to be pressed, and empty forms."""
    pressed = {"idempotency_key": str(uuid4())}
    if name == "board:turn":
        pressed["turn"] = f"{cast.voices[cast.mother.pk].pk}:{cast.questions[0].pk}"
    if name == "meetings:invite":
        cast.open()
        pressed["seen"] = preview.mark_of(preview.invitation_rows(cast.the_meeting(), [], shows_text=True))
    if name == "board:end":
        pressed["seen"] = day_of(cast.the_meeting())
    if name in {"regions:review-contact", "regions:remove-contact"}:
        pressed["version"] = "1"
    if name == "members:confirm-identity":
        pressed["judgement"] = "right"
    if name == "meetings:tell-place":
        pressed["told"] = "phone"
    if name in {"meetings:tell", "members:see-to"}:
        pressed["how"] = "phone" if name == "meetings:tell" else "phoned"
    return pressed


def ask(client: Client, method: str, address: str, data: dict[str, str]) -> int:
    if method == "GET":
        return client.get(address, secure=True).status_code
    return client.post(address, data, secure=True).status_code
