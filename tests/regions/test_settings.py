"""A region's settings: kept by its own administrator, never overwritten unseen."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.utils import timezone

import factories
from kudelma.core.errors import Stale
from kudelma.people.models import Role
from kudelma.regions.actions import change_settings
from kudelma.regions.inputs import RegionSettings
from kudelma.regions.models import Region
from kudelma.trust.models import Entry, What

VALUES = {
    "help_phone": "+358401234567", "meeting_minutes": 120, "answer_days": 5, "offer_days": 4, "preparing_days": 30,
    "times_days": 8, "space_months": 6,
}  # fmt: skip
FORM = VALUES | {"version": 1}
SAVED = tuple(VALUES.values())
DEFAULTS = ("", 150, 3, 3, 21, 7, 12)


@pytest.fixture
def administrator(region):
    return factories.seat(region, Role.ADMINISTRATOR)


def change(region, by, *, version=1, face_to_face=False, at=None, **values):
    told = RegionSettings(face_to_face=face_to_face, **VALUES | values)
    change_settings(region, version=version, values=told, by=by, at=at or timezone.now())
    region.refresh_from_db()


def settings_of(region):
    return Region.objects.values_list(*VALUES).get(pk=region.pk)


def send(seat, **values):
    return factories.sit(seat).post("/region/", FORM | values, secure=True)


def why(answer):
    """{name of the field: what is said to be wrong with it}"""
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


# ---------------------------------------------------------------- the action


def test_settings_are_saved_and_told_in_the_record(region, administrator):
    change(region, administrator)

    assert settings_of(region) == SAVED
    assert region.version == 2
    assert list(Entry.objects.filter(door="regions.change_settings").values_list("what", "seat")) == [
        (What.DID, administrator.pk)
    ]


def test_whoever_comes_second_changes_nothing_and_is_shown_what_stands_there(region, administrator):
    change(region, administrator, answer_days=7)

    with pytest.raises(Stale) as stale:
        change(region, administrator, answer_days=9, face_to_face=True)

    assert settings_of(region) == ("+358401234567", 120, 7, 4, 30, 8, 6)
    assert not Region.objects.get(pk=region.pk).admits_face_to_face
    assert stale.value.now == VALUES | {"answer_days": 7, "version": 2, "face_to_face": False}


def test_admission_face_to_face_keeps_who_recorded_it_and_when(region, administrator):
    at = timezone.now()

    change(region, administrator, face_to_face=True, at=at)

    assert region.admits_face_to_face
    assert (region.face_to_face_at, region.face_to_face_by) == (at, administrator.pk)


def test_other_settings_do_not_change_who_accepted_face_to_face(region, administrator):
    first = timezone.now()
    change(region, administrator, face_to_face=True, at=first)
    other = factories.seat(region, Role.ADMINISTRATOR)

    change(region, other, version=2, face_to_face=True, at=first + timedelta(days=1), answer_days=9)

    assert (region.face_to_face_at, region.face_to_face_by) == (first, administrator.pk)


def test_switched_off_it_is_off_and_switched_on_again_it_has_a_new_author(region, administrator):
    at = timezone.now()
    change(region, administrator, face_to_face=True, at=at)
    change(region, administrator, version=2, face_to_face=False, at=at)
    assert (region.face_to_face_at, region.face_to_face_by) == (None, None)
    other = factories.seat(region, Role.ADMINISTRATOR)

    change(region, other, version=3, face_to_face=True, at=at + timedelta(days=1))

    assert (region.face_to_face_at, region.face_to_face_by) == (at + timedelta(days=1), other.pk)


def test_the_database_keeps_who_and_when_together(region):
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.filter(pk=region.pk).update(face_to_face_at=timezone.now())


# ---------------------------------------------------------------- the page


def test_the_administrator_sets_the_own_region_and_no_other(region, administrator):
    other = factories.region()

    answer = send(administrator)

    assert answer.headers["Location"] == "/region/"
    assert settings_of(region) == SAVED
    assert settings_of(other) == DEFAULTS


@pytest.mark.parametrize("role", [Role.WORKER, Role.CONSULTANT, Role.COORDINATOR, Role.STEERING])
def test_nobody_else_sets_a_region(region, role):
    seat = factories.seat(region, role)

    assert send(seat).status_code == 403
    assert factories.sit(seat).get("/region/", secure=True).status_code == 403
    assert settings_of(region) == DEFAULTS


def test_a_number_is_kept_in_international_form(region, administrator):
    send(administrator, help_phone="040 123 4567")

    assert settings_of(region)[0] == "+358401234567"


def test_a_stale_form_shows_both_and_the_next_save_wins(region, administrator):
    change(region, administrator, answer_days=7)

    answer = send(administrator, answer_days=9)
    page = BeautifulSoup(answer.text, "html.parser")

    assert answer.status_code == 422
    assert settings_of(region)[2] == 7
    field = page.find(id="id_answer_days")
    assert field["value"] == "9"
    assert "7" in field.find_next(class_="now").text
    assert page.find(attrs={"name": "version"})["value"] == "2"
    assert send(administrator, answer_days=9, version=2).status_code == 302
    assert settings_of(region)[2] == 9


def test_a_stale_form_shows_also_a_tick_that_somebody_else_changed(region, administrator):
    change(region, administrator, face_to_face=True)

    page = BeautifulSoup(send(administrator).text, "html.parser")

    tick = page.find(id="id_face_to_face")
    assert not tick.has_attr("checked")
    assert "kyllä" in tick.find_parent(class_="field").find(class_="now").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("meeting_minutes", "29", "Pienin mahdollinen on 30."),
        ("meeting_minutes", "481", "Suurin mahdollinen on 480."),
        ("answer_days", "0", "Pienin mahdollinen on 1."),
        ("answer_days", "61", "Suurin mahdollinen on 60."),
        ("space_months", "121", "Suurin mahdollinen on 120."),
        ("space_months", "puoli", "Kirjoita kokonaisluku."),
        ("space_months", "1.5", "Kirjoita kokonaisluku."),
        ("answer_days", "", "Kirjoita luku."),
        ("offer_days", "61", "Suurin mahdollinen on 60."),
        ("preparing_days", "121", "Suurin mahdollinen on 120."),
        ("times_days", "0", "Pienin mahdollinen on 1."),
        ("help_phone", "kolme", "Tämä ei näytä puhelinnumerolta. Esimerkki: 040 123 4567"),
    ],
)
def test_what_cannot_be_is_said_by_the_field_and_nothing_is_saved(region, administrator, field, typed, said):
    answer = send(administrator, **{field: typed})

    assert answer.status_code == 422
    assert why(answer) == {field: [said]}
    assert BeautifulSoup(answer.text, "html.parser").find(id=f"id_{field}").get("value", "") == typed
    assert settings_of(region) == DEFAULTS


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("meeting_minutes", "30"),
        ("meeting_minutes", "480"),
        ("answer_days", "1"),
        ("offer_days", "60"),
        ("preparing_days", "120"),
        ("times_days", "1"),
        ("space_months", "120"),
    ],
)
def test_the_outermost_values_are_possible(region, administrator, field, typed):
    assert send(administrator, **{field: typed}).status_code == 302
    assert getattr(Region.objects.get(pk=region.pk), field) == int(typed)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The smallest possible is 1."), ("sv", "Det minsta möjliga är 1.")],
)
def test_what_is_wrong_is_said_in_the_language_of_the_one_who_reads(region, language, said):
    administrator = factories.seat(region, Role.ADMINISTRATOR, language=language)

    assert why(send(administrator, answer_days="0")) == {"answer_days": [said]}


def test_a_version_that_is_no_number_is_refused(region, administrator):
    assert send(administrator, version="x").status_code == 422
    assert settings_of(region) == DEFAULTS
