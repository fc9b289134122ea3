"""Who is not in (any more) changes nothing, and gets back what was typed: sessions, links, codes, robots."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.utils import timezone

import factories
from doors.bad_inputs import registry
from doors.bad_inputs.page import changed, content, controls, lost, read, said_by, send, text
from kudelma.people.actions import links
from kudelma.people.models import PersonalLink

HERE = {"origin": "https://testserver"}
NOT_IN = "Et ole enää kirjautuneena. Kirjoittamasi on yhä tässä. Kirjaudu ja lähetä se uudelleen."
OPEN_LONG = "Sivu oli auki niin kauan, että varmistamme, että se olet sinä. Lähetä vielä kerran."
TOO_OLD = "Koodi ei täsmää tai se on vanhentunut. Tarkista se tai pyydä uusi."
ROOM_TOO_OLD = "Koodi ei täsmää tai se on vanhentunut. Pyydä uusi siltä, joka antoi sen."
PUBLIC = {"sign_in", "second_factor", "password", "forgotten", "room", "wish", "printed_code"}
BEHIND_A_DOOR = [name for name in registry.WAYS if name not in PUBLIC]


def way(name, cast):
    return registry.WAYS[name][1](cast)


def kept(answer, ready):
    """(what was typed, as the answered page would send it again; what of it is missing)"""
    page = read(answer)
    return controls(page, ready.typed), lost(page, ready.typed)


@pytest.mark.parametrize("name", BEHIND_A_DOOR)
def test_a_session_that_ended_gives_back_what_was_typed_to_be_sent_again(cast, name):
    ready = way(name, cast)
    data, before, cookies = ready.filled(), content(), ready.client.cookies.copy()

    with transaction.atomic():
        Session.objects.all().delete()
        answer = ready.send(data)
        transaction.set_rollback(True)

    again, missing = kept(answer, ready)
    assert (answer.status_code, missing) == (401, {})
    assert NOT_IN in text(read(answer))
    assert changed(before) == set()
    ready.client.cookies = cookies
    secrets = {key: data[key] for key in data.keys() & {"code"}}
    assert ready.send(again | secrets).status_code == ready.accepted
    assert (changed(before) != set()) == ready.changes


@pytest.mark.parametrize("name", ["order", "own_answer", "row", "forgotten"])
def test_a_form_whose_token_is_gone_gives_back_what_was_typed(cast, name):
    ready = way(name, cast)
    data, before = ready.filled(), content()
    del data["csrfmiddlewaretoken"]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ready.client.cookies

    answer = send(strict, ready.to, data, headers=HERE)

    assert (answer.status_code, kept(answer, ready)[1]) == (403, {})
    assert OPEN_LONG in text(read(answer))
    assert changed(before) == set()


# ---------------------------------------------------------------- robots


@pytest.mark.parametrize("name", registry.WAYS)
def test_a_robot_changes_nothing_whatever_it_sends(cast, name):
    """By every method, to the page and to where it is sent; with the person's own cookies, without the fields."""
    ready = way(name, cast)
    before = content()
    for client in (Client(), ready.client):
        for address in {ready.page, ready.to}:
            for method in ("get", "head", "options"):
                getattr(client, method)(address, secure=True)
            client.post(address, {}, secure=True)

    assert changed(before) == set()


def test_the_robot_would_be_seen_if_it_filled_in_the_form(cast):
    ready = registry.orders.order(cast)
    before = content()

    ready.send(ready.filled())

    assert changed(before) >= {"default.matters_matter", "default.orders_order", "default.orders_draft"}


# ---------------------------------------------------------------- links and codes that are used or too old


def test_a_code_that_is_too_old_or_used_is_said_by_the_code(cast):
    ready = registry.people.code(cast)
    data, before = ready.filled(), content()

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        old = ready.send(data)

    assert (old.status_code, said_by(read(old), "code")) == (422, TOO_OLD)
    assert changed(before) == set()
    assert ready.send(data).status_code == 302
    other = factories.sit(cast.mother.seat, 0)
    used = send(other, ready.to, data)
    assert (used.status_code, said_by(read(used), "code")) == (422, TOO_OLD)


def test_digits_of_the_room_that_are_too_old_or_used_are_said_by_the_digits(cast):
    ready = registry.people.room(cast)
    data, before = ready.filled(), content()

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        old = ready.send(data)

    assert (old.status_code, said_by(read(old), "code")) == (422, ROOM_TOO_OLD)
    assert changed(before) == set()
    assert ready.send(data).status_code == 302
    used = send(Client(), ready.to, data)
    assert (used.status_code, said_by(read(used), "code")) == (422, ROOM_TOO_OLD)


def test_a_password_link_that_is_too_old_says_so_and_offers_a_new_one(cast):
    ready = registry.people.password(cast)
    data, before = ready.filled(), content()

    with time_machine.travel(timezone.now() + timedelta(days=3, hours=3)):
        answers = [ready.client.get(ready.page, secure=True), ready.send(data)]

    for answer in answers:
        assert answer.status_code == 410
        assert "Se on jo käytetty, tai kolme päivää on kulunut. Voit pyytää uuden." in text(read(answer))
    assert changed(before) == set()
    assert ready.send(data).status_code == 302


@pytest.mark.parametrize("name", ["own_answer", "feedback", "code", "channel"])
def test_a_personal_link_that_was_revoked_gives_back_what_was_typed(cast, name):
    ready = way(name, cast)
    data = ready.filled()
    links.revoke_links(cast.mother.seat, by=cast.coordinator, at=timezone.now())
    before = content()

    answer = ready.send(data)

    assert (answer.status_code, kept(answer, ready)[1]) == (401, {})
    assert changed(before) == set()


def test_a_revoked_link_lets_nobody_in_and_an_open_one_does(cast):
    cast.to("preparing")
    token = links.make_link(cast.mother.seat, at=timezone.now())
    assert send(Client(), "/i/", {"token": token}).status_code == 302
    PersonalLink.objects.update(revoked_at=timezone.now(), revoked_by=cast.coordinator.pk)
    before = content()

    answer = send(Client(), "/i/", {"token": token})

    assert answer.status_code == 410
    assert "Tämä linkki ei enää toimi" in text(read(answer))
    assert changed(before) == set()
