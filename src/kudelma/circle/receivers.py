"""News from the people: somebody does not come along after all."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from kudelma.core.signals import uninvited
from kudelma.live.actions import hold, withdraw_thing
from kudelma.members.models import Member
from kudelma.people.models import Seat


@receiver(uninvited)
def withdraw_moves(sender: Any, member: Member, by: Seat, at: datetime, **kwargs: Any) -> None:
    """Where they stood before, and whom they were tied to before, is nobody's to bring back."""
    # Where they stand now is decided by those who draw.
    withdraw_thing(hold(member.matter), member.pk)
