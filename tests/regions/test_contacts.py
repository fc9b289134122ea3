"""Whom anybody may call: kept by the region's own coordinators and administrator, and honest about its age."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.utils import timezone

import factories
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import columns
from kudelma.core.telephones import spaced
from kudelma.people.models import Role
from kudelma.regions import actions
from kudelma.regions.inputs import ContactEntry
from kudelma.regions.models import SHOWN_UNREVIEWED, ContactPerson
from kudelma.trust.models import Entry

TODAY = date(2026, 11, 24)
NOON = "2026-11-24 12:00+02:00"


@pytest.fixture
def coordinator(region):
    return factories.seat(region, Role.COORDINATOR)


@pytest.fixture
def contact(region):
    return factories.contact(region)


def values_of(contact, **other):
    names = ("name", "title", "unit", "phone", "address", "about_fi", "about_sv", "about_en", "position", "review_on")
    return ContactEntry(**{name: getattr(contact, name) for name in names} | other)


def typed(**other):
    return {
        "name": "Maija Kallio",
        "title": "verkostokoordinaattori",
        "phone": "040 123 4567",
        "about_fi": "Soita, jos et tiedä, mistä aloittaa.",
        "position": "1",
        "review_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    } | other


def done(by):
    """What the record tells that this seat has done."""
    return list(Entry.objects.filter(seat=by.pk).values_list("door", flat=True))


# ---------------------------------------------------------------- the actions


def test_a_contact_person_is_added_once_however_often_it_is_pressed(region, coordinator):
    key, at = uuid4(), timezone.now()
    values = values_of(factories.contact(region, at=at), name="Maija Kallio")

    for _press in range(2):
        actions.add_contact(region, idempotency_key=key, values=values, by=coordinator, at=at)

    assert ContactPerson.objects.get(pk=key).name == "Maija Kallio"
    assert done(coordinator) == ["regions.add_contact"]


def test_one_key_names_no_second_person(region, coordinator):
    key, at = uuid4(), timezone.now()
    values = values_of(factories.contact(region))
    actions.add_contact(region, idempotency_key=key, values=replace(values, name="Ensimmäinen"), by=coordinator, at=at)

    with pytest.raises(KeyReused):
        actions.add_contact(region, idempotency_key=key, values=replace(values, name="Toinen"), by=coordinator, at=at)

    assert ContactPerson.objects.get(pk=key).name == "Ensimmäinen"


def test_whoever_saves_a_change_has_looked_at_all_of_it(region, coordinator):
    contact = factories.contact(region, at=timezone.now() - timedelta(days=100))
    values = values_of(contact, name="Uusi Nimi")

    actions.change_contact(contact, version=1, values=values, by=coordinator, at=timezone.now())

    now = ContactPerson.objects.get(pk=contact.pk)
    assert (now.name, now.checked_on, now.version) == ("Uusi Nimi", timezone.localdate(), 2)
    assert done(coordinator) == ["regions.change_contact"]


def test_whoever_saves_second_changes_nothing_and_is_shown_what_stands_there(contact, coordinator):
    first = values_of(contact, name="Ensimmäisen")
    actions.change_contact(contact, version=1, values=first, by=coordinator, at=timezone.now())

    with pytest.raises(Stale) as stale:
        actions.change_contact(
            contact, version=1, values=values_of(contact, name="Toisen"), by=coordinator, at=timezone.now()
        )

    assert stale.value.now == columns(first) | {"version": 2}
    assert ContactPerson.objects.get(pk=contact.pk).name == "Ensimmäisen"


def test_still_right_moves_the_day_of_review_by_six_months(region, coordinator):
    with time_machine.travel(NOON, tick=False):
        contact = factories.contact(region, at=timezone.now() - timedelta(days=200))

        actions.confirm_contact(contact, seen=1, by=coordinator, at=timezone.now())

    now = ContactPerson.objects.get(pk=contact.pk)
    assert (now.checked_on, now.review_on) == (TODAY, date(2027, 5, 24))
    assert done(coordinator) == ["regions.confirm_contact"]


def test_nobody_confirms_what_somebody_else_has_just_changed(contact, coordinator):
    seen = ContactPerson.objects.get(pk=contact.pk)
    actions.change_contact(contact, version=1, values=values_of(contact, name="Muu"), by=coordinator, at=timezone.now())

    with pytest.raises(Refused):
        actions.confirm_contact(seen, seen=1, by=coordinator, at=timezone.now())
    with pytest.raises(Refused):
        actions.remove_contact(seen, seen=1, by=coordinator, at=timezone.now())

    assert done(coordinator) == ["regions.change_contact"]


def test_who_is_taken_off_leaves_nothing_behind(region, contact, coordinator):
    other = factories.contact(region)

    actions.remove_contact(contact, seen=1, by=coordinator, at=timezone.now())

    assert list(ContactPerson.objects.all()) == [other]
    assert done(coordinator) == ["regions.remove_contact"]


def test_the_database_keeps_the_review_after_the_check(contact):
    rows = ContactPerson.objects.filter(pk=contact.pk)
    rows.update(review_on=contact.checked_on + timedelta(days=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(review_on=contact.checked_on)


# ---------------------------------------------------------------- the pages of those who keep them


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_coordinator_and_administrator_keep_the_list_of_their_own_region(region, role):
    client = factories.sit(factories.seat(region, role))
    factories.contact(factories.region(), name="Vieras Ihminen")

    client.post("/region/contacts/new/", typed(), secure=True)
    shown = client.get("/region/contacts/", secure=True).text

    assert ContactPerson.objects.get(region=region).phone == "+358401234567"
    assert "Maija Kallio" in shown
    assert "Vieras Ihminen" not in shown


@pytest.mark.parametrize("role", [Role.WORKER, Role.CONSULTANT, Role.STEERING])
def test_nobody_else_keeps_it(region, contact, role):
    client = factories.sit(factories.seat(region, role))

    answers = [
        client.get("/region/contacts/", secure=True),
        client.post("/region/contacts/new/", typed(), secure=True),
        client.post(f"/region/contacts/{contact.pk}/", typed(version=1), secure=True),
        client.post(f"/region/contacts/{contact.pk}/review/", secure=True),
        client.post(f"/region/contacts/{contact.pk}/removal/", secure=True),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert list(ContactPerson.objects.values_list("pk", "version")) == [(contact.pk, 1)]


def test_the_keepers_of_a_neighbour_find_nothing_here(contact):
    client = factories.sit(factories.seat(factories.region(), Role.COORDINATOR))

    for path in ("", "review/", "removal/"):
        assert client.post(f"/region/contacts/{contact.pk}/{path}", typed(version=1), secure=True).status_code == 404
    assert list(ContactPerson.objects.values_list("pk", "version")) == [(contact.pk, 1)]


@pytest.mark.complaint(63)
def test_the_list_says_what_waits_for_review(region, coordinator):
    now = timezone.now()
    for name, days in (("Tuore", 10), ("Vanha", 200), ("Hyvin Vanha", 400)):
        factories.contact(region, at=now - timedelta(days=days), name=name)

    page = BeautifulSoup(factories.sit(coordinator).get("/region/contacts/", secure=True).text, "html.parser")

    told = {row.a.text: row.strong.text if row.strong else "" for row in page.select("tbody tr")}
    assert told == {
        "Tuore": "",
        "Vanha": "Odottaa tarkistusta. Sivulla kerrotaan, milloin tiedot on viimeksi tarkistettu.",
        "Hyvin Vanha": "Odottaa tarkistusta. Ei näy enää julkisella sivulla.",
    }


def test_the_buttons_of_the_list_and_of_the_person_do_what_they_say(region, contact, coordinator):
    client = factories.sit(coordinator)
    ContactPerson.objects.filter(pk=contact.pk).update(
        checked_on=timezone.localdate() - timedelta(days=300), review_on=timezone.localdate() - timedelta(days=100)
    )

    right = [press(client, "/region/contacts/", f"/region/contacts/{contact.pk}/review/") for _twice in range(2)][-1]
    again = ContactPerson.objects.get(pk=contact.pk)
    gone = press(client, f"/region/contacts/{contact.pk}/", f"/region/contacts/{contact.pk}/removal/")

    assert "Kiitos. Tiedot katsotaan uudelleen puolen vuoden päästä." in right.text
    assert again.checked_on == timezone.localdate()
    assert "Otettu pois sivulta." in gone.text
    assert ContactPerson.objects.count() == 0


def test_a_page_that_is_old_confirms_and_removes_nothing(contact, coordinator):
    """Somebody else has written another number meanwhile: nobody has looked at that one yet."""
    client, here = factories.sit(coordinator), f"/region/contacts/{contact.pk}/"
    old = {path: hidden(client.get(page, secure=True), f"{here}{path}/")
           for page, path in (("/region/contacts/", "review"), (here, "removal"))}  # fmt: skip
    values = values_of(contact, phone="+358400000999")
    actions.change_contact(contact, version=1, values=values, by=coordinator, at=timezone.now())

    refused = [client.post(f"{here}{path}/", sent, secure=True).status_code for path, sent in old.items()]
    blind = [client.post(f"{here}{path}/", {}, secure=True).status_code for path in old]

    assert (refused, blind) == ([409, 409], [409, 409])
    now = ContactPerson.objects.get(pk=contact.pk)
    assert (now.phone, now.version, now.review_on) == ("+358400000999", 2, values.review_on)


def hidden(shown, action):
    """What the form with this address sends without anybody typing."""
    form = BeautifulSoup(shown.text, "html.parser").select_one(f'main form[action="{action}"]')
    return {field["name"]: field["value"] for field in form.select("input[name]")}


def press(client, page, action):
    return client.post(action, hidden(client.get(page, secure=True), action), secure=True, follow=True)


def test_the_list_asks_as_often_for_many_as_for_one(region, coordinator, django_assert_max_num_queries):
    for _number in range(20):
        factories.contact(region, unit=factories.unit(region))
    client = factories.sit(coordinator)

    with django_assert_max_num_queries(12):
        shown = client.get("/region/contacts/", secure=True)

    assert shown.text.count("Yhteyshenkilö ") >= 20


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Valitse päivä, joka on tämän päivän jälkeen."),
        (-1, "Valitse päivä, joka on tämän päivän jälkeen."),
        (400, "Valitse päivä vuoden sisältä: ihmiset vaihtavat työtä."),
    ],
)
def test_a_day_of_review_that_helps_nobody_is_refused(region, coordinator, days, said):
    on = (timezone.localdate() + timedelta(days=days)).isoformat()
    client = factories.sit(coordinator)

    answer = client.post("/region/contacts/new/", typed(review_on=on), secure=True)

    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, {"review_on": [said]})
    assert ContactPerson.objects.count() == 0
    assert client.post("/region/contacts/new/", typed(), secure=True).status_code == 302


def test_a_unit_of_another_region_is_not_a_choice(region, coordinator):
    foreign, own = factories.unit(factories.region()), factories.unit(region)
    client = factories.sit(coordinator)

    answer = client.post("/region/contacts/new/", typed(unit=foreign.pk), secure=True)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])
    assert client.post("/region/contacts/new/", typed(unit=own.pk), secure=True).status_code == 302


# ---------------------------------------------------------------- who stands on the public page


@pytest.mark.complaint(63)
@pytest.mark.parametrize(
    ("days_past_review", "is_named", "says_when_checked", "shows_the_region"),
    [
        (0, True, False, False),
        (1, True, True, False),
        (SHOWN_UNREVIEWED - 1, True, True, False),
        (SHOWN_UNREVIEWED, False, False, True),
    ],
)
def test_the_public_page_is_honest_about_the_age_of_an_entry(
    days_past_review, is_named, says_when_checked, shows_the_region, client, db
):
    """Nobody is named who may have left; the region's own number stands there instead."""
    region = factories.region(help_phone="+358400000100")
    factories.seat(region, Role.COORDINATOR)
    contact = factories.contact(region, name="Maija Kallio")
    ContactPerson.objects.filter(pk=contact.pk).update(
        checked_on=TODAY - timedelta(days=days_past_review + 180), review_on=TODAY - timedelta(days=days_past_review)
    )

    with time_machine.travel(NOON, tick=False):
        shown = client.get(f"/regions/{region.code}/", secure=True).text

    assert ("Maija Kallio" in shown) is is_named
    assert ("Tarkistettu viimeksi: " in shown) is says_when_checked
    assert (spaced("+358400000100") in shown) is shows_the_region


