"""The regions of Finland: each once, in three languages, with its key and its two doors."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

import factories
from kudelma.people.models import Role, Seat
from kudelma.regions.actions import load_regions, make_region
from kudelma.regions.models import Region
from kudelma.trust.models import RegionKey


def everything():
    """What a second loading could change: regions, keys and doors."""
    return (
        list(Region.objects.values_list()),
        list(RegionKey.objects.values_list("region", "wrapped", "made_at")),
        list(Seat.objects.order_by("pk").values_list("pk", "region", "role", "starts_on")),
    )


def test_loading_brings_the_21_counties_helsinki_and_aland(db):
    told = StringIO()

    call_command("regions", "load", stdout=told)

    assert told.getvalue() == "23 regions added.\n"
    counties = Region.objects.filter(name_fi__endswith="hyvinvointialue")
    assert [region.code for region in counties] == [f"{number:02}" for number in range(1, 22)]
    others = Region.objects.exclude(pk__in=counties)
    assert [(region.name_fi, region.name_sv) for region in others] == [
        ("Helsingin kaupunki", "Helsingfors stad"),
        ("Ahvenanmaa", "Åland"),
    ]


def test_loading_twice_changes_nothing(db):
    load_regions()
    before = everything()

    new = load_regions()

    assert new == 0
    assert everything() == before


def test_loading_adds_what_is_missing_and_leaves_the_rest_as_it_was_set(db):
    load_regions()
    Seat.objects.filter(region__code="21").delete()
    Region.objects.filter(code="21").delete()
    Region.objects.filter(code="11").update(answer_days=9)

    new = load_regions()

    assert new == 1
    assert Region.objects.count() == 23
    assert Region.objects.get(code="11").answer_days == 9


def test_every_region_has_a_name_of_its_own_in_each_language(db):
    load_regions()

    for language in ("fi", "sv", "en"):
        names = list(Region.objects.values_list(f"name_{language}", flat=True))
        assert "" not in names
        assert len(set(names)) == 23


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fi", "Etelä-Karjalan hyvinvointialue"),
        ("fi-x-selko", "Etelä-Karjalan hyvinvointialue"),
        ("sv", "Södra Karelens välfärdsområde"),
        ("en", "South Karelia wellbeing services county"),
    ],
)
def test_a_region_is_called_in_the_language_being_spoken(db, language, name):
    load_regions()

    with translation.override(language):
        assert Region.objects.get(code="11").name == name


def test_a_name_that_is_not_known_in_a_language_is_told_in_finnish(db):
    made = factories.region(name_fi="Esimerkkilä", name_sv="Exempelby")

    with translation.override("sv"):
        assert made.name == "Exempelby"
    with translation.override("en"):
        assert made.name == "Esimerkkilä"


def test_a_region_is_made_with_a_key_and_two_doors_that_belong_to_nobody(db):
    made, is_new = make_region("X1", name_fi="Koealue")

    assert is_new
    assert RegionKey.objects.filter(region=made.pk).count() == 1
    doors = Seat.objects.filter(region=made).order_by("role")
    assert [(seat.role, seat.account_id, seat.space) for seat in doors] == [
        (Role.CLOCK, None, None),
        (Role.PUBLIC, None, None),
    ]


def test_making_a_region_again_gives_the_same_and_no_third_door(db):
    made, _ = make_region("X1", name_fi="Koealue")

    again, is_new = make_region("X1", name_fi="Toinen nimi")

    assert (again.pk, again.name_fi, is_new) == (made.pk, "Koealue", False)
    assert Seat.objects.filter(region=made).count() == 2


def test_the_database_itself_refuses_a_third_door(region):
    clock = Seat.objects.door(region, Role.CLOCK)

    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(region=region, role=Role.CLOCK, starts_on=clock.starts_on)


def test_the_command_does_nothing_else(db):
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("regions", "drop")

    assert Region.objects.count() == 0
