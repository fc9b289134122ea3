"""How the people of a matter are reached."""

from kudelma.members.models import Member
from kudelma.people.letters import Contact


def contact_of(member: Member) -> Contact:
    """How this person is reached, and which way they have named as safe."""
    return Contact(
        address=member.address,
        second_address=member.second_address,
        phone=member.phone,
        wish=member.contact_way,
    )
