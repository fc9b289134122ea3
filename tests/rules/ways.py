"""The ways in: a participant comes by a link, a code, a letter, face to face or strongly identified; a worker signs in.

`ways.txt` is the specification. `stays`: who came in before something happened, and is looked at after it. `comes`:
who was given a link, a code, a letter and digits before, and comes in by them after it. The doors are those of the
site; only strong identification, which needs an issuer, is written into the session.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from kudelma.matters.actions import closing
from kudelma.members.actions import agreements, people
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.people.acting import SEEN_COOKIE, acting_seat, seen_now
from kudelma.people.actions import links, printed, seats
from kudelma.people.models import Account, Admission, PersonalLink, Seat
from kudelma.people.sign_in import FACTOR_DONE

STAYS = ("link", "code", "letter", "room", "both", "identity", "password")
COMES = ("link", "code", "letter", "room")
UNTIL_MEETING = timedelta(days=7)


def level(client: Client) -> str:
    """At which level the client's cookies act."""
    request = SimpleNamespace(COOKIES={name: morsel.value for name, morsel in client.cookies.items()})
    actor = acting_seat(request)
    return "-" if actor is None else str(actor.level)


# ---------------------------------------------------------------- by what somebody comes in


@dataclass(frozen=True)
class Secrets:
    """What one participant was given. Nothing of it is used yet."""

    token: str
    digits: str
    letter: str
    room: str

    def by_link(self) -> Client:
        return _sent(Client(), "people:come-in", token=self.token)

    def by_code(self) -> Client:
        return _sent(self.by_link(), "people:code", code=self.digits)

    def by_letter(self) -> Client:
        return _sent(Client(), "people:letter", code=self.letter)

    def by_room(self, client: Client | None = None) -> Client:
        return _sent(client or Client(), "people:room", code=self.room)

    def come(self, way: str) -> Client:
        return getattr(self, f"by_{way}")()

    def try_wrongly(self) -> None:
        """Five times, as far as the tries are counted for what was given."""
        for _ in range(links.CODE_TRIES):
            wrong = "000000" if self.digits != "000000" else "000001"
            _sent(self.by_link(), "people:code", code=wrong)
            _sent(Client(), "people:letter", code=self.letter[: printed.HALF] + "2" * printed.HALF)


def given(cast: Any) -> Secrets:
    seat, by, at = cast.mother.seat, cast.coordinator, cast.at()
    token = links.make_link(seat, at=at)
    return Secrets(
        token=token,
        digits=links.read_code_aloud(PersonalLink.objects.of_token(token).get(), by=by, at=at),
        letter=printed.print_code(seat, ends_at=at + UNTIL_MEETING, by=by, at=at),
        room=links.admit(seat, reason="known", by=cast.lead, at=at),
    )


def all_who_came(cast: Any) -> dict[str, Client]:
    """Somebody who has come in by each way: always the same participant; and a worker."""
    both, identified, each = given(cast), given(cast), given(cast)  # the last letter is the one that works
    return {way: each.come(way) for way in COMES} | {
        "both": both.by_room(both.by_code()),
        "identity": edited(identified.by_code(), identity=True),
        "password": factories.sit(cast.invited),
    }


def _sent(client: Client, door: str, **data: str) -> Client:
    client.post(reverse(door), data, secure=True)
    return client


def edited(client: Client, **changes: Any) -> Client:
    """A participant who came otherwise than they did, as their session says."""
    session = client.session
    session["participant"] = session["participant"] | changes
    session.save()
    return client


# ---------------------------------------------------------------- what happens


@contextmanager
def later(clients: dict[str, Client] | None = None, **passed: float) -> Iterator[None]:
    """So long after. clients: of those who have done something all the while."""
    seen = {way: client.cookies[SEEN_COOKIE].value for way, client in (clients or {}).items()}
    with time_machine.travel(timezone.now() + timedelta(**passed)):
        for way in seen:
            clients[way].cookies[SEEN_COOKIE] = seen_now(SimpleNamespace(session=clients[way].session))
        yield
    for way, value in seen.items():
        clients[way].cookies[SEEN_COOKIE] = value


def _member(cast: Any) -> Member:
    return Member.objects.select_related("matter__region", "seat").get(pk=cast.mother.pk)


def _both_seats(cast: Any) -> Any:
    return Seat.objects.filter(pk__in=[cast.mother.seat_id, cast.invited.pk])


def _revoke(cast: Any) -> None:
    people.revoke_links(_member(cast), by=cast.coordinator, at=cast.at())


def _withdraw(cast: Any) -> None:
    people.withdraw_permission(_member(cast), by=cast.coordinator, at=cast.at())


def _limit(cast: Any) -> None:
    agreements.limit_right(_member(cast), by=cast.coordinator, at=cast.at())


