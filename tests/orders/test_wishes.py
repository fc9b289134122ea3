"""A family asks for a call on the public page: three things, once, and nothing that stays on the device."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.page import changed, content
from kudelma.core.errors import Refused
from kudelma.core.inputs import columns
from kudelma.core.record import record_reading
from kudelma.matters.models import Matter, Step
from kudelma.methods.models import Method
from kudelma.orders.actions import answers, orders
from kudelma.orders.inputs import CallHeard, ReplySaid
from kudelma.orders.models import Order, OrderSource
from kudelma.people.models import Message, Role, Seat

TOLD = {"caller": "Aino", "caller_phone": "040 123 4567", "call_when": "arkisin ennen puoltapäivää"}
CALL = CallHeard(
    heard_on=timezone.localdate(), why_together="Auttajia on monta.", worry="Minua huolettavat aamut.",
    wish="Toivon rauhaa.", languages="suomi", written_in="fi",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_has_tried():
    cache.clear()
    yield
    cache.clear()


def address(cast):
    return reverse("orders:wish", args=[cast.region.code])


def send(client, cast, **typed):
    return client.post(address(cast), TOLD | {"idempotency_key": str(uuid4())} | typed, secure=True)


@pytest.fixture
def wish(cast):
    """A family's wish, seen with its region and order."""
    send(Client(), cast)
    record_reading("test", [Order.objects.get().matter_id], by=cast.coordinator, at=cast.at())
    return Matter.objects.select_related("region", "order__by").get()


def fresh(matter):
    return Matter.objects.select_related("region", "order__by").get(pk=matter.pk)


# ---------------------------------------------------------------- what is asked


def test_three_things_are_asked_and_danger_comes_first(cast):
    page = BeautifulSoup(Client().get(address(cast), secure=True).text, "html.parser").main

    asked = [one["name"] for one in page.select("form [name]") if one.get("type") != "hidden"]
    assert asked == ["caller", "caller_phone", "call_when"]
    assert {one.get("autocomplete") for one in page.select("form [name]:not([type=hidden]), form")} == {"off"}
    assert page.get_text().index("112") < page.get_text().index("Mitä nimeä")


def test_the_page_keeps_nothing_on_the_device(cast):
    """Only what guards the form against forgery is set; the way out stands on both pages."""
    client = Client()

    pages = [client.get(address(cast), secure=True), send(client, cast)]

    assert set(client.cookies) <= {settings.CSRF_COOKIE_NAME}
    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]
        assert BeautifulSoup(page.text, "html.parser").select_one("[data-close-page]") is not None
    assert [word for word in TOLD.values() if word in pages[1].text] == []


def test_the_thanks_say_who_calls_when_and_how_to_take_it_back(cast):
    page = send(Client(), cast)

    assert page.status_code == 200
    assert f"Verkostokoordinaattori soittaa sinulle {cast.region.answer_days} päivän kuluessa" in page.text
    assert "Voit perua tämän milloin vain: sano se, kun soitamme." in page.text


def test_a_region_that_is_not_there_is_not_found(db):
    assert Client().get("/regions/nowhere/order/", secure=True).status_code == 404


# ---------------------------------------------------------------- what is made


def test_the_wish_is_an_order_made_by_the_door_and_sealed(cast, wish):
    order = wish.order

    assert (order.came, order.by, order.told) == (
        OrderSource.PUBLIC,
        Seat.objects.door(cast.region, Role.PUBLIC),
        "agreed",
    )
    assert (order.caller, order.caller_phone, order.call_when) == ("Aino", "+358401234567", TOLD["call_when"])
    assert (wish.step, wish.waits_for, wish.kind) == (Step.ORDERED, "coordinator", "client")
    kept = str(list(Order.objects.values_list()) + list(Matter.objects.values_list()))
    assert [word for word in ("Aino", "1234567", "puoltapäivää") if word in kept] == []


def test_pressing_twice_makes_one_and_another_press_makes_another(cast):
    client, key = Client(), str(uuid4())

    twice = [send(client, cast, idempotency_key=key).status_code for _ in range(2)]
    assert (twice, Order.objects.count()) == ([200, 200], 1)

    send(client, cast)

    assert Order.objects.count() == 2


def test_a_robot_that_opens_and_presses_makes_nothing(cast):
    client, before = Client(), content()

    for method in ("get", "head", "options"):
        getattr(client, method)(address(cast), secure=True)
    refused = client.post(address(cast), {"idempotency_key": str(uuid4())}, secure=True)

    assert refused.status_code == 422
    assert changed(before) == set()


def test_a_house_that_asks_too_often_must_wait_and_keeps_what_was_typed(cast, monkeypatch):
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "wish", "2/h/ip")
    client = Client()
    assert [send(client, cast).status_code for _ in range(2)] == [200, 200]

    third = send(client, cast)

    assert (third.status_code, Order.objects.count()) == (422, 2)
    assert "Yritä uudelleen tunnin päästä." in third.text
    assert TOLD["call_when"] in third.text


