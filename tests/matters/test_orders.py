"""Ordering, accepting, and consultations."""

from uuid import uuid4

import pytest

import factories
from kudelma.core.errors import Refused
from kudelma.matters.actions import orders
from kudelma.matters.models import Basis, Matter, Order, Reply
from kudelma.methods.models import Method
from kudelma.people.models import Message


def test_pressing_twice_orders_once(cast):
    key = uuid4()

    first = orders.order_meeting(key=key, values=dict(factories.ORDER), by=cast.orderer, at=cast.at())
    second = orders.order_meeting(key=key, values=dict(factories.ORDER), by=cast.orderer, at=cast.at())

    assert first == second
    assert Matter.objects.count() == Order.objects.count() == 1


def test_numbers_run_by_region_and_year(cast):
    other = factories.Cast(factories.region())
    for one in (cast, cast, other):
        one.order()

    year = cast.matter.year
    assert sorted(Matter.objects.filter(region=cast.region).values_list("year", "running")) == [(year, 1), (year, 2)]
    assert other.matter.number == f"{year}-0001"


def test_the_coordinators_are_told_that_something_waits(cast):
    cast.order()

    assert [(m.kind, m.seat) for m in Message.objects.all()] == [("waits", cast.coordinator)]


def test_an_order_is_accepted_once(cast):
    cast.to("pairing")
    method = Method.objects.get(slug="ennakointidialogi")

    with pytest.raises(Refused):
        orders.accept_order(
            cast.matter, method=method, controller=cast.controller, ground="lsl31", by=cast.coordinator, at=cast.at()
        )

    assert Basis.objects.get().ground == "shl41"
    assert Reply.objects.count() == 1


def test_a_consultation_ends_with_an_answer_its_orderer_reads(cast):
    matter = orders.ask_consultation(
        key=uuid4(), told="not_yet", values={"worry": "En tiedä, miten aloitan.", "windows": "aamulla"},
        by=cast.orderer, at=cast.at(),
    )  # fmt: skip

    orders.answer_consultation(
        Matter.objects.select_related("region", "order").get(pk=matter.pk), text="Sovittiin, että kokeilet.",
        by=cast.coordinator, at=cast.at(),
    )  # fmt: skip

    page = factories.sit(cast.orderer).get(matter.get_absolute_url(), secure=True)
    assert "Sovittiin, että kokeilet." in page.text
    with pytest.raises(Refused):
        orders.answer_consultation(
            Matter.objects.select_related("region", "order").get(pk=matter.pk),
            text="x",
            by=cast.coordinator,
            at=cast.at(),
        )


def test_the_safety_question_is_for_the_coordinator_only(cast):
    cast.order()
    cast.open()
    Order.objects.filter(matter=cast.matter).delete()
    Order(
        matter=cast.matter, by=cast.orderer, unit=cast.orderer.unit, made_at=cast.at(), told="agreed",
        **factories.ORDER | {"call_first": "yes"},
    ).save()  # fmt: skip

    seen = {
        name: "ensin" in factories.sit(getattr(cast, name)).get(cast.matter.get_absolute_url(), secure=True).text
        for name in ("coordinator", "orderer")
    }

    assert seen["coordinator"]
