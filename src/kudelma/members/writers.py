"""The personal link as a message, and how a participant is reached."""

from uuid import UUID

from kudelma.members.models import Member
from kudelma.members.reaching import contact_of
from kudelma.people.letters import REACHES_PARTICIPANTS, Contact, Letter, letter
from kudelma.people.models import Seat
from kudelma.people.personal import with_link


@letter("link")
def personal_link(seat: Seat, about: UUID | None) -> Letter | None:
    return with_link(seat, "")


@REACHES_PARTICIPANTS
def reached(seat: Seat) -> Contact:
    return contact_of(Member.objects.get(seat=seat))
