"""Who the people of a matter are, and how they are reached."""

from dataclasses import dataclass

from kudelma.people.models import Seat


@dataclass(frozen=True)
class Topic:
    """What the meeting is about, and what the matter is called among its people."""

    topic: str
    called: str


@dataclass(frozen=True)
class PersonSaid:
    """Somebody of the circle, as whoever prepares knows them."""

    name: str
    surname: str = ""
    relation: str = ""
    why: str = ""
    language: str = "fi"
    answers_times: bool = True
    is_child: bool = False


@dataclass(frozen=True, kw_only=True)
class SafeContact:
    """How somebody is reached, for the coordinator only. protected: "yes" when the address is."""

    contact_way: str = ""
    contact_note: str = ""
    address: str = ""
    second_address: str = ""
    phone: str = ""
    protected: str = ""
    postal: str = ""


@dataclass(frozen=True)
class ProfessionalAsked:
    """Somebody who works in the region, and why it would be good to have them along."""

    seat: Seat
    why: str
