"""The administrator's pages of seats: given by a form, changed by a form, ended by a button, in the own region only."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

import factories
from kudelma.people.actions.seats import end_seat
from kudelma.people.models import STAFF, Account, Message, Role, Seat

DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def typed(place, **values):
    return {
        "name": "Sari Lehtola", "address": "sari@example.org", "role": "worker", "unit": str(place.pk),
        "title": "luokanopettaja", "starts_on": str(today()), "language": "fi",
    } | values  # fmt: skip


def send(administrator, place, **values):
    return factories.sit(administrator).post("/region/seats/new/", typed(place, **values), secure=True)


def why(answer):
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def seats():
    """Working seats but that of the administrator."""
    return Seat.objects.staff().exclude(role=Role.ADMINISTRATOR)


def test_the_administrator_gives_a_seat_by_the_form(administrator, unit):
    answer = send(administrator, unit, phone="040 123 4567", ends_on=str(today() + 10 * DAY), language="sv")

    assert answer.headers["Location"] == "/region/seats/"
    seat = seats().get()
    assert (seat.role, seat.unit, seat.title, seat.ends_on) == ("worker", unit, "luokanopettaja", today() + 10 * DAY)
    assert (seat.account.phone, seat.account.language) == ("+358401234567", "sv")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("ends_on", str(today() - DAY)),
        ("ends_on", "31.2.2027"),
        ("starts_on", ""),
        ("unit", ""),
        ("unit", "7aad386b-3045-4f9e-9ec8-13edfbf91d93"),
        ("role", "clock"),
        ("role", "participant"),
        ("role", ""),
        ("name", ""),
        ("name", "x" * 121),
        ("address", "sari"),
        ("address", "sari@example.org\nBcc: kaikki@example.org"),
        ("address", f"{'x' * 250}@example.org"),
        ("phone", "soita"),
        ("title", "010180-123A"),
        ("language", "fi-x-selko"),
    ],
)
def test_what_cannot_be_is_said_by_the_field_and_nothing_is_made(administrator, unit, field, wrong):
    answer = send(administrator, unit, **{field: wrong})

    assert answer.status_code == 422
    assert list(why(answer)) == [field]
    assert seats().count() == 0
    assert "Sari Lehtola" in answer.text or field == "name"


@pytest.mark.parametrize("role", STAFF)
def test_only_those_who_work_in_a_unit_need_one(administrator, unit, role):
    needs_one = role in {Role.WORKER, Role.CONSULTANT}

    answer = send(administrator, unit, role=role, unit="")

    assert answer.status_code == (422 if needs_one else 302)
    assert send(administrator, unit, role=role, address="toinen@example.org").status_code == 302


def test_a_unit_of_another_region_cannot_be_chosen(administrator, unit):
    foreign = factories.unit(factories.region(), "Vieras yksikkö")
    client = factories.sit(administrator)
    page = client.get("/region/seats/new/", secure=True).text
    assert "Kivirannan koulu" in page
    assert "Vieras yksikkö" not in page

    assert list(why(send(administrator, unit, unit=str(foreign.pk)))) == ["unit"]


def test_pressing_twice_gives_one_seat(administrator, unit):
    key = str(uuid4())

    answers = [send(administrator, unit, idempotency_key=key) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/region/seats/"] * 2
    assert seats().count() == 1
    assert Message.objects.count() == 1


def test_a_stale_form_shows_both_and_changes_nothing(administrator, unit):
    seat = factories.seat(administrator.region, title="opettaja", unit=unit)
    client, address = factories.sit(administrator), f"/region/seats/{seat.pk}/"
    sent = {"unit": str(unit.pk), "title": "rehtori", "version": 1}
    assert client.post(address, sent, secure=True).status_code == 302

    answer = client.post(address, sent | {"title": "apulaisrehtori"}, secure=True)

    assert answer.status_code == 422
    field = BeautifulSoup(answer.text, "html.parser").find(id="id_title")
    assert field["value"] == "apulaisrehtori"
    assert "rehtori" in field.find_next(class_="now").text
    assert Seat.objects.get(pk=seat.pk).title == "rehtori"


def test_the_last_day_of_a_seat_is_not_before_its_first(administrator, unit):
    seat = factories.seat(administrator.region, unit=unit, starts_on=today())
    client, address = factories.sit(administrator), f"/region/seats/{seat.pk}/"
    sent = {"unit": str(unit.pk), "title": "rehtori", "version": 1}

    answer = client.post(address, sent | {"ends_on": str(today() - DAY)}, secure=True)

    assert list(why(answer)) == ["ends_on"]
    assert client.post(address, sent | {"ends_on": str(today())}, secure=True).status_code == 302


def test_the_administrator_ends_a_seat_but_not_the_own_one(administrator):
    seat = factories.seat(administrator.region)
    client = factories.sit(administrator)

    assert client.post(f"/region/seats/{administrator.pk}/ending/", secure=True).status_code == 403
    assert client.post(f"/region/seats/{seat.pk}/ending/", secure=True).status_code == 302

    assert list(Seat.objects.exclude(ended_at=None)) == [seat]


def test_the_administrator_of_another_region_finds_no_such_seat(administrator):
    seat = factories.seat(administrator.region)
    stranger = factories.sit(factories.seat(factories.region(), Role.ADMINISTRATOR))

    assert stranger.get(f"/region/seats/{seat.pk}/", secure=True).status_code == 404
    assert stranger.post(f"/region/seats/{seat.pk}/ending/", secure=True).status_code == 404
    assert stranger.post(f"/region/seats/{seat.pk}/invitation/", secure=True).status_code == 404
    assert Seat.objects.get(pk=seat.pk).ended_at is None
    assert factories.sit(administrator).get(f"/region/seats/{seat.pk}/", secure=True).status_code == 200


def test_the_list_shows_the_seats_of_the_own_region_that_have_not_ended(administrator):
    seat = factories.seat(administrator.region)
    ended = factories.seat(administrator.region)
    end_seat(ended, by=administrator, at=timezone.now())
    factories.seat(factories.region())

    shown = factories.sit(administrator).get("/region/seats/", secure=True)

    assert set(shown.context["seats"]) == {administrator, seat}


def test_the_list_asks_as_often_for_many_as_for_one(administrator, django_assert_max_num_queries):
    for _ in range(20):
        factories.seat(administrator.region)
    client = factories.sit(administrator)

    with django_assert_max_num_queries(12):
        shown = client.get("/region/seats/", secure=True)

    assert len(shown.context["seats"]) == 21


# ---------------------------------------------------------------- the first one


def test_the_first_seat_comes_by_command_with_an_address_to_choose_a_password(region):
    told = StringIO()

    call_command("account", "create", region=region.code, name="Ensimmäinen", address="ensin@example.org", stdout=told)

    seat = Seat.objects.get(role=Role.ADMINISTRATOR)
    assert (seat.role, seat.region, seat.account.address) == (Role.ADMINISTRATOR, region, "ensin@example.org")
    path = told.getvalue().strip().removeprefix("https://testserver")
    assert Client().get(path, secure=True).status_code == 200
    assert Message.objects.count() == 0


def test_the_command_needs_a_region_that_is_there(db):
    with pytest.raises(CommandError, match="There is no region 99"):
        call_command("account", "create", region="99", name="x", address="x@example.org")

    assert Account.objects.count() == 0
