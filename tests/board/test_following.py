"""Who may follow a board by stream: the same who may open its page, until that ends by itself or is taken away."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

import factories
from kudelma.board.following import followed
from kudelma.live.models import Counter
from kudelma.matters.models import Matter
from kudelma.people.acting import IDLE_SECONDS, SEEN_COOKIE
from kudelma.people.actions.seats import end_seat
from kudelma.people.models import Seat
from kudelma.trust.sessions import SessionStore


def cookies(client):
    return {name: client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME, SEEN_COOKIE)}


@pytest.fixture
def told(cast):
    """The cookies of the one who leads while the meeting goes on."""
    cast.to("meeting")
    return cookies(factories.sit(cast.lead))


def test_the_number_moves_with_each_line(cast):
    cast.to("meeting")
    before = Counter.objects.newest([cast.board.pk, uuid4()])
    cast.say(cast.mother, "Aamut sujuvat.")

    assert (before, Counter.objects.newest([cast.board.pk])) == ({}, {cast.board.pk: 1})


def test_the_right_to_follow_hangs_on_seat_account_session_and_matter(cast, told):
    session = SessionStore(told[settings.SESSION_COOKIE_NAME])

    assert followed(told, cast.board.pk).hangs_on == {
        cast.lead.pk, cast.lead.account_id, session.mark, cast.matter.pk,
    }  # fmt: skip


def test_it_ends_half_an_hour_after_a_page_was_asked_for(cast):
    cast.to("meeting")
    at = timezone.now().replace(microsecond=0)
    with time_machine.travel(at, tick=False):
        told = cookies(factories.sit(cast.lead))

    assert followed(told, cast.board.pk).until == at + timedelta(seconds=IDLE_SECONDS)


def test_it_ends_with_the_session_however_much_is_done(cast, told):
    at = timezone.now() + timedelta(minutes=5)
    SessionStore.get_model_class().objects.update(expire_date=at)

    assert followed(told, cast.board.pk).until == at


def test_it_ends_with_the_last_day_of_the_seat(cast, told):
    today = timezone.localdate()
    Seat.objects.filter(pk=cast.lead.pk).update(ends_on=today)
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min))

    assert followed(told, cast.board.pk).until == min(midnight, followed_without_last_day(cast, told))


def followed_without_last_day(cast, told):
    Seat.objects.filter(pk=cast.lead.pk).update(ends_on=None)
    return followed(told, cast.board.pk).until


def test_it_ends_when_those_who_lead_see_the_matter_no_longer(cast, told):
    at = timezone.now() + timedelta(minutes=5)
    Matter.objects.filter(pk=cast.matter.pk).update(leads_until=at)

    assert followed(told, cast.board.pk).until == at


@pytest.mark.parametrize("who", ["coordinator", "invited", "orderer", "outsider", "other_consultant", "steering"])
def test_nobody_else_follows(cast, who):
    cast.to("meeting")

    assert followed(cookies(factories.sit(getattr(cast, who))), cast.board.pk) is None


def test_without_a_session_or_for_no_board_there_is_nothing(cast, told):
    assert followed({}, cast.board.pk) is None
    assert followed(told, uuid4()) is None


def test_an_ended_seat_follows_no_more(cast, told):
    assert followed(told, cast.board.pk)

    end_seat(cast.lead, by=cast.administrator, at=cast.at())

    assert followed(told, cast.board.pk) is None
