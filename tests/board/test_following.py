"""Who may follow a board by stream: the same who may open its page, asked anew each time."""

from uuid import uuid4

import pytest
from django.conf import settings

import factories
from kudelma.board.following import newest
from kudelma.people.acting import SEEN_COOKIE


def cookies(client):
    return {name: client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME, SEEN_COOKIE)}


def test_the_pair_follows_and_sees_the_number_move(cast):
    cast.to("meeting")
    told = cookies(factories.sit(cast.lead))

    before = newest(told, cast.board.pk)
    cast.say(cast.mother, "Aamut sujuvat.")

    assert (before, newest(told, cast.board.pk)) == (0, 1)


@pytest.mark.parametrize("who", ["coordinator", "invited", "orderer", "outsider", "other_consultant", "steering"])
def test_nobody_else_follows(cast, who):
    cast.to("meeting")

    assert newest(cookies(factories.sit(getattr(cast, who))), cast.board.pk) is None


def test_without_a_session_or_for_no_board_there_is_nothing(cast):
    cast.to("meeting")

    assert newest({}, cast.board.pk) is None
    assert newest(cookies(factories.sit(cast.lead)), uuid4()) is None


def test_an_ended_seat_follows_no_more(cast):
    from kudelma.people.actions.seats import end_seat

    cast.to("meeting")
    told = cookies(factories.sit(cast.lead))
    assert newest(told, cast.board.pk) == 0

    end_seat(cast.lead, by=cast.administrator, at=cast.at())

    assert newest(told, cast.board.pk) is None