def _rewrite(cast: Any) -> None:
    cast.open()  # what is known of the person is read first
    member = _member(cast)
    values = PersonSaid(member.name, "Muu")
    people.change_member(member, version=member.version, values=values, by=cast.lead, at=cast.at())


def _close(cast: Any) -> None:
    closing.close_matter(cast.fresh(), since="preparing", by=cast.coordinator, at=cast.at())


def _end(cast: Any) -> None:
    for seat in _both_seats(cast):
        seats.end_seat(seat, by=cast.administrator, at=cast.at())


def _days(starts: int, ends: int) -> Callable[[Any], None]:
    """Both seats begin and end so many days from today."""

    def change(cast: Any) -> None:
        today = timezone.localdate()
        _both_seats(cast).update(starts_on=today + timedelta(days=starts), ends_on=today + timedelta(days=ends))

    return change


def _another_letter(cast: Any) -> None:
    printed.print_code(cast.mother.seat, ends_at=cast.at() + UNTIL_MEETING, by=cast.coordinator, at=cast.at())


def _admissions(**values: Any) -> Callable[[Any], None]:
    return lambda cast: Admission.objects.filter(seat=cast.mother.seat).update(**values)


HAPPENS: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda cast: None,
    "links-revoked": _revoke,
    "permission-withdrawn": _withdraw,
    "right-limited": _limit,
    "name-rewritten": _rewrite,
    "matter-closed": _close,
    "seat-ended": _end,
    "last-day-past": _days(-9, -1),
    "first-day-to-come": _days(1, 9),
    "another-letter": _another_letter,
    "admission-ended": _admissions(ended_at=timezone.now()),
    "admission-not-used": _admissions(used_at=None),
}
"""What happens in the matter, whoever has come in."""


def _of_another(name: str) -> Callable[[Any, dict[str, Client]], None]:
    """The sessions name a link or an admission that was given to somebody else."""

    def change(cast: Any, clients: dict[str, Client]) -> None:
        seat = cast.close_one.seat
        links.make_link(seat, at=cast.at())
        digits = links.admit(seat, reason="known", by=cast.lead, at=cast.at())
        links.enter_room(digits, at=cast.at())
        theirs = {
            "link": PersonalLink.objects.filter(seat=seat).latest("made_at"),
            "admission": Admission.objects.get(seat=seat, used_at__isnull=False),
        }
        for client in clients.values():
            if name in client.session.get("participant", {}):
                edited(client, **{name: str(theirs[name].pk)})

    return change


def _session(**values: Any) -> Callable[[Any, dict[str, Client]], None]:
    """The worker's session says something else."""

    def change(cast: Any, clients: dict[str, Client]) -> None:
        session = clients["password"].session
        session.update({name: value(cast) for name, value in values.items()})
        session.save()

    return change


def _password(cast: Any, clients: dict[str, Client]) -> None:
    seats.set_password(cast.invited.account, str(uuid4()), by=cast.invited, at=cast.at())


def _account(cast: Any, clients: dict[str, Client]) -> None:
    Account.objects.filter(pk=cast.invited.account_id).update(closed_at=cast.at())


TO_SESSIONS: dict[str, Callable[[Any, dict[str, Client]], Any]] = {
    "link-of-another": _of_another("link"),
    "admission-of-another": _of_another("admission"),
    "no-second-factor": _session(**{FACTOR_DONE: lambda cast: False}),
    "no-seat-chosen": _session(seat=lambda cast: None),
    "seat-of-another": _session(seat=lambda cast: str(cast.orderer.pk)),
    "password-changed": _password,
    "account-closed": _account,
}
"""What happens to those who have come in."""

PASSES: dict[str, Callable[[dict[str, Client]], Any]] = {
    "half-an-hour": lambda clients: later(minutes=30, seconds=1),
    "five-busy-hours": lambda clients: later(clients, hours=5, seconds=1),
}
"""What the clock does to those who have come in."""


def staying(cast: Any, name: str, clients: dict[str, Client]) -> Any:
    """Let it happen to those who have come in."""
    if name in PASSES:
        return PASSES[name](clients)
    if name in TO_SESSIONS:
        TO_SESSIONS[name](cast, clients)
    else:
        HAPPENS[name](cast)
    return nullcontext()


def coming(cast: Any, name: str, secrets: Secrets) -> Any:
    """Let it happen before anybody comes in."""
    if name == "eleven-minutes":
        return later(minutes=11)
    if name == "meeting-over":
        return later(days=UNTIL_MEETING.days, seconds=1)
    if name == "used-before":
        for way in COMES:
            secrets.come(way)
    elif name == "five-wrong-tries":
        secrets.try_wrongly()
    else:
        HAPPENS[name](cast)
    return nullcontext()
