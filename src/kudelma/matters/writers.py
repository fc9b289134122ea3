"""What the messages of this room say, and how a participant is reached."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Member
from kudelma.people.letters import REACHES_PARTICIPANTS, Contact, Letter, letter
from kudelma.people.models import Seat
from kudelma.people.personal import with_link


@letter("waits")
def waits(seat: Seat, about: UUID | None) -> Letter:
    """To somebody who works here: something waits. Not what."""
    return Letter(
        subject=_("Something waits for you"),
        text=_("Hello\n\nSomething in Kudelma waits for you:\n{link}").format(
            link=settings.BASE_URL + reverse("desk:today")
        ),
    )


@letter("link")
def personal_link(seat: Seat, about: UUID | None) -> Letter | None:
    return with_link(seat, "")


@REACHES_PARTICIPANTS
def reached(seat: Seat) -> Contact:
    return contact_of(Member.objects.get(seat=seat))


def contact_of(member: Member) -> Contact:
    """How this person is reached, and which way they have named as safe."""
    return Contact(
        address=member.address,
        second_address=member.second_address,
        phone=member.phone,
        wish=member.contact_way,
    )