def test_the_month_of_the_last_check_is_named(client, region):
    factories.seat(region, Role.COORDINATOR)
    contact = factories.contact(region)
    ContactPerson.objects.filter(pk=contact.pk).update(checked_on=date(2026, 4, 1), review_on=date(2026, 10, 1))

    with time_machine.travel(NOON, tick=False):
        shown = client.get(f"/regions/{region.code}/", secure=True).text

    assert "Tarkistettu viimeksi: huhtikuu 2026" in shown


def test_a_contact_person_stands_on_the_page_of_the_own_region_only(client, region):
    neighbour = factories.region()
    for one, name in ((region, "Oma Ihminen"), (neighbour, "Naapurin Ihminen")):
        factories.seat(one, Role.COORDINATOR)
        factories.contact(one, name=name)

    own, other = (client.get(f"/regions/{one.code}/", secure=True).text for one in (region, neighbour))

    assert ("Oma Ihminen" in own, "Naapurin Ihminen" in own) == (True, False)
    assert ("Oma Ihminen" in other, "Naapurin Ihminen" in other) == (False, True)


def test_what_one_may_call_about_is_told_in_finnish_when_there_is_no_translation(client, region):
    factories.seat(region, Role.COORDINATOR)
    factories.contact(region, about_fi="Soita arjesta.", about_sv="Ring om vardagen.")
    pages = {}

    for language in ("sv", "en"):
        client.post("/language/", {"language": language}, secure=True)
        page = BeautifulSoup(client.get(f"/regions/{region.code}/", secure=True).text, "html.parser")
        pages[language] = [(one["lang"], one.text) for one in page.select("#call .card p[lang]")]

    assert pages == {"sv": [("sv", "Ring om vardagen.")], "en": [("fi", "Soita arjesta.")]}
