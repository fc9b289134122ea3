"""What one person told alone about safety. It is never shown to whoever cannot be known for sure."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.inputs import columns
from kudelma.core.record import record
from kudelma.matters.actions.keeping import keep_one
from kudelma.matters.actions.steps import must_be_open
from kudelma.members.inputs.own import SafetyTold
from kudelma.members.models import Member, Safety
from kudelma.people.models import Seat


@transaction.atomic
def tell_safety(member: Member, *, version: int, values: SafetyTold, by: Seat, at: datetime) -> None:
    """Keep what the person told, in the place of what stood. For somebody who has seen it: see `add_safety`."""
    must_be_open(member.matter)
    along = {"by": by, "at": at}
    keep_one(Safety, version=version, values=columns(values), along=along, matter=member.matter, member=member)
    record("members.tell_safety", by=by, at=at, space=member.matter_id)


@transaction.atomic
def add_safety(member: Member, *, values: SafetyTold, by: Seat, at: datetime) -> None:
    """Add to what the person told before, by somebody who may not see it: nothing that stood is ever lost.

    The same words twice are kept once. Raises Refused when there is no room for more.
    """
    existing = Safety.objects.filter(member=member).first()
    # Somebody who forces a person to answer anew can add a line by their telephone, and not empty what stood.
    joined = {
        name: _joined(getattr(existing, name) if existing else "", text) for name, text in columns(values).items()
    }
    if any(len(text) > Safety._meta.get_field(name).max_characters for name, text in joined.items()):  # type: ignore[union-attr]
        raise Refused(_("There is no room for more here. Ask us to call you."))
    if existing and all(getattr(existing, name) == text for name, text in joined.items()):
        return
    tell_safety(member, version=existing.version if existing else 0, values=SafetyTold(**joined), by=by, at=at)


def _joined(before: str, text: str) -> str:
    if not text or text in before.split("\n\n"):
        return before
    return f"{before}\n\n{text}" if before else text
