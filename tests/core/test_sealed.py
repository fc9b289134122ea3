"""A sealed column holds ciphertext, opens when it may, and cannot be reached by a query."""

from uuid import uuid4

import pytest
from django.db import connection

import factories
from kudelma.core.keys import Broken
from kudelma.core.record import record_reading
from kudelma.core.sealed import Ciphertext, closed_values, sealed
from kudelma.matters.models import Matter
from kudelma.orders.models import Order
from kudelma.people.models import Account, Role, Seat
from kudelma.trust.vault import NotRecorded, close_all


def raw(table: str, column: str) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608  names from this file
        return [bytes(row[0]) for row in cursor.fetchall()]


def test_the_column_holds_no_readable_byte(cast):
    cast.to("ordered")

    assert all(b"Olen huolissani" not in value and len(value) > 20 for value in raw("orders_order", "worry"))


def test_the_words_open_only_after_the_record_says_who_reads(cast):
    cast.to("ordered")
    close_all()
    order = Order.objects.get(matter=cast.matter)

    with pytest.raises(NotRecorded):
        _ = order.worry
    record_reading("test", [cast.matter.pk], by=cast.coordinator, at=cast.at())

    assert order.worry == factories.ORDER["worry"]


def test_a_value_that_is_read_alone_opens_in_its_own_row_and_matter_only(cast):
    cast.to("ordered")
    column = sealed(Order, "worry")
    pk, matter, value = Order.objects.values_list("pk", "matter", "worry").get()

    assert column.opened(value, pk, matter) == factories.ORDER["worry"]
    with pytest.raises(Broken):
        column.opened(value, matter, matter)
    close_all()
    with pytest.raises(NotRecorded):
        column.opened(value, pk, matter)
    assert column.opened("", pk, matter) == ""  # nothing was said: that is no secret


def test_loading_and_saving_again_opens_nothing(cast):
    cast.to("ordered")
    close_all()
    order = Order.objects.get(matter=cast.matter)

    order.save()

    assert isinstance(order.__dict__["worry"], Ciphertext)


def test_a_column_swapped_with_another_does_not_open(cast):
    cast.to("ordered")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET worry = wish")
    cast.open()

    with pytest.raises(Broken):
        _ = Order.objects.get(matter=cast.matter).worry


def test_a_row_moved_to_another_matter_does_not_open(cast):
    cast.to("ordered")
    other = factories.Cast(cast.region).to("ordered")
    theirs, ours = Order.objects.get(matter=other.matter), Order.objects.get(matter=cast.matter)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_order SET worry = (SELECT worry FROM orders_order WHERE id = %s) WHERE id = %s",
            [row.pk.hex if connection.vendor == "sqlite" else row.pk for row in (theirs, ours)],
        )
    cast.open()

    with pytest.raises(Broken):
        _ = Order.objects.get(matter=cast.matter).worry


@pytest.mark.parametrize("ask", [{"topic": "Aamut"}, {"topic__contains": "A"}])
def test_a_query_cannot_see_a_sealed_column(cast, ask):
    with pytest.raises(TypeError):
        list(Matter.objects.filter(**ask))


def test_a_query_cannot_set_a_sealed_column_by_accident(cast):
    cast.to("ordered")

    with pytest.raises(TypeError):
        Matter.objects.update(topic="Aamut")


def test_compare_and_set_seals_for_the_row(cast):
    cast.to("ordered")

    Matter.objects.filter(pk=cast.matter.pk).update(**closed_values(cast.matter, {"topic": "Aamut", "version": 2}))

    cast.open()
    found = Matter.objects.get(pk=cast.matter.pk)
    assert (found.topic, found.version) == ("Aamut", 2)


def test_text_longer_than_the_column_is_a_bug(cast):
    cast.to("ordered")
    cast.matter.called = "x" * 81

    with pytest.raises(ValueError, match="too many"):
        cast.matter.save()


def test_empty_text_stays_empty(cast):
    cast.to("ordered")

    assert raw("orders_order", "access") == [b""]


def test_an_account_is_found_by_its_address_however_it_is_written(cast):
    clock = Seat.objects.door(cast.region, Role.CLOCK)
    seat = factories.seat(cast.region, address="Maija.Kallio@Example.org")

    assert Account.objects.of_address(" maija.kallio@example.ORG ").get() == seat.account
    assert raw("people_account", "address") != []
    assert all(b"example" not in value for value in raw("people_account", "address"))
    assert clock.account is None


def test_a_new_row_can_be_written_without_opening(cast):
    cast.to("ordered")
    close_all()

    Order.objects.filter(matter=cast.matter).delete()
    Order(matter=cast.matter, by=cast.orderer, made_at=cast.at(), told="agreed", worry="Uusi", id=uuid4()).save()

    assert len(raw("orders_order", "worry")[0]) > 20
