"""A level says how surely a participant is known. Whoever works here is known, on a page or when the clock asks."""

from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import EmptyResultSet

import factories
from kudelma.core.rules import may
from kudelma.matters.models import Matter
from kudelma.people.models import STAFF, Role
from rules.rows import ASKED
from rules.states import at


def asked_of_the_database(name, seat):
    with time_machine.travel("2026-03-04T12:00:00Z", tick=False):
        try:
            return ASKED[name].visible_to(seat).query.sql_with_params()
        except EmptyResultSet:
            return "nothing"


@pytest.mark.parametrize("role", STAFF)
def test_whoever_works_here_sees_the_same_at_whatever_level(region, role):
    seat = factories.seat(region, role)
    seat.matter = None

    assert [
        name for name in ASKED if asked_of_the_database(name, at(seat, 0)) != asked_of_the_database(name, at(seat, 2))
    ] == []


def test_a_participant_does_not(region):
    mother = factories.seat(region, "worker")
    mother.role, mother.matter = Role.PARTICIPANT, uuid4()

    assert {"Plan", "Board", "Member", "Introduction", "Spot", "Safety"} < {
        name
        for name in ASKED
        if asked_of_the_database(name, at(mother, 0)) != asked_of_the_database(name, at(mother, 2))
    }


@pytest.mark.parametrize("role", STAFF)
def test_only_a_worker_orders_for_a_team_whatever_else_was_written_of_the_seat(region, role):
    seat = factories.seat(region, role)
    seat.leads = True

    assert may(seat, "matters.order_for_team") == (role == Role.WORKER)


def test_a_participants_seat_opens_the_one_matter_that_it_was_given_for(cast):
    cast.to("preparing")
    mother = at(cast.mother.seat)
    assert Matter.objects.visible_to(mother).get() == cast.matter

    mother.matter = uuid4()

    assert not Matter.objects.visible_to(mother).exists()
