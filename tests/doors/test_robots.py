"""A robot that opens a personal link, by any method and with every button, learns nothing and uses nothing up."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

import factories
from kudelma.core.errors import Refused
from kudelma.people.actions import links, printed
from kudelma.people.models import Code, PersonalLink

WORDS = ["Aino", "Saarela", "Elias", "Aamut", "Ritva", "example.org", "äiti", "Kirjaston"]


@pytest.fixture
def link(cast):
    cast.to("timing")
    token = links.make_link(cast.mother.seat, at=timezone.now())
    return cast, f"/i/{token}/", PersonalLink.objects.of_token(token).get()


@pytest.mark.complaint(54)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_changes_nothing_and_shows_nothing(link, method):
    _, address, _ = link
    before = list(PersonalLink.objects.values_list()), Code.objects.count()
    client = Client()

    answer = getattr(client, method)(address, secure=True)

    assert answer.status_code in {200, 405}
    assert [word for word in WORDS if word in answer.text] == []
    assert (list(PersonalLink.objects.values_list()), Code.objects.count()) == before
    assert "__Host-kudelma" not in client.cookies


def test_pressing_every_button_again_and_again_sends_three_codes_at_most(link):
    _, address, _ = link
    client, pages, todo, pressed = Client(), [], [("get", address, {})], Counter()
    while todo:
        method, where, data = todo.pop(0)
        answer = getattr(client, method)(where, data, secure=True, follow=True)
        pages.append(answer.text)
        here = answer.request["PATH_INFO"]
        soup = BeautifulSoup(answer.text, "html.parser")
        for form in soup.select("form"):
            sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
            todo.append(("post", form.get("action") or here, sent))
        todo += [("get", one["href"], {}) for one in soup.select("a[href^='/']")]
        pressed[method, where] += 1
        todo = [one for one in todo if pressed[one[:2]] < 6 and one[1] not in {"/language/", "/closed/"}]

    assert pressed["post", "/own/code/sending/"] == 6
    assert len(pages) > 15
    assert [word for word in WORDS if any(word in page for page in pages)] == []
    assert Code.objects.count() == 3
    call_command("work", once=True)
    assert len([m for m in mail.outbox if m.subject in {"Koodi", "Code"}]) == 3
    assert Client().get(address, secure=True).status_code == 200
    assert client.get("/own/", secure=True).status_code == 302


@pytest.mark.complaint(54)
def test_the_person_still_comes_in_after_the_robot(link):
    cast, address, row = link
    test_opening_changes_nothing_and_shows_nothing(link, "get")
    client = Client()
    token = address.split("/")[2]

    client.post("/i/", {"token": token}, secure=True)
    digits = links.read_code_aloud(row, by=cast.coordinator, at=timezone.now())
    answer = client.post("/own/code/", {"code": digits}, secure=True, follow=True)

    assert "Aino" in answer.text


def test_a_wrong_link_and_a_revoked_one_look_the_same(link):
    cast, address, _ = link
    links.revoke_links(cast.mother.seat, by=cast.coordinator, at=timezone.now())

    revoked, unknown = (Client().get(where, secure=True) for where in (address, "/i/xxxxxxxx/"))

    assert revoked.status_code == unknown.status_code == 410
    strip = BeautifulSoup(revoked.text, "html.parser").main, BeautifulSoup(unknown.text, "html.parser").main
    assert str(strip[0]) == str(strip[1])


def test_a_code_by_a_robots_guess_is_five_tries_away_from_dead(link):
    _, _, row = link
    digits = links.read_code_aloud(row, by=row.seat, at=timezone.now())
    for guess in range(5):
        with pytest.raises(Refused):
            links.use_code(row, f"{(int(digits) + guess + 1) % 10**6:06}", at=timezone.now())

    with pytest.raises(Refused):
        links.use_code(row, digits, at=timezone.now())


def test_the_person_at_level_one_sees_no_other_person(link):
    cast, _, _ = link
    page = (
        factories.sit(cast.mother.seat, 1).get("/own/", secure=True).text
        + factories.sit(cast.mother.seat, 1).get("/own/time/", secure=True).text
    )

    assert [word for word in WORDS if word in page and word != "Aino"] == []


@pytest.mark.complaint(54)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_address_of_a_letter_shows_nothing_and_uses_nothing_up(cast, method):
    cast.to("invited")
    code = printed.print_code(
        cast.mother.seat, ends_at=cast.the_meeting().ends_at, by=cast.coordinator, at=timezone.now()
    )  # fmt: skip
    before = list(Code.objects.values_list()), list(PersonalLink.objects.values_list())
    client = Client()

    answer = getattr(client, method)("/letter/", secure=True)

    assert answer.status_code in {200, 405}
    assert [word for word in [*WORDS, code] if word in answer.text] == []
    assert (list(Code.objects.values_list()), list(PersonalLink.objects.values_list())) == before
    assert "__Host-kudelma" not in client.cookies


@pytest.mark.complaint(54)
def test_a_robot_that_presses_the_button_of_a_letter_gets_nowhere_and_the_person_does(cast):
    cast.to("invited")
    code = printed.print_code(
        cast.mother.seat, ends_at=cast.the_meeting().ends_at, by=cast.coordinator, at=timezone.now()
    )  # fmt: skip
    robot = Client()
    pages = [
        robot.post("/letter/", data, secure=True) for data in ({}, {"code": ""}, {"code": "x" * 10}) for _ in "abc"
    ]

    assert {page.status_code for page in pages} <= {200, 422}
    assert Code.objects.get().tries == 0
    assert robot.get("/own/", secure=True).status_code == 403
    assert Client().post("/letter/", {"code": code}, secure=True)["Location"] == "/own/"
