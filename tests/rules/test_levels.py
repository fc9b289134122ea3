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
    """(statement, its parameters); nothing when it is known without asking."""
    with time_machine.travel("2026-03-04T12:00:00Z", tick=False):
        try:
            return ASKED[name].visible_to(seat).query.sql_with_params()
        except EmptyResultSet:
            return "", ()


def differ_by_level(seat):
    """The querysets that ask the database something else at level 0 than at level 2."""
    return {name for name in ASKED if not alike(*(asked_of_the_database(name, at(seat, level)) for level in (0, 2)))}


def alike(one, other):
    # The driver of PostgreSQL wraps some parameters, and no two wrappings are equal but in words.
    same = [a == b or str(a) == str(b) for a, b in zip(one[1], other[1], strict=False)]
    return one[0] == other[0] and len(one[1]) == len(other[1]) and all(same)


@pytest.mark.parametrize("role", STAFF)
def test_whoever_works_here_sees_the_same_at_whatever_level(region, role):
    seat = factories.seat(region, role)
    seat.space = None

    assert differ_by_level(seat) == set()


def test_a_participant_does_not(region):
    mother = factories.seat(region, "worker")
    mother.role, mother.space = Role.PARTICIPANT, uuid4()

    assert {"Plan", "Board", "Member", "Introduction", "Spot", "Safety"} < differ_by_level(mother)


@pytest.mark.parametrize("role", STAFF)
def test_only_a_worker_orders_for_a_team_whatever_else_was_written_of_the_seat(region, role):
    seat = factories.seat(region, role)
    seat.leads = True

    assert may(seat, "orders.order_for_team") == (role == Role.WORKER)


def test_a_participants_seat_opens_the_one_matter_that_it_was_given_for(cast):
    cast.to("preparing")
    mother = at(cast.mother.seat)
    assert Matter.objects.visible_to(mother).get() == cast.matter

    mother.space = uuid4()

    assert not Matter.objects.visible_to(mother).exists()
