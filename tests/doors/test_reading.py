"""A GET changes nothing but the access record; the one link that ends a session is the named exception."""

import pytest
from django.db import transaction

import factories
from doors import table
from kudelma.core.db import Wrote, only_reading
from kudelma.regions.models import Sector

ENDS_THE_SESSION = {"people:closed"}
LINES = [line for line in table.read() if line.method == "GET" and line.name not in ENDS_THE_SESSION]
STEPS = sorted({line.step for line in LINES})


def is_the_record(sql):
    return 'INTO "trust_entry"' in sql


@pytest.mark.parametrize("step", STEPS)
def test_no_page_writes_when_it_is_looked_at(region, step):
    cast = table.walked(region, step)
    if step == "meeting":
        cast.line = cast.say(cast.mother, "Aamut sujuvat.")
    elif hasattr(cast, "board"):
        cast.line = cast.board
    clients = table.seats(cast)
    wrote = []
    for line in (one for one in LINES if one.step == step):
        for kind, client in clients.items():
            client.raise_request_exception = True
            try:
                with only_reading(is_the_record):
                    client.get(table.url(line.name, cast), secure=True)
            except Wrote as sql:
                wrote.append(f"{line.name} as {kind}: {sql}")

    assert wrote == []


def test_the_guard_finds_a_page_that_writes(region):
    with pytest.raises(Wrote), only_reading(is_the_record), transaction.atomic():
        Sector.objects.create(region=region, name_fi="x")


def test_the_way_out_ends_the_session(cast):
    cast.to("preparing")
    client = factories.sit(cast.mother.seat, 2)

    answer = client.get("/closed/", secure=True)

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Aino" not in answer.text
    assert client.get("/own/", secure=True).status_code == 403
