"""The short telling on the matter is what the rows tell: rebuilt from them, it is the same at every step."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kudelma.board import actions as board
from kudelma.matters.actions import closing
from kudelma.matters.models import Matter, Step
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Answer, Call, Invitation, Meeting, Postponement, TimeOption
from kudelma.orders.inputs import ReplySaid
from kudelma.orders.models import Order, OrderReply
from kudelma.pairing.models import LeadAssignment
from kudelma.plans import actions as plans
from kudelma.plans.inputs import Onwards
from kudelma.plans.models import Plan

STEPS = [step for step in Step if step != Step.CONSULTING]


def rebuilt(matter: Matter) -> tuple[str, str]:
    """Step and whom the matter waits for, told from the rows alone."""
    meeting = Meeting.objects.filter(matter=matter).first()
    if matter.closed_at:
        return "closed", "nobody"
    if meeting and meeting.held_at:
        return "following", "coordinator"
    if Plan.objects.filter(matter=matter).exists():
        return "planning", "pair"
    if meeting and meeting.opened_at:
        return "meeting", "pair"
    if Invitation.objects.standing().filter(matter=matter).exists():
        return "invited", "nobody"
    if meeting and meeting.chosen_at:
        return "inviting", "coordinator"
    change = Postponement.objects.filter(matter=matter).order_by("-at").first()
    if meeting and change and not meeting.answers.filter(at__gt=change.at).exists():
        return "timing" if change.what == "put_off" else "preparing", "coordinator"
    if meeting:
        return "timing", _who_answers(matter)
    standing = LeadAssignment.objects.filter(matter=matter).standing()
    if standing.accepted().count() == 2:
        return "preparing", "coordinator"
    last = OrderReply.objects.filter(matter=matter).last()
    if last is not None and last.kind == "accepted":
        return "pairing", "consultants" if standing.count() == 2 else "coordinator"
    if last is not None and last.kind == "asked":
        return "ordered", "orderer"
    assert Order.objects.filter(matter=matter).exists()
    return "ordered", "coordinator"


def _who_answers(matter: Matter) -> str:
    """People, while one who gets messages has a time to answer and nobody waits for a call."""
    wishes = Answer.objects.filter(matter=matter, option=None)
    if any(not Call.objects.filter(member=wish.member_id, at__gte=wish.at).exists() for wish in wishes):
        return "coordinator"
    members = matter.members.with_permission().filter(answers_times=True)  # type: ignore[attr-defined]
    reached = members.exclude(address=b"", seat__account=None).exclude(pk__in=wishes.values("member"))
    for member in reached:
        asked = TimeOption.objects.open(timezone.now()).filter(matter=matter)
        if member.side != "own":
            asked = asked.filter(for_everybody=True)
        if asked.exclude(answers__member=member).exists():
            return "people"
    return "coordinator"


def rebuilt_end(matter: Matter) -> datetime | None:
    """Until when it is led, told from the rows alone: a fortnight from its closing, or from a meeting after which
    nothing was agreed."""
    over = [matter.closed_at]
    over += [meeting.held_at for meeting in Meeting.objects.filter(matter=matter) if not agreed_in(meeting)]
    ends = [moment for moment in over if moment]
    return min(ends) + timedelta(days=14) if ends else None


def agreed_in(meeting: Meeting) -> bool:
    # Whether a sealed column is empty is all that a query may ask of it.
    return Plan.objects.filter(meeting=meeting).exclude(follow_up=b"").exists()


def ended(cast, follow_up, closed):
    """Held, with or without an agreed follow-up, and perhaps closed ten days later."""
    cast.to("planning")
    if follow_up is not None:
        plans.agree_onwards(cast.the_plan, version=1, values=Onwards("Tiina", follow_up), by=cast.lead, at=cast.at())
    board.end_meeting(cast.the_meeting(), by=cast.lead, at=cast.at())
    if closed:
        closing.close_matter(cast.fresh(), by=cast.coordinator, at=cast.at() + timedelta(days=10))
    return cast.fresh()


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("follow_up", [None, "", "Toukokuussa"])
def test_how_long_it_is_led_is_what_the_rows_tell(cast, follow_up, closed):
    matter = ended(cast, follow_up, closed)

    assert matter.leads_until == rebuilt_end(matter)
    assert (matter.leads_until is None) == (bool(follow_up) and not closed)


@pytest.mark.parametrize("step", STEPS)
def test_it_is_led_without_an_end_until_something_of_it_is_over(cast, step):
    cast.to(step)

    assert cast.fresh().leads_until == rebuilt_end(cast.fresh())


@pytest.mark.parametrize("step", STEPS)
def test_the_short_telling_is_what_the_rows_tell(cast, step):
    cast.to(step)

    assert (cast.matter.step, cast.matter.waits_for) == (step, cast.matter.waits_for)
    assert (cast.matter.step, cast.matter.waits_for) == rebuilt(cast.matter)


def test_a_question_back_waits_for_the_orderer_and_its_answer_for_the_coordinator(cast):
    from kudelma.orders.actions import answers

    cast.to("ordered")
    answers.ask_back(
        cast.fresh(), idempotency_key=uuid4(), values=ReplySaid("Kenelle?"), by=cast.coordinator, at=cast.at()
    )
    assert rebuilt(cast.fresh()) == ("ordered", "orderer") == (cast.fresh().step, cast.fresh().waits_for)

    answers.reply(cast.fresh(), idempotency_key=uuid4(), values=ReplySaid("Ainolle."), by=cast.orderer, at=cast.at())

    assert rebuilt(cast.fresh()) == ("ordered", "coordinator") == (cast.fresh().step, cast.fresh().waits_for)


def test_an_answer_that_wishes_a_call_wakes_the_coordinator(cast):
    from kudelma.meetings.actions import times

    cast.to("timing")
    times.answer(cast.the_meeting(), cast.mother, options={}, coming="call", by=cast.mother.seat, at=cast.at())

    assert rebuilt(cast.fresh()) == ("timing", "coordinator") == (cast.fresh().step, cast.fresh().waits_for)


def test_one_who_has_not_answered_keeps_it_waiting_for_people(cast):
    from kudelma.meetings.actions import times

    cast.to("timing")
    option = cast.options()[0]
    times.answer(
        cast.the_meeting(), cast.mother, options={option: "well"}, coming="", by=cast.mother.seat, at=cast.at()
    )

    assert rebuilt(cast.fresh()) == ("timing", "people") == (cast.fresh().step, cast.fresh().waits_for)


def test_each_round_of_times_tells_the_same(cast):
    from kudelma.meetings.actions import asking, times

    def step():
        matter = cast.fresh()
        assert rebuilt(matter) == (matter.step, matter.waits_for)
        return matter.waits_for

    def answer(member, values):
        options = dict(zip(cast.options(), values, strict=False))
        times.answer(cast.the_meeting(), member, options=options, coming="", by=member.seat, at=cast.at())
        return step()

    cast.to("preparing")
    start = cast.at() + timedelta(days=7)
    cast.meeting = times.propose_times(
        cast.fresh(), idempotency_key=uuid4(), by=cast.coordinator, at=cast.at(),
        values=TimesAsked(
            [start, start + timedelta(days=1)], 150, "Kirjasto", place_shown=False, family_first=True
        ),
    )  # fmt: skip
    told = [step(), answer(cast.mother, ["well"]), answer(cast.mother, ["well", "cannot"])]
    asking.ask_next(cast.the_meeting(), by=cast.coordinator, at=cast.at())
    told += [step(), answer(cast.professional, ["well"])]
    times.answer(cast.the_meeting(), cast.mother, options={}, coming="call", by=cast.mother.seat, at=cast.at())
    told.append(step())

    assert told == ["people", "people", "coordinator", "people", "coordinator", "coordinator"]


def test_a_withdrawn_consultant_gives_the_matter_back(cast):
    from kudelma.pairing.actions import offers as pairing

    cast.order()
    cast.accept()
    for part, one in (("lead", cast.lead), ("writer", cast.writer)):
        offer = pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
    assert rebuilt(cast.fresh()) == ("pairing", "consultants") == (cast.fresh().step, cast.fresh().waits_for)

    pairing.withdraw(offer, by=cast.writer, at=cast.at())

    assert rebuilt(cast.fresh()) == ("pairing", "coordinator") == (cast.fresh().step, cast.fresh().waits_for)


def change(cast, what):
    """One of the ways in which a settled time does not hold."""
    from datetime import timedelta

    from kudelma.meetings.actions import postponing

    cast.open()
    meeting = cast.the_meeting()
    told = {"by": cast.coordinator, "at": cast.at()}
    if what == "put_off":
        postponing.put_off(meeting, seen=meeting.sequence, **told)
    elif what == "called_off":
        postponing.call_off(meeting, seen=meeting.sequence, **told)
    elif what == "moved":
        postponing.move_to(
            meeting, starts_at=meeting.starts_at + timedelta(days=1), place="Kirjasto", place_shown=False,
            seen=meeting.sequence, **told,
        )  # fmt: skip
    else:
        postponing.stop(cast.fresh(), seen=cast.fresh().step, leaving=[], closes=what == "closed", **told)


@pytest.mark.parametrize("step", ["inviting", "invited"])
@pytest.mark.parametrize("what", ["put_off", "called_off", "moved", "stopped", "closed"])
def test_a_time_that_does_not_hold_is_told_by_the_rows_too(cast, step, what):
    cast.to(step)

    change(cast, what)

    found = cast.fresh()
    assert (found.step, found.waits_for) == rebuilt(found)
    assert found.step == {
        "put_off": "timing", "called_off": "preparing", "moved": step, "stopped": "preparing", "closed": "closed",
    }[what]  # fmt: skip


def test_after_a_time_that_did_not_hold_everything_goes_on_as_before(cast):
    cast.to("invited")
    change(cast, "put_off")
    seen = []
    for act in (cast.ask_times, cast.choose, cast.invite):
        act()
        found = cast.fresh()
        seen.append((found.step, found.waits_for, rebuilt(found)))

    assert [(step, waits_for) for step, waits_for, _rebuilt in seen] == [
        ("timing", "people"), ("inviting", "coordinator"), ("invited", "nobody"),
    ]  # fmt: skip
    assert [rebuilt_now for _step, _waits_for, rebuilt_now in seen[1:]] == [
        ("inviting", "coordinator"),
        ("invited", "nobody"),
    ]
