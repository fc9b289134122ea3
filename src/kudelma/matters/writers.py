"""What the messages of this room say."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.people.letters import Letter, letter
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
