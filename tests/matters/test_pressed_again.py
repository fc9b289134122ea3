"""A second press of one's own is a quiet success; only another seat is told that somebody was first."""

import pytest

import factories
from again import fresh
from kudelma.core.errors import Refused
from kudelma.core.phrases import DONE_BY_YOU, SOMEBODY_WAS_FIRST
from kudelma.matters.models import Step
from kudelma.members.actions import people
from kudelma.members.models import Permission
from kudelma.methods.models import Method
from kudelma.orders.actions import orders
from kudelma.orders.models import Basis, OrderReply
from kudelma.people.models import Message, Role
from kudelma.trust.models import Entry


def accept(cast, *, by=None, ground="shl41"):
    method = Method.objects.get(slug="ennakointidialogi")
    orders.accept_order(
        cast.fresh(), method=method, controller=cast.controller, ground=ground, by=by or cast.coordinator, at=cast.at()
    )


# ---------------------------------------------------------------- accepting an order


def test_accepting_twice_accepts_once_and_says_nothing_of_somebody_else(cast):
    cast.to("ordered")
    accept(cast)
    told = Message.objects.count(), Entry.objects.count()

    accept(cast)

    assert (Basis.objects.count(), OrderReply.objects.count()) == (1, 1)
    assert (Message.objects.count(), Entry.objects.count()) == told


def test_another_coordinator_who_accepts_later_is_told_that_somebody_was_first(cast):
    cast.to("ordered")
    accept(cast)

    with pytest.raises(Refused) as refused:
        accept(cast, by=factories.seat(cast.region, Role.COORDINATOR))

    assert str(refused.value) == str(SOMEBODY_WAS_FIRST)


def test_accepting_again_on_another_ground_is_told_that_the_first_one_stands(cast):
    cast.to("ordered")
    accept(cast)

    with pytest.raises(Refused) as refused:
        accept(cast, ground="lsl31")

    assert str(refused.value) == str(DONE_BY_YOU)
    assert Basis.objects.get().ground == "shl41"


def test_a_late_second_press_does_not_take_the_matter_back(cast):
    cast.to("timing")

    accept(cast)

    assert cast.fresh().step == Step.TIMING


# ---------------------------------------------------------------- permissions to invite


def permissions(member):
    return list(Permission.objects.filter(member=member).values_list("how", "by", "withdrawn_by"))


def test_a_permission_that_is_pressed_twice_is_written_once(cast):
    cast.to("preparing")
    entries = Entry.objects.count()

    people.permit(fresh(cast.mother), how="face", by=cast.lead, at=cast.at())

    assert permissions(cast.mother) == [("face", cast.lead.pk, None)]
    assert Entry.objects.count() == entries


def test_a_permission_that_another_has_written_is_refused(cast):
    cast.to("preparing")

    with pytest.raises(Refused) as refused:
        people.permit(fresh(cast.mother), how="face", by=cast.writer, at=cast.at())

    assert str(refused.value) == str(SOMEBODY_WAS_FIRST)


def test_a_permission_of_another_kind_by_the_same_seat_leaves_the_first(cast):
    cast.to("preparing")

    with pytest.raises(Refused) as refused:
        people.permit(fresh(cast.mother), how="phone", by=cast.lead, at=cast.at())

    assert str(refused.value) == str(DONE_BY_YOU)
    assert permissions(cast.mother) == [("face", cast.lead.pk, None)]


def test_a_withdrawal_that_is_pressed_twice_is_written_once(cast):
    cast.to("preparing")
    people.withdraw_permission(fresh(cast.mother), by=cast.lead, at=cast.at())
    entries = Entry.objects.count()

    people.withdraw_permission(fresh(cast.mother), by=cast.lead, at=cast.at())

    assert permissions(cast.mother) == [("face", cast.lead.pk, cast.lead.pk)]
    assert Entry.objects.count() == entries


def test_a_withdrawal_by_another_who_came_second_is_refused(cast):
    cast.to("preparing")
    people.withdraw_permission(fresh(cast.mother), by=cast.lead, at=cast.at())

    with pytest.raises(Refused):
        people.withdraw_permission(fresh(cast.mother), by=cast.writer, at=cast.at())
