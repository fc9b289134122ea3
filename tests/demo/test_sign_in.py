"""The demo's buttons: each takes its one seat, only in the demo, and for no other name."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

import factories
from kudelma.demo.people import FAMILY, WORK, demo_id
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.people.actions.seats import give_seat
from kudelma.people.inputs import NewSeat
from kudelma.people.models import Admission, Role, Seat

ROLES = {
    "coordinator": Role.COORDINATOR,
    "consultant-lead": Role.CONSULTANT,
    "consultant-writer": Role.CONSULTANT,
    "worker-orderer": Role.WORKER,
    "worker-invited": Role.WORKER,
    "superior": Role.WORKER,
    "steering": Role.STEERING,
    "administrator": Role.ADMINISTRATOR,
    "other-region-coordinator": Role.COORDINATOR,
}
FIRST_PAGES = {"administrator": "/region/"}
OUTSIDE = [("get", "/demo/"), ("post", "/demo/sign-in/"), ("get", "/demo/letterbox/"), ("get", "/ui/")]


@pytest.fixture
def house(demo, cast):
    """A matter with the demo's four of the family in it, and a seat for each button of those who work."""
    cast.to("preparing")
    clock = Seat.objects.door(cast.region, Role.CLOCK)
    for slug, role in ROLES.items():
        seat = NewSeat(
            role=role, name=f"Nimi {slug}", address=f"{slug}@example.org", starts_on=timezone.localdate(),
            unit=factories.unit(cast.region) if role in {Role.WORKER, Role.CONSULTANT} else None,
        )  # fmt: skip
        give_seat(
            factories.region() if slug == "other-region-coordinator" else cast.region, values=seat,
            idempotency_key=demo_id(f"seat:{slug}"), by=clock, at=timezone.now(), invite=False,
        )  # fmt: skip
    for button in FAMILY:
        member = people.add_member(
            cast.fresh(), idempotency_key=demo_id(f"member:{button.slug}"), by=cast.lead, at=cast.at(),
            side="own", values=PersonSaid(f"Nimi-{button.slug}", "Saarela"),
        )  # fmt: skip
        people.permit(member, how="face", by=cast.lead, at=cast.at())
    return cast


def press(client, slug):
    return client.post("/demo/sign-in/", {"seat": slug}, secure=True)


def test_there_is_a_button_for_each_person(demo, db):
    page = BeautifulSoup(Client().get("/demo/", secure=True).text, "html.parser")

    assert [button["value"] for button in page.select('button[name="seat"]')] == [
        button.slug for button in [*FAMILY, *WORK]
    ]
    assert set(ROLES) == {button.slug for button in WORK}


@pytest.mark.parametrize("button", WORK, ids=lambda button: button.slug)
def test_a_button_of_those_who_work_takes_that_seat_without_a_password(house, button):
    client = Client()

    answer = press(client, button.slug)

    assert answer.headers["Location"] == "/today/"
    page = client.get("/today/", secure=True, follow=True)
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == FIRST_PAGES.get(button.slug, "/today/")
    actor = page.wsgi_request.actor
    assert (actor.pk, actor.role) == (demo_id(f"seat:{button.slug}"), ROLES[button.slug])


@pytest.mark.parametrize("button", FAMILY, ids=lambda button: button.slug)
def test_a_button_of_the_family_opens_level_two(house, button):
    client = Client()

    answer = press(client, button.slug)

    assert answer.headers["Location"] == "/own/"
    page = client.get("/own/", secure=True)
    assert (page.status_code, page.wsgi_request.level) == (200, 2)
    assert f"Nimi-{button.slug}" in page.text
    assert Member.objects.get(seat=page.wsgi_request.actor).pk == demo_id(f"member:{button.slug}")


def test_pressing_another_button_leaves_the_seat_before(house):
    client = Client()
    press(client, "mother")
    press(client, "coordinator")
    assert client.get("/own/", secure=True).status_code == 404

    press(client, "mother")

    assert client.get("/today/", secure=True).status_code == 404
    assert client.get("/own/", secure=True).status_code == 200


def test_pressing_the_same_button_twice_lets_in_twice(house):
    one, other = Client(), Client()

    for client in (one, other):
        press(client, "mother")

    assert [client.get("/own/", secure=True).status_code for client in (one, other)] == [200, 200]


@pytest.mark.parametrize("slug", ["", "kirsi-haapala", "clock", "public", "Mother", "mother "])
def test_a_name_that_no_button_has_lets_nobody_in(house, slug):
    client = Client()

    assert press(client, slug).status_code == 404
    assert client.get("/today/", secure=True).status_code == 302
    assert Admission.objects.count() == 0


def test_a_button_is_pressed_and_never_only_looked_at(house):
    client = Client()

    assert client.get("/demo/sign-in/?seat=coordinator", secure=True).status_code == 405
    assert client.get("/today/", secure=True).status_code == 302


# ---------------------------------------------------------------- outside the demo


@pytest.mark.parametrize(("method", "path"), OUTSIDE)
def test_outside_the_demo_its_pages_do_not_exist(db, method, path):
    assert getattr(Client(), method)(path, {"seat": "coordinator"}, secure=True).status_code == 404


@pytest.mark.parametrize(("method", "path"), [one for one in OUTSIDE if one[1] != "/ui/"])
def test_in_the_demo_they_do(house, method, path):
    assert getattr(Client(), method)(path, {"seat": "coordinator"}, secure=True).status_code in {200, 302}


def test_outside_the_demo_its_addresses_have_no_names(db):
    with pytest.raises(NoReverseMatch):
        reverse("demo:sign-in")


def test_outside_the_demo_its_story_is_not_loaded(db):
    with pytest.raises(CommandError, match="KUDELMA_DEMO=1"):
        call_command("demo")

    assert Seat.objects.count() == 0
