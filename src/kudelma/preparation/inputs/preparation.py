"""What is agreed with the people before the meeting, each part a page of its own."""

from dataclasses import dataclass

from kudelma.people.models import Seat


@dataclass(frozen=True)
class PreparerNamed:
    """Who prepares with the people; nobody named means the pair. family_agreed: that the orderer does it."""

    by: Seat | None
    family_agreed: bool


@dataclass(frozen=True)
class WhyTogether:
    why_together: str


@dataclass(frozen=True)
class NotInvited:
    not_invited: str


@dataclass(frozen=True)
class Inviting:
    inviting: str


@dataclass(frozen=True)
class GroundRules:
    ground_rules: str


OwnWords = WhyTogether | NotInvited | Inviting | GroundRules
"""One part of the people's own words; the others stay as they are."""


@dataclass(frozen=True)
class ThreeLines:
    """What a professional says before coming."""

    face: str
    can_do: str = ""
    needs: str = ""
