"""Sectors, units and controllers: added once, changed by whoever saw the newest, in one's own region only."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from kudelma.core.errors import Refused, Stale
from kudelma.people.models import Role
from kudelma.regions.actions import add_place, change_place
from kudelma.regions.inputs import Names, UnitNamed
from kudelma.regions.models import Controller, Sector, Unit
from kudelma.trust.models import Entry

KINDS = [("sector", Sector), ("unit", Unit), ("controller", Controller)]


@pytest.fixture
def administrator(region):
    return factories.seat(region, Role.ADMINISTRATOR)


@pytest.fixture
def sector(region):
    return Sector.objects.create(region=region, name_fi="Perusopetus")


def make(kind, of, name="Vanha nimi"):
    model = dict(KINDS)[kind]
    more = {"sector": Sector.objects.create(region=of, name_fi=f"{name} (toimiala)")} if model is Unit else {}
    return model.objects.create(region=of, name_fi=name, **more)


def typed(kind, sector=None, **values):
    told = {"name_fi": "Uusi nimi", "name_sv": "Nytt namn", "name_en": "New name"}
    return told | ({"sector": str(sector.pk), "municipality": ""} if kind == "unit" else {}) | values


def add(administrator, model=Sector, idempotency_key=None, **names):
    values = UnitNamed(**names) if model is Unit else Names(**names)
    return add_place(
        model,
        administrator.region,
        idempotency_key=idempotency_key or uuid4(),
        values=values,
        by=administrator,
        at=timezone.now(),
    )


# ---------------------------------------------------------------- the actions


def test_a_place_is_added_under_its_own_key_and_told_in_the_record(administrator):
    key = uuid4()

    made = add(administrator, idempotency_key=key, name_fi="Perusopetus")

    assert (made.pk, made.region) == (key, administrator.region)
    assert list(Entry.objects.filter(seat=administrator.pk).values_list("door", flat=True)) == ["regions.add_sector"]


@pytest.mark.parametrize("name", ["Perusopetus", "perusopetus", "PERUSOPETUS"])
def test_a_name_is_there_once_in_a_region(administrator, name):
    add(administrator, name_fi="Perusopetus")

    with pytest.raises(Refused):
        add(administrator, name_fi=name)

    assert Sector.objects.count() == 1


def test_the_same_name_may_stand_in_another_region_and_as_another_kind(administrator):
    add(administrator, name_fi="Perusopetus")

    add(administrator, Controller, name_fi="Perusopetus")
    add(factories.seat(factories.region(), Role.ADMINISTRATOR), name_fi="Perusopetus")

    assert (Sector.objects.count(), Controller.objects.count()) == (2, 1)


def test_a_second_press_makes_no_second_place(administrator):
    key = uuid4()
    add(administrator, idempotency_key=key, name_fi="Perusopetus")

    with pytest.raises(Refused):
        add(administrator, idempotency_key=key, name_fi="Perusopetus")

    assert Sector.objects.count() == 1


def test_whoever_changes_second_sees_the_first_and_changes_nothing(administrator, sector):
    def change(name):
        change_place(sector, version=1, values=Names(name_fi=name), by=administrator, at=timezone.now())

    change("Ensimmäisen nimi")

    with pytest.raises(Stale) as stale:
        change("Toisen nimi")

    assert stale.value.now == {"name_fi": "Ensimmäisen nimi", "name_sv": "", "name_en": "", "version": 2}
    assert Sector.objects.get().name_fi == "Ensimmäisen nimi"


def test_a_name_that_is_taken_leaves_the_place_as_it_was(administrator, sector):
    add(administrator, name_fi="Nuorisotyö")

    with pytest.raises(Refused):
        change_place(sector, version=1, values=Names(name_fi="nuorisotyö"), by=administrator, at=timezone.now())

    sector.refresh_from_db()
    assert (sector.name_fi, sector.version) == ("Perusopetus", 1)


# ---------------------------------------------------------------- the pages


@pytest.mark.parametrize(("kind", "model"), KINDS)
def test_the_administrator_adds_a_place(administrator, sector, kind, model):
    answer = factories.sit(administrator).post(f"/region/places/new/{kind}/", typed(kind, sector), secure=True)

    assert answer.headers["Location"] == "/region/places/"
    made = model.objects.get(name_fi="Uusi nimi")
    assert (made.region, made.name_sv, made.name_en) == (administrator.region, "Nytt namn", "New name")


@pytest.mark.parametrize(("kind", "model"), KINDS)
def test_the_administrator_renames_a_place(administrator, kind, model):
    place = make(kind, administrator.region)
    sector = Sector.objects.last()

    answer = factories.sit(administrator).post(
        f"/region/places/{kind}/{place.pk}/", typed(kind, sector, version=1), secure=True
    )

    assert answer.status_code == 302
    assert model.objects.values_list("name_fi", "name_sv", "version").get(pk=place.pk) == ("Uusi nimi", "Nytt namn", 2)


@pytest.mark.parametrize(("kind", "model"), KINDS)
def test_the_administrator_of_another_region_finds_no_such_place(administrator, kind, model):
    stranger = factories.sit(factories.seat(factories.region(), Role.ADMINISTRATOR))
    place = make(kind, administrator.region)
    address = f"/region/places/{kind}/{place.pk}/"
    assert factories.sit(administrator).get(address, secure=True).status_code == 200

    assert stranger.get(address, secure=True).status_code == 404
    assert stranger.post(address, typed(kind, Sector.objects.last(), version=1), secure=True).status_code == 404
    assert model.objects.get(pk=place.pk).name_fi == "Vanha nimi"


@pytest.mark.parametrize("role", [Role.WORKER, Role.CONSULTANT, Role.COORDINATOR, Role.STEERING])
def test_nobody_else_keeps_places(region, sector, role):
    client = factories.sit(factories.seat(region, role))
    before = Sector.objects.count()
    address = f"/region/places/sector/{sector.pk}/"

    assert client.get("/region/places/", secure=True).status_code == 403
    assert client.post("/region/places/new/sector/", typed("sector"), secure=True).status_code == 403
    assert client.post(address, typed("sector", version=1), secure=True).status_code == 403
    assert Sector.objects.count() == before
    assert Sector.objects.get(pk=sector.pk).name_fi == "Perusopetus"


def test_the_list_shows_the_own_region_and_no_other(administrator):
    make("unit", administrator.region, "Oma yksikkö")
    make("unit", factories.region(), "Vieras yksikkö")
    make("controller", administrator.region, "Oma rekisterinpitäjä")
    make("controller", factories.region(), "Vieras rekisterinpitäjä")

    shown = factories.sit(administrator).get("/region/places/", secure=True).text

    assert "Oma yksikkö" in shown
    assert "Oma rekisterinpitäjä" in shown
    assert "Vieras" not in shown


def test_the_list_asks_as_often_for_many_as_for_one(administrator, django_assert_max_num_queries):
    for number in range(30):
        make("unit", administrator.region, f"Yksikkö {number}")
    client = factories.sit(administrator)

    with django_assert_max_num_queries(12):
        shown = client.get("/region/places/", secure=True)

    assert shown.text.count("Yksikkö ") >= 30


def test_a_unit_cannot_be_put_into_a_sector_of_another_region(administrator, sector):
    foreign = Sector.objects.create(region=factories.region(), name_fi="Vieras toimiala")
    client = factories.sit(administrator)
    assert "Vieras toimiala" not in client.get("/region/places/new/unit/", secure=True).text

    answer = client.post("/region/places/new/unit/", typed("unit", foreign), secure=True)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["sector"]
    assert Unit.objects.count() == 0
    assert client.post("/region/places/new/unit/", typed("unit", sector), secure=True).status_code == 302


def test_a_taken_name_is_said_by_the_name_and_what_was_typed_stays(administrator, sector):
    answer = factories.sit(administrator).post(
        "/region/places/new/sector/", typed("sector", name_fi="perusopetus"), secure=True
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name_fi"]
    assert BeautifulSoup(answer.text, "html.parser").find(id="id_name_sv")["value"] == "Nytt namn"
    assert Sector.objects.count() == 1


def test_a_stale_form_shows_both_names(administrator, sector):
    client = factories.sit(administrator)
    address = f"/region/places/sector/{sector.pk}/"
    assert client.post(address, typed("sector", name_fi="Ensimmäisen nimi", version=1), secure=True).status_code == 302

    answer = client.post(address, typed("sector", name_fi="Toisen nimi", version=1), secure=True)

    assert answer.status_code == 422
    assert "Ensimmäisen nimi" in answer.text
    assert BeautifulSoup(answer.text, "html.parser").find(id="id_name_fi")["value"] == "Toisen nimi"
    assert Sector.objects.get().name_fi == "Ensimmäisen nimi"


def test_the_municipality_of_a_unit_is_kept_and_may_be_left_open(administrator, sector):
    client = factories.sit(administrator)

    client.post("/region/places/new/unit/", typed("unit", sector, municipality="Esimerkki"), secure=True)
    made = Unit.objects.get()
    assert made.municipality == "Esimerkki"

    answer = client.post(f"/region/places/unit/{made.pk}/", typed("unit", sector, version=1), secure=True)
    assert (answer.status_code, Unit.objects.get().municipality) == (302, "")


def test_a_stale_unit_shows_the_sector_that_stands_there_by_name(administrator):
    unit = make("unit", administrator.region)
    other = Sector.objects.create(region=administrator.region, name_fi="Nuorisotyö")
    client = factories.sit(administrator)
    address = f"/region/places/unit/{unit.pk}/"
    client.post(address, typed("unit", other, version=1), secure=True)

    answer = client.post(address, typed("unit", unit.sector, version=1), secure=True)

    told = BeautifulSoup(answer.text, "html.parser").find(id="id_sector").find_next(class_="now").text
    assert "Nuorisotyö" in told


@pytest.mark.parametrize(
    "name",
    ["", "x" * 121, "kaksi\nriviä", "näky\x07mätön", "010180-123A"],
    ids=["empty", "too long", "two lines", "control character", "identity code"],
)
def test_a_name_that_cannot_be_is_refused(administrator, name):
    client = factories.sit(administrator)

    answer = client.post("/region/places/new/sector/", typed("sector", name_fi=name), secure=True)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name_fi"]
    assert Sector.objects.count() == 0
    assert client.post("/region/places/new/sector/", typed("sector", name_fi="x" * 120), secure=True).status_code == 302


def test_there_is_no_fourth_kind_of_place(administrator, sector):
    client = factories.sit(administrator)

    assert client.get("/region/places/new/region/", secure=True).status_code == 404
    assert client.get(f"/region/places/unit/{sector.pk}/", secure=True).status_code == 404
    assert client.get(f"/region/places/sector/{sector.pk}/", secure=True).status_code == 200
