"""A walk that is put back leaves the same rows as the walk itself, and only where nothing else has been written."""

import pytest
import time_machine
from django.db import connections, transaction
from django.utils import timezone

import snapshots
from doors.bad_inputs.page import content
from kudelma.regions.models import Region, Sector, Unit


@pytest.fixture
def walk(region, monkeypatch):
    """walk(): adds a sector, renames the region, takes away a unit. walk.times: how often it was really walked."""
    sector = Sector.objects.create(region=region, name_fi="Koulut")
    unit = Unit.objects.create(region=region, sector=sector, name_fi="Kuusikoulu")

    def really():
        walk.times += 1
        added = Sector.objects.create(region=region, name_fi="Terveys")
        Region.objects.filter(pk=region.pk).update(name_fi=f"Alue {walk.times}")
        Unit.objects.filter(pk=unit.pk).delete()
        return {"sector": added, "region": region}

    def walk():
        return snapshots.once("test", really)

    walk.times = 0
    monkeypatch.setattr(snapshots, "_kept", {})
    snapshots._stand_in(snapshots.State(snapshots._read(snapshots._all_places())))
    return walk


@pytest.fixture
def walked(walk):
    """(what the first walk gave, what stood in the databases after it); by now all that is undone."""
    before = snapshots._standing.state
    with transaction.atomic():
        result, after = walk(), content()
        transaction.set_rollback(True)
    snapshots._stand_in(before)
    return result, after


@pytest.fixture
def scanned(walked, monkeypatch):
    """How many rows were read each time when snapshots have read any."""
    numbers = []
    monkeypatch.setattr(snapshots.counts, "add", lambda name, number: numbers.append(number))
    return numbers


def test_the_same_rows_are_put_back(walk, walked):
    walk()

    assert walk.times == 1
    assert content() == walked[1]
    assert set(Sector.objects.values_list("name_fi", flat=True)) == {"Koulut", "Terveys"}
    assert (Region.objects.get().name_fi, Unit.objects.count()) == ("Alue 1", 0)


def test_what_the_walk_gave_is_copied(walk, walked):
    again = walk()

    assert (again["sector"].pk, again["region"].pk) == (walked[0]["sector"].pk, walked[0]["region"].pk)
    assert again["sector"] is not walked[0]["sector"]


def test_no_row_is_read_to_put_them_back(walk, scanned):
    walk()

    assert scanned == []


def test_after_a_walk_the_tables_are_read_that_it_wrote_to(walk, scanned):
    snapshots._kept.clear()

    walk()

    assert scanned == [Sector.objects.count() + Region.objects.count() + Unit.objects.count()]


def test_a_further_walk_follows_from_where_the_first_has_led_to(walk, walked):
    walk()
    between = snapshots._standing.state
    with transaction.atomic():
        further = snapshots.once("further", lambda: Sector.objects.create(region=walked[0]["region"], name_fi="Nuoret"))
        transaction.set_rollback(True)
    snapshots._stand_in(between)

    again = snapshots.once("further", lambda: None)

    assert again == further == Sector.objects.get(name_fi="Nuoret")
    assert Sector.objects.count() == 3


# ---------------------------------------------------------------- when it is walked again


def test_after_a_write_of_the_test_it_is_walked(walk, walked):
    Sector.objects.create(region=walked[0]["region"], name_fi="Kirjastot")

    walk()

    assert walk.times == 2


def test_after_a_write_that_was_undone_it_is_walked(walk, walked):
    with transaction.atomic():
        Sector.objects.all().update(name_fi="x")
        transaction.set_rollback(True)

    walk()

    assert walk.times == 2


def test_after_something_was_read_it_is_put_back(walk, walked):
    with transaction.atomic():
        assert Sector.objects.count() == 1

    walk()

    assert walk.times == 1


def test_in_another_time_it_is_walked(walk, walked):
    with time_machine.travel(timezone.now()):
        walk()

    assert walk.times == 2


@pytest.mark.parametrize(
    ("alias", "statement"), [("default", 'DELETE FROM "regions_unit"'), ("keys", 'DELETE FROM "trust_regionkey"')]
)
def test_what_was_written_past_the_cursor_is_noticed(walk, walked, alias, statement):
    connections[alias].connection.execute(statement)

    with pytest.raises(AssertionError, match="past"):
        walk()
