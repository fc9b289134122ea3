"""The consultant bank: one line a consultant, kept by the coordinator of the same region, for nobody else to see."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from kudelma.bank.actions import change_line
from kudelma.bank.inputs import Training
from kudelma.bank.models import Consultant
from kudelma.core.errors import Stale
from kudelma.people.actions.seats import end_seat
from kudelma.people.models import Role, Seat
from kudelma.trust.models import Entry

VALUES = {"trained_on": date(2024, 5, 15), "speaks_fi": True, "speaks_sv": True, "speaks_en": False}
FORM = {"trained_on": "2024-05-15", "speaks_fi": "on", "speaks_sv": "on", "version": 1}


@pytest.fixture
def coordinator(region):
    return factories.seat(region, Role.COORDINATOR)


@pytest.fixture
def consultant(region):
    return factories.seat(region, Role.CONSULTANT, name="Heli Rautala")


def line_of(seat):
    return Consultant.objects.values_list("trained_on", "speaks_fi", "speaks_sv", "speaks_en", "version").get(
        pk=seat.pk
    )


def change(seat, by, *, version=1, **values):
    change_line(seat.consultant, version=version, values=Training(**VALUES | values), by=by, at=timezone.now())


def why(answer):
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


# ---------------------------------------------------------------- the line


@pytest.mark.parametrize(
    ("language", "spoken"), [("fi", "suomi"), ("sv", "svenska"), ("en", "English"), ("fi-x-selko", "suomi")]
)
def test_a_consultants_seat_opens_a_line_that_speaks_the_language_of_the_account(region, language, spoken):
    seat = factories.seat(region, Role.CONSULTANT, language=language)

    line = Consultant.objects.get()

    assert (line.seat, line.languages, line.trained_on) == (seat, spoken, None)


def test_the_bank_is_listed_by_unit(region, coordinator):
    for name in ("Satama", "Aava", "Koivu"):
        factories.seat(region, Role.CONSULTANT, unit=factories.unit(region, name))

    listed = [line.seat.unit.name_fi for line in Consultant.objects.visible_to(coordinator).for_list()]

    assert listed == ["Aava", "Koivu", "Satama"]


@pytest.mark.parametrize("role", [Role.WORKER, Role.COORDINATOR, Role.STEERING, Role.ADMINISTRATOR])
def test_no_other_seat_opens_a_line(region, role):
    factories.seat(region, role)

    assert Consultant.objects.count() == 0


def test_languages_are_told_each_in_itself():
    assert Consultant(speaks_fi=True, speaks_sv=True, speaks_en=True).languages == "suomi, svenska, English"
    assert Consultant(speaks_fi=False, speaks_sv=True, speaks_en=False).languages == "svenska"


def test_a_line_is_changed_and_told_in_the_record(coordinator, consultant):
    change(consultant, coordinator)

    assert line_of(consultant) == (date(2024, 5, 15), True, True, False, 2)
    assert list(Entry.objects.filter(door="bank.change_line").values_list("seat", flat=True)) == [coordinator.pk]


def test_whoever_comes_second_changes_nothing(coordinator, consultant):
    change(consultant, coordinator)

    with pytest.raises(Stale) as stale:
        change(consultant, coordinator, speaks_fi=False, speaks_en=True)

    assert line_of(consultant) == (date(2024, 5, 15), True, True, False, 2)
    assert stale.value.now == VALUES | {"version": 2}


# ---------------------------------------------------------------- who sees whom


def test_the_coordinator_sees_the_bank_of_the_own_region_only(coordinator, consultant):
    foreign = factories.seat(factories.region(), Role.CONSULTANT)

    assert [line.seat for line in Consultant.objects.visible_to(coordinator)] == [consultant]
    assert Consultant.objects.filter(pk=foreign.pk).exists()


def test_a_consultant_sees_the_own_line_only(region, consultant):
    factories.seat(region, Role.CONSULTANT)

    assert [line.seat for line in Consultant.objects.visible_to(consultant)] == [consultant]


@pytest.mark.parametrize("role", [Role.WORKER, Role.STEERING, Role.ADMINISTRATOR])
def test_nobody_else_sees_a_line(region, consultant, role):
    assert list(Consultant.objects.visible_to(factories.seat(region, role))) == []


def test_the_page_lists_the_own_region_only(coordinator, consultant):
    factories.seat(factories.region(), Role.CONSULTANT, name="Vieras Konsultti")

    shown = factories.sit(coordinator).get("/consultants/", secure=True)

    assert [line.seat for line in shown.context["consultants"]] == [consultant]
    assert "Heli Rautala" in shown.text
    assert "Vieras Konsultti" not in shown.text


def test_the_page_lists_those_who_sit_today(region, coordinator, consultant):
    today = timezone.localdate()
    ended = factories.seat(region, Role.CONSULTANT)
    end_seat(ended, by=coordinator, at=timezone.now())
    factories.seat(region, Role.CONSULTANT, ends_on=today - timedelta(days=1))
    factories.seat(region, Role.CONSULTANT, starts_on=today + timedelta(days=1))
    last_day = factories.seat(region, Role.CONSULTANT, ends_on=today)

    shown = factories.sit(coordinator).get("/consultants/", secure=True)

    assert {line.seat for line in shown.context["consultants"]} == {consultant, last_day}


def test_the_page_asks_as_often_for_many_as_for_one(region, coordinator, django_assert_max_num_queries):
    for _ in range(20):
        factories.seat(region, Role.CONSULTANT)
    client = factories.sit(coordinator)

    with django_assert_max_num_queries(12):
        shown = client.get("/consultants/", secure=True)

    assert len(shown.context["consultants"]) == 20


@pytest.mark.parametrize("role", [Role.WORKER, Role.CONSULTANT, Role.STEERING, Role.ADMINISTRATOR])
def test_nobody_but_the_coordinator_opens_the_bank(region, coordinator, consultant, role):
    client = factories.sit(factories.seat(region, role))
    address = f"/consultants/{consultant.pk}/"
    assert factories.sit(coordinator).get(address, secure=True).status_code == 200

    assert client.get("/consultants/", secure=True).status_code == 403
    assert client.post(address, FORM, secure=True).status_code == 403
    assert line_of(consultant)[-1] == 1


def test_the_coordinator_of_another_region_finds_no_such_consultant(consultant):
    stranger = factories.sit(factories.seat(factories.region(), Role.COORDINATOR))

    assert stranger.get(f"/consultants/{consultant.pk}/", secure=True).status_code == 404
    assert stranger.post(f"/consultants/{consultant.pk}/", FORM, secure=True).status_code == 404
    assert line_of(consultant)[-1] == 1


# ---------------------------------------------------------------- the form


def test_the_coordinator_saves_training_and_languages(coordinator, consultant):
    answer = factories.sit(coordinator).post(f"/consultants/{consultant.pk}/", FORM, secure=True)

    assert answer.headers["Location"] == "/consultants/"
    assert line_of(consultant) == (date(2024, 5, 15), True, True, False, 2)


def test_the_day_of_training_may_be_left_open(coordinator, consultant):
    factories.sit(coordinator).post(f"/consultants/{consultant.pk}/", FORM | {"trained_on": ""}, secure=True)

    assert line_of(consultant)[0] is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"trained_on": "31.2.2024"}, {"trained_on": ["Tämä ei ole päivämäärä. Esimerkki: 24.11.2026"]}),
        ({"trained_on": "toukokuussa"}, {"trained_on": ["Tämä ei ole päivämäärä. Esimerkki: 24.11.2026"]}),
        ({"speaks_fi": "", "speaks_sv": ""}, {"speaks_fi": ["Valitse ainakin yksi kieli."]}),
    ],
)
def test_what_cannot_be_is_said_by_the_field_and_nothing_is_saved(coordinator, consultant, sent, said):
    answer = factories.sit(coordinator).post(f"/consultants/{consultant.pk}/", FORM | sent, secure=True)

    assert answer.status_code == 422
    assert why(answer) == said
    assert line_of(consultant)[-1] == 1


def test_a_form_without_its_version_saves_nothing(coordinator, consultant):
    sent = {name: value for name, value in FORM.items() if name != "version"}

    assert factories.sit(coordinator).post(f"/consultants/{consultant.pk}/", sent, secure=True).status_code == 422
    assert line_of(consultant)[-1] == 1


def test_a_stale_form_shows_what_somebody_else_saved(coordinator, consultant):
    change(consultant, coordinator, trained_on=date(2020, 1, 31), speaks_sv=False)

    answer = factories.sit(coordinator).post(f"/consultants/{consultant.pk}/", FORM, secure=True)

    assert answer.status_code == 422
    assert line_of(consultant) == (date(2020, 1, 31), True, False, False, 2)
    page = BeautifulSoup(answer.text, "html.parser")
    day, swedish = page.find(id="id_trained_on"), page.find(id="id_speaks_sv")
    assert day["value"] == "2024-05-15"
    assert "2020" in day.find_next(class_="now").text
    assert swedish.has_attr("checked")
    assert "ei" in swedish.find_parent(class_="field").find(class_="now").text


def test_a_line_goes_with_its_seat(region, consultant):
    Seat.objects.filter(pk=consultant.pk).delete()

    assert Consultant.objects.count() == 0
