"""News from the people: somebody does not come along after all."""

from datetime import datetime

from kudelma.core.news import uninvited
from kudelma.live.actions.ledger import hold
from kudelma.live.actions.withdrawing import withdraw_thing
from kudelma.members.models import Member
from kudelma.people.models import Seat


@uninvited
def withdraw_moves(member: Member, by: Seat, at: datetime) -> None:
    """Where they stood before, and whom they were tied to before, is nobody's to bring back."""
    # Where they stand now is decided by those who draw.
    withdraw_thing(hold(member.matter), member.pk)
