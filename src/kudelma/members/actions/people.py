"""The people of the circle: who they are, whether they may be invited, and how they come in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.languages import current_language
from kudelma.core.news import uninvited
from kudelma.core.phrases import CHANGED_MEANWHILE, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.live.actions.rights import taken_away
from kudelma.matters.access import LEADERS
from kudelma.matters.actions.steps import is_repeat_submit, must_be_open
from kudelma.matters.models import Matter
from kudelma.members.inputs.own import Needs
from kudelma.members.inputs.people import PersonSaid, SafeContact, Topic
from kudelma.members.models import Member, Permission
from kudelma.members.reaching import contact_of
from kudelma.members.rules import ADDRESS_IS_PROTECTED, CALL_FIRST
from kudelma.methods.models import Side
from kudelma.people.actions import links
from kudelma.people.actions.messages import mark_seen_to, send
from kudelma.people.actions.seats import seat_participant
from kudelma.people.models import PersonalLink, Seat, SeenTo


@transaction.atomic
def change_topic(matter: Matter, *, version: int, values: Topic, by: Seat, at: datetime) -> None:
    """What it is about and what it is called. Raises Stale when somebody saved another version first."""
    must_be_open(matter)
    changed = Matter.objects.filter(pk=matter.pk, version=version).update(
        **closed_values(matter, {**columns(values), "version": version + 1, "written_in": current_language()})
    )
    if not changed:
        now = Matter.objects.get(pk=matter.pk)
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    record("members.change_topic", by=by, at=at, space=matter.pk)


@transaction.atomic
def add_member(
    matter: Matter,
    *,
    idempotency_key: UUID,
    side: str,
    values: PersonSaid,
    seat: Seat | None = None,
    by: Seat,
    at: datetime,
) -> Member:
    """One more person. seat: theirs, of somebody who works here.

    Raises Refused for one who is there already, and for one who is asked to lead from outside, in whatever seat.
    idempotency_key: id of the member, so that pressing twice adds once. Raises KeyReused when it is somebody else's.
    """
    must_be_open(matter)
    existing = Member.objects.filter(pk=idempotency_key).first()
    if existing:
        same = all(getattr(existing, name) == value for name, value in columns(values).items())
        if (existing.matter_id, existing.side, existing.seat_id) != (matter.pk, side, seat and seat.pk) or not same:
            raise KeyReused
        return existing
    # In a chaired meeting those who lead may be along themselves; two from outside never are.
    if not matter.is_chaired:
        _must_not_lead(matter, seat)
    last = Member.objects.filter(matter=matter).aggregate(last=Max("position"))["last"]
    is_needed = side == Side.OWN and values.answers_times  # the coordinator may change it
    position = 0 if last is None else last + 1
    member = Member(
        pk=idempotency_key, matter=matter, position=position, side=side, seat=seat, is_needed=is_needed,
        needs_in=current_language(),
        **columns(values),
    )  # fmt: skip
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This person is already among the people of the matter.")) from None
    record("members.add_member", by=by, at=at, space=matter.pk)
    return member


@transaction.atomic
def change_member(member: Member, *, version: int, values: PersonSaid | SafeContact, by: Seat, at: datetime) -> None:
    """Save what is known of a person. Raises Stale when somebody saved another version first.

    Other names or another way to reach somebody who has a way in: their links end, and whoever identifies
    next is judged by another seat than `by`.
    """
    must_be_open(member.matter)
    _must_not_sign_in(member)
    said = columns(values)
    is_rewritten = member.seat is not None and any(said.get(name, now) != now for name, now in _identifying(member))
    _save(member, version, {**said, "rewritten_by": by} if is_rewritten else said)
    record("members.change_member", by=by, at=at, space=member.matter_id)
    # The old link lies in a mailbox or a telephone that may not be theirs any more.
    if member.seat and is_rewritten:
        links.revoke_links(member.seat, by=by, at=at)
    if member.seat and isinstance(values, PersonSaid):
        Seat.objects.filter(pk=member.seat.pk).update(language=values.language)


def _save(member: Member, version: int, values: dict[str, Any]) -> None:
    changed = Member.objects.filter(pk=member.pk, version=version).update(
        **closed_values(member, {**values, "version": version + 1})
    )
    if not changed:
        now = Member.objects.get(pk=member.pk)
        shown = [name for name in (*values, "version") if name not in {"rewritten_by", "needs_in"}]
        raise Stale(CHANGED_MEANWHILE, {name: getattr(now, name) for name in shown})


@transaction.atomic
def change_needs(member: Member, *, version: int, values: Needs, by: Seat, at: datetime) -> None:
    """What helps this person to take part. Raises Stale when somebody saved another version first."""
    must_be_open(member.matter)
    _save(member, version, {**columns(values), "needs_in": current_language()})
    record("members.change_needs", by=by, at=at, space=member.matter_id)


@transaction.atomic
def change_contact(
    member: Member, *, version: int, values: SafeContact, has_called: bool, by: Seat, at: datetime
) -> None:
    """How this person is reached safely. has_called: the number that was known before was rung first.

    Raises Refused when a way that was known changes without that call, and for a protected address that is told.
    """
    if values.protected and values.postal:
        raise Refused(ADDRESS_IS_PROTECTED)
    # Anybody can give a new number in somebody's name: only the one known before can tell whether it is true.
    if member.would_change(columns(values)) and not has_called:
        raise Refused(CALL_FIRST)
    change_member(member, version=version, values=values, by=by, at=at)
    # That the call was made stands in the record alone: no column keeps it.
    did = "members.change_contact_after_call" if has_called else "members.change_contact"
    record(did, by=by, at=at, space=member.matter_id)


@transaction.atomic
def permit(member: Member, *, how: str, by: Seat, at: datetime) -> None:
    """The people want this one invited. Pressing twice writes it once. Raises Refused when another has written it."""
    must_be_open(member.matter)
    try:
        with transaction.atomic():
            # The constraint decides: of two who write it at once one is written, with who heard it and how.
            Permission(matter=member.matter, member=member, how=how, by=by, at=at).save(force_insert=True)
    except IntegrityError:
        if is_repeat_submit(Permission.objects.filter(member=member, withdrawn_at=None, by=by), how=how):
            return
        raise Refused(SOMEBODY_WAS_FIRST) from None
    record("members.permit", by=by, at=at, space=member.matter_id)


@transaction.atomic
def withdraw_permission(member: Member, *, by: Seat, at: datetime) -> None:
    """The people do not want this one invited after all. Whoever had come in by a link is out at once.

    Raises Refused for one who chairs or writes: that task is ended first.
    """
    must_be_open(member.matter)
    if member.matter.is_chaired and LEADERS.only(member.matter).filter(pk=member.seat_id).exists():
        raise Refused(_("They chair this meeting or write in it. End that task first."))
    if not Permission.objects.filter(member=member, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by):
        last = Permission.objects.filter(member=member).order_by("withdrawn_at").last()
        if last and last.withdrawn_by_id == by.pk:
            return  # pressed twice
        raise Refused(SOMEBODY_WAS_FIRST)
    # Whoever works here has no link to end: without a permission they are simply not along.
    if member.seat and not member.signs_in:
        links.revoke_links(member.seat, by=by, at=at)
    if member.seat:
        taken_away(member.seat.pk)
    record("members.withdraw_permission", by=by, at=at, space=member.matter_id)
    uninvited.tell(member, by, at)


@transaction.atomic
def give_seat_in_matter(member: Member, *, by: Seat, at: datetime) -> Seat:
    """The member's seat in this matter; made when there is none: every way in begins here.

    Raises Refused for somebody who works here, and for a limited right of which nothing has been judged.
    """
    _must_not_sign_in(member)
    _must_be_judged(member)
    if member.seat is not None:
        return member.seat
    # Held by a write that changes nothing: of two who give it at once one makes the seat, and no other is left over.
    if not Member.objects.filter(pk=member.pk, seat=None).update(seat=None):
        member.seat = Member.objects.select_related("seat").get(pk=member.pk).seat
        return member.seat  # type: ignore[return-value]
    seat = seat_participant(
        member.matter.region, space=member.matter_id, language=member.language, by=by, at=at,
        on=timezone.localdate(at),
    )  # fmt: skip
    Member.objects.filter(pk=member.pk).update(seat=seat)
    member.seat = seat
    return seat


@transaction.atomic
def send_link(member: Member, *, by: Seat, at: datetime) -> None:
    """Send the member a personal link. Raises Refused without permission or without an address."""
    must_be_open(member.matter)
    if not member.may_be_invited:
        raise Refused(_("It has not been agreed yet that this person is invited."))
    if not contact_of(member).way:
        raise Refused(_("No message goes to this person. Tell them yourself, or print a letter."))
    seat = give_seat_in_matter(member, by=by, at=at)
    send("link", to=seat, by=by, at=at)
    mark_seen_to(seat, how=SeenTo.AGAIN, by=by, at=at, space=member.matter_id)
    record("members.send_link", by=by, at=at, space=member.matter_id)


@transaction.atomic
def revoke_links(member: Member, *, by: Seat, at: datetime) -> None:
    """Every link of this person stops working, at once."""
    if member.seat is None or member.signs_in:
        raise Refused(_("This person has no personal link."))
    links.revoke_links(member.seat, by=by, at=at)


def read_code_aloud(member: Member, *, by: Seat, at: datetime) -> str:
    """Six digits for the person's newest link, for the coordinator to say on the telephone."""
    _must_be_judged(member)
    sent = PersonalLink.objects.open().filter(seat=member.seat_id).exclude(way="")  # not that of a letter
    link = sent.order_by("-made_at").first()
    if link is None:
        raise Refused(_("This person has no personal link."))
    return links.read_code_aloud(link, by=by, at=at)