# ---------------------------------------------------------------- who sees it


def test_the_desk_tells_that_a_family_asks_for_a_call_and_no_word_of_it(cast, wish):
    page = factories.sit(cast.coordinator).get(reverse("desk:today"), secure=True)

    assert [one.text for one in page.context["groups"]["new"]] == ["Perhe on pyytänyt soittoa"]
    assert [word for word in ("Aino", "1234567", "puoltapäivää") if word in page.text] == []


def test_only_the_coordinator_of_the_region_sees_who_and_when_to_call(cast, wish):
    stranger = factories.Cast(factories.region())

    seen = {
        name: factories.sit(seat).get(wish.get_absolute_url(), secure=True)
        for name, seat in (
            ("coordinator", cast.coordinator), ("worker", cast.orderer), ("consultant", cast.lead),
            ("administrator", cast.administrator), ("another coordinator", stranger.coordinator),
        )
    }  # fmt: skip

    assert {name: page.status_code for name, page in seen.items()} == {
        "coordinator": 200, "worker": 404, "consultant": 404, "administrator": 404, "another coordinator": 404,
    }  # fmt: skip
    assert [word for word in ("Aino", "+358401234567", TOLD["call_when"]) if word not in seen["coordinator"].text] == []


def test_the_door_is_written_to_by_nobody(cast, wish):
    answers.write_call(wish, values=CALL, by=cast.coordinator, at=cast.at())
    accept(cast, wish)
    call_command("work", once=True)

    assert [(one.kind, one.seat) for one in Message.objects.all()] == [("waits", cast.coordinator)]


# ---------------------------------------------------------------- a call first


def accept(cast, matter):
    method = Method.objects.get(slug="ennakointidialogi")
    orders.accept_order(
        fresh(matter), method=method, controller=cast.controller, ground="shl41", by=cast.coordinator, at=cast.at()
    )


def test_it_is_not_accepted_before_the_family_has_been_called(cast, wish):
    with pytest.raises(Refused):
        accept(cast, wish)
    assert fresh(wish).step == Step.ORDERED

    answers.write_call(wish, values=CALL, by=cast.coordinator, at=cast.at())
    accept(cast, wish)

    assert fresh(wish).step == Step.PAIRING


def test_what_was_said_in_the_call_stands_in_the_words_and_language_of_the_caller(cast, wish):
    client = factories.sit(cast.coordinator)
    typed = columns(CALL) | {
        "heard_on": timezone.localdate().isoformat(),
        "worry": "Jag är orolig.",
        "written_in": "sv",
    }

    answer = client.post(reverse("orders:call", args=[wish.pk]), typed, secure=True)
    page = BeautifulSoup(client.get(answer.headers["Location"], secure=True).text, "html.parser")

    assert answer.headers["Location"] == reverse("orders:accept", args=[wish.pk])
    assert [one.get_text() for one in page.select(".said[lang=sv]")][-2:] == ["Jag är orolig.", "Toivon rauhaa."]
    assert page.select_one("select[name=method]") is not None


def test_a_call_is_written_once_and_not_to_another_kind_of_order(cast, wish):
    answers.write_call(wish, values=CALL, by=cast.coordinator, at=cast.at())
    cast.order()

    for matter in (fresh(wish), cast.fresh()):
        with pytest.raises(Refused):
            answers.write_call(matter, values=replace(CALL, worry="Muuta."), by=cast.coordinator, at=cast.at())

    assert fresh(wish).order.worry == CALL.worry
    assert cast.fresh().order.worry == factories.ORDER["worry"]


def test_a_call_that_is_still_to_come_cannot_be_written(cast, wish):
    typed = columns(CALL) | {"heard_on": (timezone.localdate() + timedelta(days=1)).isoformat()}

    page = factories.sit(cast.coordinator).post(reverse("orders:call", args=[wish.pk]), typed, secure=True)

    assert page.status_code == 422
    assert "Tämä päivä ei ole vielä tullut." in page.text


def test_it_is_ended_another_way_only_after_a_call(cast, wish):
    client, to = factories.sit(cast.coordinator), reverse("orders:other-way", args=[wish.pk])
    with pytest.raises(Refused):
        answers.suggest_other_way(wish, text="Perhetyö.", called_on=None, by=cast.coordinator, at=cast.at())
    assert client.post(to, {"text": "Perhetyö riittää."}, secure=True).status_code == 422
    assert fresh(wish).is_open

    client.post(to, {"text": "Perhetyö riittää.", "called_on": timezone.localdate().isoformat()}, secure=True)

    assert not fresh(wish).is_open


def test_a_family_is_not_asked_in_writing(cast, wish):
    with pytest.raises(Refused):
        answers.ask_back(wish, idempotency_key=uuid4(), values=ReplySaid("Miksi?"), by=cast.coordinator, at=cast.at())

    assert fresh(wish).waits_for == "coordinator"
