"""A guest of one occasion: in by a link and a word, known no further, and gone when the occasion is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

import factories
from kudelma.people.actions import links
from kudelma.people.actions.messages import send
from kudelma.people.models import Message, Role, Seat
from rules.ways import level


@pytest.fixture
def guest(region):
    day = timezone.localdate()
    return Seat.objects.create(region=region, role=Role.GUEST, space=uuid4(), starts_on=day, ends_on=day)


def test_a_guest_is_in_by_a_link_and_a_word(guest):
    assert (level(factories.sit(guest, 0)), level(factories.sit(guest, 1))) == ("0", "1")
    assert not guest.works


def test_a_link_alone_shows_a_guest_nothing_not_even_their_own_messages(guest, region):
    send("link", to=guest, by=Seat.objects.door(region, Role.CLOCK), at=timezone.now())
    seen = []
    for guest.level in (0, 1):
        seen.append(Message.objects.visible_to(guest).count())

    assert seen == [0, 1]


def test_nothing_makes_a_guest_known_further(guest, region):
    client = factories.sit(guest, 2)
    session = client.session
    session["participant"] |= {"identity": True}
    session.save()

    assert level(client) == "1"
    with pytest.raises(ValueError, match="only the seat of a participant"):
        links.admit(guest, reason="known", by=Seat.objects.door(region, Role.CLOCK), at=timezone.now())


def test_the_same_makes_a_participant_known(cast):
    cast.to("preparing")

    assert level(factories.sit(cast.mother.seat, 2)) == "2"


def test_a_guest_is_gone_when_the_occasion_is_over(guest):
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert level(factories.sit(guest, 1)) == "-"


@pytest.mark.parametrize("page", ["/own/", "/own/people/", "/own/circle/", "/today/", "/matters/"])
def test_no_page_is_a_guests_yet(guest, page):
    assert factories.sit(guest, 1).get(page, secure=True).status_code == 404