@transaction.atomic
def admit_member(member: Member, *, reason: str, by: Seat, at: datetime) -> str:
    """Let the member in face to face for this sitting. Returns the digits to type, once."""
    must_be_open(member.matter)
    if not member.may_be_invited:
        raise Refused(_("It has not been agreed yet that this person is invited."))
    seat = give_seat_in_matter(member, by=by, at=at)
    return links.admit(seat, reason=reason, by=by, at=at)


def _identifying(member: Member) -> list[tuple[str, str]]:
    return [(name, getattr(member, name)) for name in ("name", "surname", "address", "second_address", "phone")]


def _must_be_judged(member: Member) -> None:
    """A right that is limited, by a court for example: nobody is let in before it is judged what is open."""
    if not Member.objects.judged().filter(pk=member.pk).exists():
        raise Refused(
            _("This person's right to know is limited. Write down first what has been judged: what is open, by whom.")
        )


def _must_not_lead(matter: Matter, seat: Seat | None) -> None:
    # By account and not by seat: who leads from outside is outside in every seat they hold.
    if seat is not None and seat.account_id and LEADERS.only(matter).filter(account=seat.account_id).exists():
        raise Refused(_("They have been asked to lead this conversation from outside, and are not along otherwise."))


def _must_not_sign_in(member: Member) -> None:
    # Whoever prepares could otherwise act as any worker of the region, without password and second factor.
    if member.signs_in:
        raise Refused(_("This person works here and signs in with their own account."))
