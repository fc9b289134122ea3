"""Consents and permits, judgements, and a right that is limited until it has been judged what it leaves open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused
from kudelma.core.inputs import columns
from kudelma.core.languages import current_language
from kudelma.core.phrases import SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.live.actions.rights import taken_away
from kudelma.matters.actions.steps import must_be_open
from kudelma.members.inputs.agreements import ConsentGiven, JudgementMade
from kudelma.members.models import OPENS, Consent, Judgement, Member
from kudelma.people.actions import links
from kudelma.people.models import Seat


@transaction.atomic
def give_consent(member: Member, *, idempotency_key: UUID, values: ConsentGiven, by: Seat, at: datetime) -> Consent:
    """Write down a consent or a disclosure permit that was heard. Raises KeyReused when the key made another."""
    must_be_open(member.matter)
    existing = Consent.objects.filter(pk=idempotency_key).first()
    if existing:
        _must_be_same(existing, member, values)
        return existing
    consent = Consent(pk=idempotency_key, matter=member.matter, member=member, by=by, at=at, **columns(values))
    consent.save(force_insert=True)
    record("members.give_consent", by=by, at=at, space=member.matter_id)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Seat, at: datetime) -> None:
    """The person does not consent any more. Raises Refused when that was already written."""
    must_be_open(consent.matter)
    # Looked for and written in one statement: of two who press at once the first one's name and hour stay.
    if not Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by):
        raise Refused(SOMEBODY_WAS_FIRST)
    record("members.withdraw_consent", by=by, at=at, space=consent.matter_id)


@transaction.atomic
def limit_right(member: Member, *, by: Seat, at: datetime) -> None:
    """Their right is limited: every way in ends at once, and none is made before it is judged what is open.

    Raises Refused for somebody who works here, or when it was already written.
    """
    must_be_open(member.matter)
    if member.signs_in:
        raise Refused(_("This person works here and signs in with their own account."))
    if not Member.objects.filter(pk=member.pk, is_limited=False).update(is_limited=True):
        raise Refused(SOMEBODY_WAS_FIRST)
    if member.seat:
        links.revoke_links(member.seat, by=by, at=at)
    record("members.limit_right", by=by, at=at, space=member.matter_id)


@transaction.atomic
def lift_limit(member: Member, *, by: Seat, at: datetime) -> None:
    """Their right is not limited any more. Raises Refused when that was already written."""
    must_be_open(member.matter)
    if not Member.objects.filter(pk=member.pk, is_limited=True).update(is_limited=False):
        raise Refused(SOMEBODY_WAS_FIRST)
    record("members.lift_limit", by=by, at=at, space=member.matter_id)


@transaction.atomic
def judge(member: Member, *, idempotency_key: UUID, values: JudgementMade, by: Seat, at: datetime) -> Judgement:
    """Write down what somebody judged and why; it replaces what was judged before about the same person.

    When it closes something to somebody whose right is limited, the ways in that they have end.
    """
    must_be_open(member.matter)
    existing = Judgement.objects.filter(pk=idempotency_key).first()
    if existing:
        _must_be_same(existing, member, values)
        return existing
    before = Judgement.objects.standing().filter(member=member).first()
    # Before the new one is saved: the database keeps one standing judgement a person.
    Judgement.objects.standing().filter(member=member).update(replaced_at=at, replaced_by=by)
    judgement = Judgement(
        pk=idempotency_key, matter=member.matter, member=member, by=by, at=at, written_in=current_language(),
        **columns(values)
    )  # fmt: skip
    judgement.save(force_insert=True)
    record("members.judge", by=by, at=at, space=member.matter_id)
    if member.seat:
        taken_away(member.seat.pk)
    # Only when something is taken away: whoever has just been let see more keeps the link in their hand.
    closed = [part for part in OPENS if before and part in before.opened and part not in judgement.opened]
    if member.is_limited and member.seat and closed:
        links.revoke_links(member.seat, by=by, at=at)
    return judgement


def _must_be_same(existing: Any, member: Member, values: ConsentGiven | JudgementMade) -> None:
    if existing.member_id != member.pk or any(
        getattr(existing, name) != value for name, value in columns(values).items()
    ):
        raise KeyReused
