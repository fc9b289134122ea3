"""A matter on its way, with something in every table: what searches through the whole house begin with."""

from uuid import uuid4

from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from doors import table
from kudelma.board import actions as board
from kudelma.meetings.actions import asking, postponing, times
from kudelma.members.actions import identity
from kudelma.members.models import Consent, Judgement, Safety
from kudelma.people.identity import Identity
from kudelma.preparation.models import ChildPage, Introduction, Preparation
from trust.canaries import (
    MARK,
)  # fmt: skip


def walked(cast):
    """A matter at its plan, with something in every table that a matter has by then."""
    cast.to("timing")
    asking.remind(cast.the_meeting(), [cast.mother], by=cast.coordinator, at=cast.at())
    times.record_call(cast.the_meeting(), cast.mother, by=cast.coordinator, at=cast.at())
    cast.choose()
    cast.invite()
    cast.open()
    meeting = cast.the_meeting()
    postponing.move_to(
        meeting, starts_at=meeting.starts_at, place="Kirjasto", place_shown=False, seen=0,
        why="Sali on varattu.", by=cast.coordinator, at=cast.at(),
    )  # fmt: skip
    cast.meet()
    prepare(cast)
    board.give_turn(
        cast.board, cast.voices[cast.mother.pk], cast.questions[0], idempotency_key=uuid4(), by=cast.lead, at=cast.at()
    )
    cast.line = cast.say(cast.mother, "Aamut sujuvat.")
    cast.plan()
    cast.draft = cast.begin_draft(worry="Olen huolissani aamuista.")
    table.drawn_thing(cast)
    TOTP.activate(cast.outsider.account, f"{MARK.upper()}{'A' * 20}")
    identity.meet(
        cast.mother, Identity("https://issuer", f"{MARK}-subject", f"{MARK}-nimi", f"{MARK}-suku"),
        by=cast.mother.seat, at=cast.at(),
    )  # fmt: skip
    return cast


def prepare(cast):
    """What stands beside a meeting that was prepared with the people."""
    matter, at = cast.fresh(), cast.at()
    of = {"matter": matter, "member": cast.mother, "by": cast.coordinator, "at": at}
    Preparation(matter=matter).save()
    Safety(**of).save()
    Consent(kind="consent", given_on=timezone.localdate(), how="face", **of).save()
    Judgement(kind="own_say", **of).save()
    ChildPage(beside="Mummo", wish="self", shown_to="everybody", **(of | {"member": cast.child})).save()
    Introduction(matter=matter, seat=cast.invited).save()
