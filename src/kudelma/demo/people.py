"""Whose eyes one may look through: a button for each, and how it signs in. Ids are the same in every demo."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth import login, logout
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.members.actions.people import give_seat_in_matter
from kudelma.members.models import Member
from kudelma.people.actions.links import make_link
from kudelma.people.models import Admission, PersonalLink, Reason, Seat
from kudelma.people.sign_in import FACTOR_DONE

BACKEND = "kudelma.people.sign_in.SealedAddressBackend"


def demo_id(name: str) -> UUID:
    """The id of a thing of the demo by its name, such as «seat:coordinator»."""
    return uuid5(NAMESPACE_URL, f"kudelma-demo:{name}")


@dataclass(frozen=True)
class Button:
    slug: str
    what: Any


WORK = [
    Button("coordinator", _("The coordinator: receives orders, finds the two, a time and an answer for everybody")),
    Button("consultant-lead", _("The consultant who leads: asks, gives the turn")),
    Button("consultant-writer", _("The consultant who writes: keeps everybody's own words")),
    Button("worker-orderer", _("The worker who ordered the meeting")),
    Button("worker-invited", _("A worker who was invited")),
    Button("superior", _("A superior: orders for a team and gives time")),
    Button("steering", _("The steering group: the region, never a family")),
    Button("administrator", _("The administrator: units, seats and settings, never content")),
    Button("other-region-coordinator", _("The coordinator of the neighbouring region: sees nothing of this one")),
]
FAMILY = [
    Button("mother", _("Mother")),
    Button("father", _("Father")),
    Button("child", _("Child")),
    Button("grandmother", _("Grandmother")),
]


def sign_in(request: Any, slug: str) -> bool:
    """Take the seat that the button names. Returns False for a name that no button has."""
    if slug in {button.slug for button in WORK}:
        seat = Seat.objects.select_related("account").get(pk=demo_id(f"seat:{slug}"))
        # First: nothing of the seat that was taken before may stay in this session.
        logout(request)
        login(request, seat.account, backend=BACKEND)
        request.session[FACTOR_DONE] = True
        request.session["seat"] = str(seat.pk)
        return True
    if slug in {button.slug for button in FAMILY}:
        member = Member.objects.select_related("seat", "matter__region").get(pk=demo_id(f"member:{slug}"))
        logout(request)
        request.session["participant"] = _let_in(member)
        return True
    return False


def _let_in(member: Member) -> dict[str, Any]:
    """Level 2 for a member of the family, as if somebody had let them in face to face just now."""
    now = timezone.now()
    lead = Seat.objects.get(pk=demo_id("seat:consultant-lead"))
    seat = give_seat_in_matter(member, by=lead, at=now)
    make_link(seat, at=now)
    link = PersonalLink.objects.filter(seat=seat).latest("made_at")
    admission = Admission.objects.create(
        seat=seat,
        by=lead,
        reason=Reason.KNOWN,
        # No digits have this digest, and their time is over: by this admission nobody else comes in.
        digest=f"demo {demo_id(str(now))}",
        made_at=now,
        code_ends_at=now,
        used_at=now,
        ends_at=now + timedelta(hours=10),
    )
    return {"seat": str(seat.pk), "link": str(link.pk), "code": True, "admission": str(admission.pk)}
