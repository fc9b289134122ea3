"""How somebody is reached safely: asked first, changed after a call, and a protected address that stands nowhere."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client

import factories
from again import fresh, said_of
from kudelma.core.errors import Refused
from kudelma.members.actions import people
from kudelma.members.inputs.people import SafeContact
from kudelma.people.actions import links
from kudelma.trust.models import Entry


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


# ---------------------------------------------------------------- a protected address


def change_contact(cast, member, *, version=1, called=True, **values):
    told = said_of(SafeContact, fresh(member), **values)
    people.change_contact(
        fresh(member), version=version, values=told, has_called=called, by=cast.coordinator, at=cast.at()
    )


def contact_page(cast, member, **typed):
    return factories.sit(cast.coordinator).post(f"/people/{member.pk}/contact/", {"version": 1, **typed}, secure=True)


def test_a_protected_address_is_refused_by_the_field_and_stands_nowhere(prepared):
    address = "Kotikatu 1, Esimerkkilä"

    refused = contact_page(prepared, prepared.child, protected="on", postal=address)
    taken = contact_page(prepared, prepared.child, protected="on")

    assert refused.status_code == 422
    why = BeautifulSoup(refused.text, "html.parser").find(id="id_postal_error").get_text()
    assert why == "Osoite on suojattu. Sitä ei kirjoiteta tähän: jätä tämä tyhjäksi."
    assert taken.status_code == 302
    prepared.open()
    assert (fresh(prepared.child).protected, fresh(prepared.child).postal) == ("yes", "")


def test_the_address_goes_when_it_becomes_protected(prepared):
    prepared.open()
    change_contact(prepared, prepared.child, postal="Kotikatu 1")
    with pytest.raises(Refused):
        change_contact(prepared, prepared.child, version=2, protected="yes")

    change_contact(prepared, prepared.child, version=2, called=False, protected="yes", postal="")

    assert fresh(prepared.child).postal == ""


def test_the_database_keeps_no_address_beside_protected(prepared):
    prepared.open()
    change_contact(prepared, prepared.child, protected="yes")

    other = said_of(SafeContact, fresh(prepared.child), postal="Kotikatu 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        people.change_member(fresh(prepared.child), version=2, values=other, by=prepared.lead, at=prepared.at())


def test_only_the_coordinator_sees_and_sets_that_an_address_is_protected(prepared):
    prepared.open()
    change_contact(prepared, prepared.child, protected="yes")

    seen = {
        name: "suojattu" in factories.sit(getattr(prepared, name)).get(path, secure=True).text
        for name in ("coordinator", "lead")
        for path in (f"/people/{prepared.child.pk}/contact/",)
    }
    lists = factories.sit(prepared.lead).get(f"/matters/{prepared.matter.pk}/people/", secure=True).text

    assert seen == {"coordinator": True, "lead": False}
    assert "suojattu" not in lists


# ---------------------------------------------------------------- safe contact


def test_how_to_reach_safely_is_asked_first(prepared):
    page = factories.sit(prepared.coordinator).get(f"/people/{prepared.mother.pk}/contact/", secure=True)

    names = [field["name"] for field in BeautifulSoup(page.text, "html.parser").select("main [name]")]
    asked = list(dict.fromkeys(name for name in names if name not in {"csrfmiddlewaretoken", "page_of", "version"}))
    assert asked[:2] == ["contact_way", "contact_note"]


@pytest.mark.parametrize("field", ["address", "second_address", "phone"])
def test_a_change_of_what_was_known_needs_a_call_to_the_number_known_before(prepared, field):
    prepared.open()
    change_contact(prepared, prepared.mother, phone="+358401234567")
    kept = {"address": "aino@example.org", "second_address": "aino2@example.org", "phone": "+358401234567"}
    typed = kept | {field: "+358407654321" if field == "phone" else "uusi@example.org", "version": 2}

    refused = contact_page(prepared, prepared.mother, **typed)
    taken = contact_page(prepared, prepared.mother, **typed, has_called="on")

    assert (refused.status_code, taken.status_code) == (422, 302)
    why = BeautifulSoup(refused.text, "html.parser").find(id="id_has_called_error").get_text()
    assert why == "Soita ensin aiemmin tiedossa olleeseen numeroon, ja rastita sitten tämä."
    doors = Entry.objects.filter(door__startswith="members.change_contact").values_list("door", flat=True)
    assert list(doors).count("members.change_contact_after_call") == 2


def test_what_was_not_known_before_is_told_without_a_call(prepared):
    answer = contact_page(prepared, prepared.child, contact_way="phone", contact_note="Iltaisin.", phone="0401234567")

    assert answer.status_code == 302
    assert Entry.objects.filter(door="members.change_contact").count() == 1
    prepared.open()
    child = fresh(prepared.child)
    assert (child.contact_way, child.contact_note, child.phone) == ("phone", "Iltaisin.", "+358401234567")


def test_safe_contact_is_seen_on_no_page_of_the_person_or_the_pair(prepared):
    prepared.open()
    change_contact(prepared, prepared.mother, contact_way="worker", contact_note="Terveydenhoitaja Minnan kautta.")
    pages = [f"/matters/{prepared.matter.pk}/{page}/" for page in ("people", "preparation")]
    pages.append(f"/people/{prepared.mother.pk}/")

    texts = [factories.sit(prepared.lead).get(page, secure=True).text for page in pages]
    texts += [factories.sit(prepared.mother.seat, level).get("/own/", secure=True).text for level in (1, 2)]

    contact = factories.sit(prepared.coordinator).get(f"/people/{prepared.mother.pk}/contact/", secure=True).text
    assert "Minnan kautta" in contact
    assert [text for text in texts if "Minnan kautta" in text] == []


def test_a_new_address_ends_the_links_of_the_old_one(prepared):
    token = links.make_link(prepared.mother.seat, at=prepared.at())
    assert Client().get(f"/i/{token}/", secure=True).status_code == 200

    prepared.open()
    change_contact(prepared, prepared.mother, address="uusi@example.org")

    assert Client().get(f"/i/{token}/", secure=True).status_code == 410
