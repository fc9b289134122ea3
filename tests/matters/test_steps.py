"""The short telling on the matter is what the rows tell: rebuilt from them, it is the same at every step."""

from uuid import uuid4

import pytest

from kudelma.matters.models import Matter, Order, Pairing, Reply, Step
from kudelma.meetings.models import Answer, Invitation, Meeting
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
    if Invitation.objects.filter(matter=matter).exists():
        return "invited", "nobody"
    if meeting and meeting.chosen_at:
        return "inviting", "coordinator"
    if meeting:
        return "timing", _who_answers(matter)
    standing = Pairing.objects.filter(matter=matter).standing()
    if standing.accepted().count() == 2:
        return "preparing", "coordinator"
    last = Reply.objects.filter(matter=matter).last()
    if last is not None and last.kind == "accepted":
        return "pairing", "consultants" if standing.count() == 2 else "coordinator"
    if last is not None and last.kind == "asked":
        return "ordered", "orderer"
    assert Order.objects.filter(matter=matter).exists()
    return "ordered", "coordinator"


def _who_answers(matter: Matter) -> str:
    members = matter.members.with_permission().filter(answers_times=True)  # type: ignore[attr-defined]
    answers = Answer.objects.filter(matter=matter)
    everybody = not members.exclude(pk__in=answers.values("member")).exists()
    return "coordinator" if everybody or answers.filter(option=None).exists() else "people"


@pytest.mark.parametrize("step", STEPS)
def test_the_short_telling_is_what_the_rows_tell(cast, step):
    cast.to(step)

    assert (cast.matter.step, cast.matter.waits_for) == (step, cast.matter.waits_for)
    assert (cast.matter.step, cast.matter.waits_for) == rebuilt(cast.matter)


def test_a_question_back_waits_for_the_orderer_and_its_answer_for_the_coordinator(cast):
    from kudelma.matters.actions import answers

    cast.to("ordered")
    answers.ask_back(cast.fresh(), key=uuid4(), values={"text": "Kenelle?"}, by=cast.coordinator, at=cast.at())
    assert rebuilt(cast.fresh()) == ("ordered", "orderer") == (cast.fresh().step, cast.fresh().waits_for)

    answers.reply(cast.fresh(), key=uuid4(), values={"text": "Ainolle."}, by=cast.orderer, at=cast.at())

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


def test_a_withdrawn_consultant_gives_the_matter_back(cast):
    from kudelma.matters.actions import pairing

    cast.order()
    cast.accept()
    for part, one in (("lead", cast.lead), ("writer", cast.writer)):
        offer = pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
    assert rebuilt(cast.fresh()) == ("pairing", "consultants") == (cast.fresh().step, cast.fresh().waits_for)

    pairing.withdraw(offer, by=cast.writer, at=cast.at())

    assert rebuilt(cast.fresh()) == ("pairing", "coordinator") == (cast.fresh().step, cast.fresh().waits_for)
