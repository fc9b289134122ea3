"""What the messages of this room say, and how a participant is reached."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.matters.models import Member
from kudelma.people.actions.links import make_link
from kudelma.people.letters import Contact, Letter, letter, reaches_participants
from kudelma.people.models import Seat


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
def personal_link(seat: Seat, about: UUID | None) -> Letter:
    address = settings.BASE_URL + reverse("people:link", args=[make_link(seat, at=timezone.now())])
    return Letter(
        subject=_("Message"),
        text=_("Hello\n\nOpen your own page here:\n{link}\n\nThe link is only for you.").format(link=address),
    )


@reaches_participants
def reached(seat: Seat) -> Contact:
    member = Member.objects.get(seat=seat)
    return Contact(address=member.address, second_address=member.second_address, phone=member.phone)
