"""Two who answer, invite or let in at one moment: it is done once, and whoever comes second is told so."""

import pytest

import factories
from board.test_at_once import between
from kudelma.meetings.actions import invitations
from kudelma.meetings.models import Invitation
from kudelma.members.actions import people
from kudelma.members.models import Member
from kudelma.pairing.actions import offers
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat
from live.test_operations import apart, at_once

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "keys"]), pytest.mark.both]


@pytest.fixture
def cast(transactional_db, monkeypatch, tmp_path):
    return lambda step: apart(factories.Cast(factories.region()).to(step), monkeypatch, tmp_path)


def accept(pairing, cast):
    return lambda: offers.accept_offer(pairing, by=pairing.seat, at=cast.at())


def withdraw(pairing, cast):
    return lambda: offers.withdraw(pairing, by=pairing.seat, at=cast.at())


def take_back(pairing, cast):
    return lambda: offers.end_pairing(pairing, by=cast.coordinator, at=cast.at())


@pytest.mark.parametrize(
    ("first", "second", "done", "accepted"),
    [
        (accept, accept, [True, False], True),
        (accept, withdraw, [True, False], True),
        (withdraw, accept, [True, False], False),
        (accept, take_back, [True, True], False),
    ],
)
def test_of_two_answers_to_one_question_the_first_holds(monkeypatch, cast, first, second, done, accepted):
    cast = cast("pairing")
    (pairing,) = at_once([lambda: cast.offered(cast.lead, "lead")])

    answers = between(monkeypatch, "_wait", first(pairing, cast), second(pairing, cast), of=offers)

    assert answers == done
    assert at_once([lambda: LeadAssignment.objects.accepted().exists()]) == [accepted]


def test_who_is_invited_by_two_at_once_is_invited_once(monkeypatch, cast):
    cast = cast("invited")
    (later,) = at_once([lambda: _opened(cast).add("close", "Eila", "Koskela", relation="täti")])

    def invite():
        _opened(cast)
        invitations.invite_one(cast.the_meeting(), later, by=cast.coordinator, at=cast.at())

    assert between(monkeypatch, "_invite", invite, invite, of=invitations) == [True, False]
    assert at_once([lambda: Invitation.objects.filter(member=later).count()]) == [1]


def test_of_two_who_give_a_seat_at_once_none_is_left_over(monkeypatch, cast):
    cast = cast("preparing")
    (later,) = at_once([lambda: _opened(cast).add("close", "Eila", "Koskela", relation="täti")])

    def give():
        return people.give_seat_in_matter(Member.objects.get(pk=later.pk), by=cast.coordinator, at=cast.at())

    between(monkeypatch, "seat_participant", give, give, of=people)

    def seats():
        return Seat.objects.filter(space=cast.matter.pk).exclude(memberships__isnull=False).count()

    assert at_once([seats]) == [0]
    assert at_once([lambda: Member.objects.get(pk=later.pk).seat is not None]) == [True]


def _opened(cast):
    cast.open()
    return cast
