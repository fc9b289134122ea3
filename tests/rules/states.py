"""The states in which the tables are played, one after the other, and who sits on which seat in each.

A state is reached by what people do. What is tried for itself is undone afterwards, and so is a journey in time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

import factories
from kudelma.board import actions as board
from kudelma.circle import actions as circle
from kudelma.circle.inputs import ThingNamed
from kudelma.matters.actions import closing
from kudelma.members.actions import agreements, people
from kudelma.members.inputs.agreements import JudgementMade
from kudelma.members.models import OPENS, Permission
from kudelma.orders.actions import answers
from kudelma.orders.inputs import ReplySaid
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadChangeNotice
from kudelma.people.models import Role, Seat
from kudelma.plans import actions as plans
from kudelma.plans.inputs import Onwards
from kudelma.preparation.models import Preparation
from kudelma.regions.models import Region
from rules import worlds
from rules.keys import Keys, anew
from rules.rows import ASKED

SEATS = {
    "anon": "nobody",
    "own0": "a mother at level 0",
    "own1": "the same at level 1",
    "own2": "the same at level 2",
    "second": "her child at level 2, who keeps the own page to themselves",
    "strange": "a participant of another matter at level 2",
    "outside": "a worker outside the matter, who leads a team and has ordered elsewhere",
    "orderer": "the worker who ordered, not invited",
    "prepare": "the same, named to prepare",
    "invited": "the invited worker",
    "asked": "a consultant who has been asked and has not answered",
    "refused": "a consultant who has refused",
    "ended": "a consultant who led until that task was ended",
    "pair": "the consultant who leads",
    "chair": "the worker who chairs",
    "secr": "the worker who is the secretary",
    "bank": "a consultant who leads elsewhere",
    "coord": "the coordinator",
    "coordX": "the coordinator of another region",
    "steer": "the steering group",
    "admin": "the administrator",
    "adminX": "the administrator of another region",
    "guest": "a guest of one occasion, were it in this matter's own space",
}
PAIR, CHAIRED = {"asked", "refused", "ended", "pair"}, {"chair", "secr"}
"""Those who lead, or were asked to, in one kind of matter; to the other kind they are strangers."""


@dataclass
class State:
    """name: as the tables call it. cast: the matter that is looked at. other, elsewhere: of which nothing may show.

    is_named: whether the orderer was named to prepare.
    """

    name: str
    cast: Any
    other: Any
    elsewhere: Any
    keys: Keys
    is_named: bool = False
    _rows: dict[Any, set[Any]] = field(default_factory=dict)
    _things: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def seats(self) -> dict[str, Seat | None]:
        """Nobody sits where None stands."""
        cast, other = self.cast, self.other
        led, chaired = (other, cast) if isinstance(cast, worlds.Chaired) else (cast, other)
        return dict.fromkeys(SEATS) | {
            **{f"own{level}": _participant(cast, "mother", level) for level in (0, 1, 2)},
            "second": _participant(cast, "second"),
            "strange": _participant(other, "mother"),
            "outside": cast.outsider,
            "orderer": None if self.is_named else cast.orderer,
            "prepare": cast.orderer if self.is_named else None,
            "invited": cast.invited,
            "asked": led.asked,
            "refused": led.refused,
            "ended": led.ended,
            "pair": led.lead,
            "chair": chaired.lead,
            "secr": chaired.writer,
            "bank": cast.other_consultant,
            "coord": cast.coordinator,
            "coordX": other.coordinator,
            "steer": cast.steering,
            "admin": cast.administrator,
            "adminX": other.administrator,
            "guest": _guest(cast),
        }

    @property
    def strangers(self) -> set[str]:
        """Those of the other region, who see what is theirs there."""
        of_other = PAIR if isinstance(self.cast, worlds.Chaired) else CHAIRED
        return {"strange", "coordX", "adminX"} | of_other

    def seen(self, name: str, kind: str) -> set[Any]:
        """What the seat sees, of whatever matter."""
        asked, seat = ASKED[name], self.seats[kind]
        return anew(asked.visible_to(seat)) if asked.reads else self.keys.of(name, asked.visible_to, seat)

    def named(self, name: str, kind: str, words: str) -> set[Any]:
        """The rows that a cell names. Words are joined by a plus."""
        return set().union(*(self._named(name, kind, word) for word in words.split("+")))

    def _named(self, name: str, kind: str, word: str) -> set[Any]:
        if word in {"-", "all"}:
            return set() if word == "-" else self.rows(name, self.cast)
        asked, key = ASKED[name], (name, word, self.cast.matter.pk)
        return self.keys.of(key, lambda seat: asked.rows(self.cast).filter(asked.words[word](seat)), self.seats[kind])

    def rows(self, name: str, cast: Any) -> set[Any]:
        """The rows of one matter, read once in a state."""
        key = (name, cast.matter.pk)
        if key not in self._rows:
            self._rows[key] = self.keys.of(key, lambda seat: ASKED[name].rows(cast), cast.coordinator)
        return self._rows[key]

    def thing(self, name: str, kind: str) -> Any:
        """What a rule is asked about, read once in a state."""
        if name == "own-seat":
            return self.seats[kind]
        if name not in self._things:
            self._things[name] = THINGS[name](self.cast)
        return self._things[name]


THINGS: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda cast: None,
    "matter": worlds.fresh,
    "offer": lambda cast: cast.pairing_of(cast.asked),
    "refusal": lambda cast: cast.pairing_of(cast.refused),
    "past-task": lambda cast: cast.pairing_of(cast.ended),
    "task": lambda cast: cast.pairing_of(cast.lead),
    "change": lambda cast: LeadChangeNotice.objects.select_related("matter").get(matter=cast.matter),
    "region": lambda cast: cast.region,
    "contact": lambda cast: cast.region.contacts.get(),
    "seat": lambda cast: cast.outsider,
}


def _participant(cast: Any, who: str, level: int = 2) -> Seat | None:
    return at(getattr(cast, who).seat, level) if hasattr(cast, who) else None


def _guest(cast: Any) -> Seat:
    seat = Seat(region=cast.region, role=Role.GUEST, space=cast.matter.pk, ends_on=timezone.localdate())
    return at(seat, 1)


def at(seat: Seat, level: int = 2) -> Seat:
    """The seat as it acts at this level."""
    seat = copy(seat)
    seat.level = level
    return seat


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def states() -> Iterator[State]:
    """All of them, in the order in which a matter lives. Call it in a transaction of both databases."""
    led, chaired = worlds.Led(factories.region()), worlds.Chaired(factories.region())
    beside, keys = worlds.elsewhere(led), Keys()
    of_led = partial(State, cast=led, other=chaired, elsewhere=beside, keys=keys)
    of_chaired = partial(State, cast=chaired, other=led, elsewhere=None, keys=keys)
    _up_to_preparing(chaired)
    yield from _before_preparing(led, of_led)
    yield from _preparing(led, of_led)
    yield of_chaired("chaired-preparing")
    _up_to_planning(chaired)
    yield from _timing(led, of_led)
    yield from _meeting(led, of_led)
    yield of_chaired("chaired-meeting")
    with undone():
        Permission.objects.filter(member__seat=chaired.writer).update(
            withdrawn_at=timezone.now(), withdrawn_by=chaired.lead
        )
        yield of_chaired("chaired-uninvited")
    yield from _after(led, of_led)
    _end(chaired, days_ago=14)
    yield of_chaired("chaired-14-days-on")


def _end(cast: Any, *, days_ago: int) -> None:
    """The meeting ended then: what is so many days on is told by dates, and the clock stays."""
    board.end_meeting(cast.the_meeting(), by=cast.lead, at=_ago(days_ago))


def _close(cast: Any, *, days_ago: int) -> None:
    closing.close_matter(cast.fresh(), by=cast.coordinator, at=_ago(days_ago))


def _ago(days: int) -> datetime:
    """So many days before, and an hour: some of what is asked was made at the beginning of the walk."""
    return timezone.now() - timedelta(days=days, hours=1)


def _up_to_preparing(chaired: worlds.Chaired) -> None:
    chaired.order()
    chaired.accept()
    worlds.gather(chaired)
    chaired.pair()
    worlds.prepare(chaired)


def _up_to_planning(chaired: worlds.Chaired) -> None:
    worlds.find_time(chaired)
    worlds.invite(chaired)
    worlds.meet(chaired, chaired.along[0])


def _before_preparing(cast: worlds.Led, state: Callable[..., State]) -> Iterator[State]:
    cast.draft = cast.begin_draft(worry="Olen huolissani aamuista.")
    cast.order()
    yield state("ordered")
    answers.ask_back(
        cast.fresh(), idempotency_key=uuid4(), values=ReplySaid("Mitä?"), by=cast.coordinator, at=cast.at()
    )
    yield state("asked")
    answers.reply(cast.fresh(), idempotency_key=uuid4(), values=ReplySaid("Niin."), by=cast.orderer, at=cast.at())
    cast.accept()
    worlds.gather(cast)
    yield state("accepted")
    cast.offer_two()
    yield state("offered")
    cast.open_names()
    yield state("names-opened")
    cast.refuse()
    yield state("refused")
    cast.pair()


def _preparing(cast: worlds.Led, state: Callable[..., State]) -> Iterator[State]:
    worlds.prepare(cast)
    yield state("preparing")
    for name, who in (("named-coordinator", cast.coordinator), ("named-lead", cast.lead)):
        with undone():
            worlds.name(cast, who)
            yield state(name)
    with undone():
        worlds.name(cast, cast.orderer)
        values = ThingNamed("illat")
        circle.name_thing(cast.thing, version=0, values=values, by=cast.orderer, at=cast.at())
        yield state("named", is_named=True)
        Preparation.objects.filter(matter=cast.matter).update(family_agreed=False)
        yield state("no-yes", is_named=True)
    with undone():
        Region.objects.filter(pk=cast.region.pk).update(face_to_face_at=None, face_to_face_by=None)
        yield state("no-admission")


def _timing(cast: worlds.Led, state: Callable[..., State]) -> Iterator[State]:
    worlds.find_time(cast)
    yield state("timing")
    worlds.invite(cast)
    yield state("invited")
    with undone():
        for member in (cast.mother, cast.second, cast.guest):
            people.withdraw_permission(worlds.member(member), by=cast.coordinator, at=cast.at())
        yield state("withdrawn")
    with undone():
        agreements.limit_right(worlds.member(cast.mother), by=cast.coordinator, at=cast.at())
        yield state("limited")
        for opens in ((), *((part,) for part in OPENS if part != "plan")):
            _judge(cast, opens)
            yield state(f"limited-{'+'.join(opens) or 'nothing'}")


def _judge(cast: worlds.Led, opens: tuple[str, ...]) -> None:
    opened = {f"opens_{part}": part in opens for part in OPENS}
    values = JudgementMade("limited", "Käräjäoikeus", "x", **opened)
    member = worlds.member(cast.mother)
    agreements.judge(member, idempotency_key=uuid4(), values=values, by=cast.coordinator, at=cast.at())


def _meeting(cast: worlds.Led, state: Callable[..., State]) -> Iterator[State]:
    with undone():
        sitting = cast.add("professional", "Kaisa", "", seat=cast.coordinator, relation="koordinaattori")
        worlds.meet(cast, sitting)
        yield state("sat-in")
    worlds.meet(cast)
    yield state("meeting")
    with undone():
        pairing.end_pairing(cast.pairing_of(cast.lead), by=cast.coordinator, at=cast.at())
        yield state("task-ended")
    with undone():
        agreements.limit_right(worlds.member(cast.mother), by=cast.coordinator, at=cast.at())
        for opens in (("time", "theme", "people"), ("plan",)):
            _judge(cast, opens)
            yield state(f"met-limited-{'all-but-plan' if len(opens) > 1 else 'plan'}")


def _after(cast: worlds.Led, state: Callable[..., State]) -> Iterator[State]:
    """A follow-up that was agreed on keeps the matter in sight; without one it is out of it after a fortnight."""
    worlds.name(cast, cast.orderer)
    state = partial(state, is_named=True)
    for days in (0, 13, 14):
        with undone():
            _end(cast, days_ago=days)
            yield state(f"held-{days}-days-on")
    with undone():
        _end(cast, days_ago=0)
        _close(cast, days_ago=0)
        yield state("closed-0-days-on")
    values = Onwards("Tiina", "Keväällä")
    plans.agree_onwards(cast.the_plan, version=1, values=values, by=cast.lead, at=cast.at())
    _end(cast, days_ago=15)
    yield state("follow-up-15-days-on")
    for days in (13, 14):
        with undone():
            _close(cast, days_ago=days)
            yield state(f"closed-{days}-days-on")
