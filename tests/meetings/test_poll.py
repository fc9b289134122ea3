"""What is known about the times of a meeting: who is asked what, and whose turn it is."""

from uuid import uuid4

import pytest

from kudelma.meetings.actions import times
from kudelma.meetings.timing import Reach
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid
from meetings.asking import answer, option_in, propose, timing_of


@pytest.fixture
def preparing(cast):
    return cast.to("preparing")


def test_a_time_that_nobody_of_the_family_can_come_to_is_no_question_to_the_others(preparing):
    propose(preparing, 7, family_first=True)

    answer(preparing, preparing.mother, "cannot", by=preparing.coordinator)

    assert timing_of(preparing).for_others == []


def test_nobody_waits_for_a_question_that_has_no_times(preparing):
    propose(preparing, 7)
    preparing.add("own", "Mikko", "Saarela", address="mikko@example.org")
    assert [member.name for member in timing_of(preparing).untold] == ["Mikko"]

    times.withdraw_time(preparing.options()[0], by=preparing.coordinator, at=preparing.at())

    poll = timing_of(preparing)
    assert poll.untold == []
    assert Reach.AFTER_FAMILY not in {poll.reach(member) for member in poll.members}


def test_nobody_is_asked_before_the_people_want_them_along(preparing):
    propose(preparing, 7)
    aunt = people.add_member(
        preparing.fresh(), idempotency_key=uuid4(), side="close", values=PersonSaid("Tuula"),
        by=preparing.lead, at=preparing.at(),
    )  # fmt: skip

    assert timing_of(preparing).asked_of(aunt) == []
    assert timing_of(preparing).asked_of(preparing.child) == []  # wanted along, and answers for nobody
    assert timing_of(preparing).asked_of(preparing.mother) == [option_in(preparing, 7)]
