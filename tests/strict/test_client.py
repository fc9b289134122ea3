"""The client of every test reads what it is answered."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

import factories
from strict.client import Unsound

WHOLE = """<!doctype html>
<html lang="fi"><head><title>a</title></head><body><main><h1>a</h1>{}</main></body></html>"""
ANSWERS = {
    "sound": WHOLE.format("<p>Hei</p>"),
    "unsound": WHOLE.format("<p><b>Hei</p></b>"),
    "part": "<p>Hei</p>",
    "unsound-part": "<p>Hei",
}


def answer(request, name):
    return HttpResponse(ANSWERS[name])


urlpatterns = [path("<str:name>/", answer, name="strange")]


@pytest.fixture
def strange(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []


@pytest.mark.parametrize("make", [Client, lambda: factories.Client(enforce_csrf_checks=True)])
def test_a_page_that_breaks_a_rule_fails_the_test_that_asks_for_it(strange, make):
    with pytest.raises(Unsound, match=r"(?s)strange \(200\)\nis well formed: .*'</b>'"):
        make().get("/unsound/")


def test_a_page_that_breaks_a_rule_fails_each_time(strange, client):
    for _ in range(2):
        with pytest.raises(Unsound):
            client.get("/unsound/")


def test_a_sound_page_is_answered(strange, client):
    assert client.get("/sound/").status_code == 200


def test_a_part_is_read_as_a_part(strange, client):
    assert client.get("/part/", headers={"Fragment": "now"}).status_code == 200
    with pytest.raises(Unsound, match="is well formed"):
        client.get("/unsound-part/", headers={"Fragment": "now"})
    with pytest.raises(Unsound, match="is html5"):
        client.get("/part/")


def test_a_whole_page_that_answers_who_asked_for_a_part_is_read_as_a_page(strange, client):
    assert client.get("/sound/", headers={"Fragment": "now"}).status_code == 200
    with pytest.raises(Unsound, match="is well formed"):
        client.get("/unsound/", headers={"Fragment": "now"})
