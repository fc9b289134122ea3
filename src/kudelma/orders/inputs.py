"""What is ordered, asked and answered.

An unfinished order is none of these: any part of it may be open, so it travels as a mapping until it is sent.
"""

from dataclasses import dataclass
from datetime import date

from kudelma.methods.models import Method
from kudelma.regions.models import Controller, Unit


@dataclass(frozen=True)
class Agreed:
    """The yes to the first question of an order."""

    told: str


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """An order that is whole. What the order of a team does not ask is empty."""

    told_to: str
    why_together: str
    worry: str
    wish: str
    place: str
    problem: str = ""
    languages: str = ""
    access: str = ""
    call_first: str = ""
    windows: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderTold(NewOrder):
    """The same, written down by a coordinator: who told it, when, and by which way."""

    came: str
    caller: str
    heard_on: date | None = None
    caller_phone: str = ""
    unit: Unit | None = None


@dataclass(frozen=True)
class CallWished:
    """Three things that a family gives of itself on the public page."""

    caller: str
    caller_phone: str
    call_when: str


@dataclass(frozen=True, kw_only=True)
class ConsultationAsked:
    """A worry that has not been agreed on with the people yet."""

    worry: str
    windows: str
    wish: str = ""


@dataclass(frozen=True, kw_only=True)
class ConsultationTold(ConsultationAsked):
    """The same, written down by a coordinator."""

    came: str
    heard_on: date
    caller: str
    unit: Unit | None


Ordered = NewOrder | CallWished | ConsultationAsked
"""With what a matter begins."""


@dataclass(frozen=True)
class CallHeard:
    """What a family said in the call that they asked for."""

    heard_on: date
    why_together: str
    worry: str
    wish: str
    languages: str
    written_in: str


@dataclass(frozen=True)
class Acceptance:
    """By which method, in whose register, on which ground."""

    method: Method
    controller: Controller
    ground: str


@dataclass(frozen=True)
class ReplySaid:
    """A question back to the orderer, or the answer to it."""

    text: str


@dataclass(frozen=True)
class OtherWay:
    """Another way that was found. called_on: needed when the family asked for a call."""

    text: str
    called_on: date | None


@dataclass(frozen=True)
class Declined:
    """What was agreed on instead, and the day of the call that goes with a no."""

    text: str
    called_on: date
