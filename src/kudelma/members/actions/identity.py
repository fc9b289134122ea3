"""What a strong identity is worth: held until it is the right person, then pinned to the seat."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.matters.actions.telling import tell_coordinators
from kudelma.members.models import Member
from kudelma.people.identity import Identity
from kudelma.people.models import Seat
from kudelma.trust.models import Pin
from kudelma.trust.vault import pin_digest


@transaction.atomic
def meet(member: Member, identity: Identity, *, by: Seat, at: datetime) -> bool:
    """Whether this identity may act as the member now.

    The first time, when the names are those of the member, it is pinned; otherwise it is held for the
    coordinator to confirm. Raises Refused for another identity than the one pinned.
    """
    digest = pin_digest(member.matter_id, identity.issuer, identity.subject)
    pinned = Pin.objects.filter(seat=by.pk, pinned_at__isnull=False).first()
    if pinned:
        if pinned.digest != digest:
            record("members.meet_another_identity", by=by, at=at, space=member.matter_id)
            raise Refused(_("This link belongs to somebody else. If it should be yours, ask us to call you."))
        return True
    # One person is one seat of a matter: a parent with a child's link does not become the child.
    elsewhere = Pin.objects.filter(space=member.matter_id, digest=digest, pinned_at__isnull=False).exists()
    # Whoever rewrites a name could come in under it: then it takes another person to judge.
    fits = _is(member, identity) and not elsewhere and member.rewritten_by_id is None
    pin, is_new = Pin.objects.get_or_create(
        seat=by.pk, digest=digest, defaults={"space": member.matter_id, "held_at": at}
    )
    if pin.turned_away_at:
        raise Refused(_("This link belongs to somebody else. If it should be yours, ask us to call you."))
    if fits:
        Pin.objects.filter(pk=pin.pk).update(pinned_at=at, pinned_by=by.pk)
    elif is_new:
        # Once for each identity: trying again and again does not call the coordinators again.
        tell_coordinators(member.matter, by=by, at=at)
    record("members.meet_identity", by=by, at=at, space=member.matter_id)
    return fits


@transaction.atomic
def judge_identity(member: Member, *, is_right: bool, by: Seat, at: datetime) -> None:
    """The coordinator knows, usually by a call, whether the identity that is held is the right person.

    Raises Refused when two identities are held, or another is pinned: a call to the right person would not tell
    which one it is.
    And when `by` changed the person's name or address: then somebody else must confirm.
    """
    if member.seat is None:
        raise Refused(SOMEBODY_WAS_FIRST)
    held = Pin.objects.held().filter(seat=member.seat.pk)
    many = held.count()
    if not many:
        raise Refused(SOMEBODY_WAS_FIRST)
    if is_right and many > 1:
        raise Refused(
            _("Two different people have identified by this link. Turn both away, revoke the links and send a new one.")
        )
    if is_right and Pin.objects.filter(seat=member.seat.pk, pinned_at__isnull=False).exists():
        raise Refused(_("It is known already who this person is, and it is somebody else. Turn this one away."))
    # Only a yes needs somebody else: turning away lets nobody in.
    if is_right and member.rewritten_by_id == by.pk:
        raise Refused(
            _(
                "You have changed this person's name or address yourself. Somebody else must confirm who it is: "
                "another coordinator, or one of those who lead."
            )
        )
    held.update(**({"pinned_at": at, "pinned_by": by.pk} if is_right else {"turned_away_at": at}))
    record("members.judge_identity", by=by, at=at, space=member.matter_id)


def _is(member: Member, identity: Identity) -> bool:
    """The name to use is among the given names, and the family name is the same. Both must be known."""
    # Without a family name known here, everybody with the same first name would fit.
    given = identity.given_names.casefold().split()
    return (
        bool(member.surname)
        and member.name.casefold().split()[0] in given
        and member.surname.casefold().strip() == identity.family_name.casefold().strip()
    )
