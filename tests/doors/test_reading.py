"""A GET changes nothing but the access record: test_access.py holds every page to it, and can fail."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

import factories
from doors.asking import ENDS_THE_SESSION, ask_and_undo, is_the_record
from doors.table import Line
from kudelma.core.db import Wrote, only_reading
from kudelma.regions.models import Region, Sector


def writing(request):
    Sector.objects.create(region=Region.objects.get(), name_fi="x")
    return HttpResponse(status=204)


def broken(request):
    return HttpResponse(status=500)


urlpatterns = [path("writing/", writing, name="writing")]
handler500 = broken


@pytest.fixture
def writes(settings, region):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []


def test_the_guard_finds_a_page_that_writes(region):
    with pytest.raises(Wrote), only_reading(is_the_record), transaction.atomic():
        Sector.objects.create(region=region, name_fi="x")


def test_the_table_is_played_under_the_guard(writes):
    answer = ask_and_undo(Client(), Line("GET", "writing", "", ()), "/writing/", {})

    assert answer.startswith('writes INSERT INTO "regions_sector"')


@pytest.mark.parametrize("line", [Line("POST", "writing", "", ()), Line("GET", *ENDS_THE_SESSION, "", ())])
def test_what_may_write_is_let_through_and_undone(writes, line):
    assert ask_and_undo(Client(), line, "/writing/", {}) == 204
    assert Sector.objects.filter(name_fi="x").count() == 0


def test_the_way_out_ends_the_session(cast):
    cast.to("preparing")
    client = factories.sit(cast.mother.seat, 2)

    answer = client.get("/closed/", secure=True)

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Aino" not in answer.text
    assert client.get("/own/", secure=True).status_code == 403
