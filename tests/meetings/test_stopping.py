"""A participant's wish to stop: each one waits for a call, also the second after the first was called about."""

import pytest

from kudelma.core.errors import Refused
from kudelma.meetings.actions import postponing
from kudelma.meetings.models import WishToStop


@pytest.fixture
def invited(cast):
    return cast.to("invited")


def wish(cast, member):
    postponing.wish_to_stop(member, by=member.seat, at=cast.at())


def call(cast):
    postponing.has_called(WishToStop.objects.open().get(), by=cast.coordinator, at=cast.at())


def test_a_second_wish_to_stop_waits_for_a_call_as_the_first_did(invited):
    wish(invited, invited.mother)
    call(invited)

    wish(invited, invited.mother)

    assert [one.member for one in WishToStop.objects.open()] == [invited.mother]
    assert WishToStop.objects.count() == 2


def test_a_call_about_one_wish_leaves_anothers_open(invited):
    wish(invited, invited.mother)
    first = WishToStop.objects.open().get()
    wish(invited, invited.close_one)

    postponing.has_called(first, by=invited.coordinator, at=invited.at())

    assert [one.member for one in WishToStop.objects.open()] == [invited.close_one]
    with pytest.raises(Refused):
        postponing.has_called(first, by=invited.coordinator, at=invited.at())
