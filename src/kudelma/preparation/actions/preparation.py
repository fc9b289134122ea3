"""Preparing with the people: who does it, their own words, the order of speaking, and three lines of one's own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.inputs import columns
from kudelma.core.languages import current_language
from kudelma.core.record import record
from kudelma.live.actions.rights import taken_away
from kudelma.matters.actions.keeping import keep_one
from kudelma.matters.actions.steps import must_be_open
from kudelma.matters.models import Matter
from kudelma.members.models import LISTENS, Member
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Role, Seat
from kudelma.preparation.inputs.preparation import OwnWords, PreparerNamed, ThreeLines
from kudelma.preparation.models import Introduction, Preparation


def candidates(matter: Matter, by: Seat) -> list[Seat]:
    """Who may be named to prepare: the coordinator who names, those who lead, and the worker who ordered."""
    pairings = LeadAssignment.objects.filter(matter=matter).accepted().select_related("seat__account").order_by("part")
    # What came by the public page is the door's, and what was told is a coordinator's own: neither is a worker's.
    orderer = [matter.order.by] if matter.order.by.role == Role.WORKER else []
    return [by, *(pairing.seat for pairing in pairings), *orderer]


@transaction.atomic
def name_preparer(matter: Matter, *, version: int, values: PreparerNamed, by: Seat, at: datetime) -> None:
    """Say who prepares with the people.

    Raises Refused for the orderer without the family's yes, Stale when somebody saved another version first.
    """
    must_be_open(matter)
    named = values.by
    if named and named.pk not in {candidate.pk for candidate in candidates(matter, by)}:
        raise Refused(_("Choose one of those who may prepare."))
    # Whoever prepares reads the people's own words: the one who ordered has that from the family alone.
    if named and named.pk == matter.order.by_id and not values.family_agreed:
        raise Refused(_("The orderer prepares only when the family has agreed to it."))
    naming = {"named_at": at if named else None, "named_by": by if named else None}
    keep_one(Preparation, version=version, values=columns(values), along=naming, matter=matter)
    # Whoever was named before reads no more.
    taken_away(matter.pk)
    record("preparation.name_preparer", by=by, at=at, space=matter.pk)


@transaction.atomic
def prepare(matter: Matter, *, version: int, values: OwnWords, by: Seat, at: datetime) -> None:
    """Keep the people's words. Raises Stale when somebody saved first."""
    must_be_open(matter)
    # A screen reader speaks words in the language in which they were written, whatever the page is in.
    keep_one(
        Preparation, version=version, values=columns(values), along={"written_in": current_language()}, matter=matter
    )
    record("preparation.prepare", by=by, at=at, space=matter.pk)


@transaction.atomic
def speak_at(member: Member, place: int, *, by: Seat, at: datetime) -> None:
    """Give somebody a place in the order of speaking, from 1, or LISTENS; the others close up in their order.

    To the same place again changes nothing.
    """
    must_be_open(member.matter)
    members = list(Member.objects.filter(matter=member.matter).with_permission().in_order_of_speaking())
    speakers = [other for other in members if not other.only_listens and other.pk != member.pk]
    if place != LISTENS:
        speakers.insert(min(place, len(speakers) + 1) - 1, member)
    for number, speaker in enumerate(speakers, start=1):
        Member.objects.filter(pk=speaker.pk).exclude(speaks=number).update(speaks=number)
    if place == LISTENS:
        Member.objects.filter(pk=member.pk).update(speaks=LISTENS)
    record("preparation.speak_at", by=by, at=at, space=member.matter_id)


@transaction.atomic
def introduce(matter: Matter, *, version: int, values: ThreeLines, by: Seat, at: datetime) -> None:
    """Keep one's own three lines. Raises Stale when they were saved from another page first."""
    must_be_open(matter)
    keep_one(
        Introduction,
        version=version,
        values=columns(values),
        along={"written_in": current_language()},
        matter=matter,
        seat=by,
    )
    record("preparation.introduce", by=by, at=at, space=matter.pk)
