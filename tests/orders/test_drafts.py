"""An unfinished order: nothing typed is lost, nobody else sees it, and it goes when its time is over."""

from dataclasses import MISSING, fields
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.news import every_minute
from kudelma.core.record import record_reading
from kudelma.matters.models import Matter
from kudelma.orders import receivers
from kudelma.orders.actions import drafts
from kudelma.orders.actions.lapsing import lapse
from kudelma.orders.forms import PAGES
from kudelma.orders.inputs import NewOrder, OrderTold
from kudelma.orders.models import Draft, Order
from kudelma.trust import vault
from kudelma.trust.models import Entry, SpaceKey

TOGETHER = {name: factories.ORDER[name] for name in ("told_to", "why_together", "problem")}
WORRY = {name: factories.ORDER[name] for name in ("worry", "wish")}
PRACTICAL = {name: factories.ORDER[name] for name in ("languages", "access", "call_first", "windows", "place")}


def page(draft, number):
    return reverse("orders:draft", args=[draft.pk, number])


def said(draft, by):
    record_reading("test", [draft.pk], by=by, at=timezone.now())
    return Draft.objects.get(pk=draft.pk).said


def main(answer):
    return BeautifulSoup(answer.text, "html.parser").main


# ---------------------------------------------------------------- nothing typed is lost


@pytest.mark.complaint(50, 67)
def test_what_was_written_is_there_after_sign_out_and_on_another_device(cast):
    draft = cast.begin_draft()
    first = factories.sit(cast.orderer)
    first.post(page(draft, 2), WORRY | {"version": 1, "go": "later"}, secure=True)
    first.post(reverse("account_logout"), secure=True)
    assert first.get(page(draft, 2), secure=True).status_code == 302

    shown = main(factories.sit(cast.orderer).get(page(draft, 2), secure=True))

    assert {name: shown.select_one(f"[name={name}]").get_text().strip() for name in WORRY} == WORRY


def test_what_is_right_of_a_refused_page_is_kept_and_what_was_typed_stays(cast):
    draft = cast.begin_draft()
    typed = {"worry": WORRY["worry"], "wish": "ä" * 2001, "version": 1}

    answer = factories.sit(cast.orderer).post(page(draft, 2), typed, secure=True)

    assert answer.status_code == 422
    assert main(answer).select_one("[name=wish]").get_text().strip() == "ä" * 2001
    assert said(draft, cast.orderer) == {"worry": WORRY["worry"]}


def test_a_page_half_written_can_be_left_by_going_back_or_on_later(cast):
    client, draft = factories.sit(cast.orderer), cast.begin_draft()

    back = client.post(page(draft, 2), {"worry": "Olen", "wish": "", "version": 1, "go": "back"}, secure=True)
    later = client.post(page(draft, 3), {"windows": "Ke", "version": 2, "go": "later"}, secure=True)

    assert (back.headers["Location"], later.headers["Location"]) == (page(draft, 1), reverse("desk:today"))
    assert {name: value for name, value in said(draft, cast.orderer).items() if value} == {
        "worry": "Olen", "windows": "Ke",
    }  # fmt: skip


def test_a_page_left_open_stops_the_sending_and_is_shown(cast):
    draft = cast.begin_draft(**TOGETHER)

    answer = factories.sit(cast.orderer).post(page(draft, 3), PRACTICAL | {"version": 2}, secure=True)

    assert answer.status_code == 422
    assert main(answer).select_one("form")["action"] == page(draft, 2)
    assert (Matter.objects.count(), Draft.objects.count()) == (0, 1)


def test_two_tabs_show_both_and_neither_text_is_lost(cast):
    client, draft = factories.sit(cast.orderer), cast.begin_draft()
    client.post(page(draft, 2), {"worry": "Toisessa ikkunassa.", "wish": "Lepoa.", "version": 1}, secure=True)

    answer = client.post(page(draft, 2), WORRY | {"version": 1}, secure=True)

    shown = main(answer)
    assert answer.status_code == 422
    assert shown.select_one("[name=worry]").get_text().strip() == WORRY["worry"]
    assert "Toisessa ikkunassa." in shown.select_one(".now").get_text()
    assert said(draft, cast.orderer)["worry"] == "Toisessa ikkunassa."


def test_the_same_page_sent_twice_is_not_told_to_be_stale(cast):
    client, draft = factories.sit(cast.orderer), cast.begin_draft()
    typed = WORRY | {"version": 1}

    answers = [client.post(page(draft, 2), typed, secure=True).headers["Location"] for _ in range(2)]

    assert answers == [page(draft, 3)] * 2


def test_what_is_typed_after_sending_is_given_back(cast):
    client, draft = factories.sit(cast.orderer), cast.begin_draft(**TOGETHER, **WORRY)
    client.post(page(draft, 3), PRACTICAL | {"version": 2}, secure=True)
    assert Order.objects.count() == 1

    late = client.post(page(draft, 2), {"worry": "Vielä yksi asia", "wish": "x", "version": 2}, secure=True)
    same = client.post(page(draft, 2), WORRY | {"version": 2}, secure=True)

    assert (late.status_code, same.status_code) == (409, 302)
    assert "Vielä yksi asia" in late.text


# ---------------------------------------------------------------- the first page


def test_the_first_page_tells_of_it_in_one_line_without_its_words(cast):
    client, draft = factories.sit(cast.orderer), cast.begin_draft(**WORRY)

    shown = main(client.get(reverse("desk:today"), secure=True))

    assert "Keskeneräinen tilaus, tallennettu" in shown.get_text()
    assert shown.select_one(f"a[href='{page(draft, 1)}']") is not None
    assert [word for word in WORRY.values() if word in shown.get_text()] == []


def test_an_order_in_which_nothing_was_written_is_not_told_of(cast):
    cast.begin_draft()

    assert list(factories.sit(cast.orderer).get(reverse("desk:today"), secure=True).context["drafts"]) == []


def test_throwing_away_takes_the_row_and_its_key(cast):
    client, draft = factories.sit(cast.orderer), cast.begin_draft(**WORRY)

    client.post(reverse("orders:discard", args=[draft.pk]), secure=True)

    assert Draft.objects.count() == 0
    assert SpaceKey.objects.get(space=draft.pk).wrapped is None
    with pytest.raises(vault.Emptied):
        record_reading("test", [draft.pk], by=cast.orderer, at=timezone.now())


# ---------------------------------------------------------------- whose it is


def test_nobody_else_sees_an_unfinished_order(cast):
    """The coordinator neither. Twin: the one who writes it does."""
    draft = cast.begin_draft(**WORRY)

    statuses = {
        name: factories.sit(getattr(cast, name)).get(page(draft, 2), secure=True).status_code
        for name in ("orderer", "coordinator", "outsider", "lead", "administrator")
    }

    assert statuses == {"orderer": 200, "coordinator": 404, "outsider": 404, "lead": 404, "administrator": 404}


def test_reading_an_unfinished_order_is_recorded(cast):
    draft = cast.begin_draft(**WORRY)

    factories.sit(cast.orderer).get(page(draft, 2), secure=True)

    read = Entry.objects.filter(what="read", door="orders:draft")
    assert list(read.values_list("space", "seat")) == [(draft.pk, cast.orderer.pk)]


def test_an_unfinished_order_becomes_the_matter_with_its_id_and_key(cast):
    draft = cast.begin_draft(**TOGETHER, **WORRY)
    key = bytes(SpaceKey.objects.get(space=draft.pk).wrapped)

    factories.sit(cast.orderer).post(page(draft, 3), PRACTICAL | {"version": 2}, secure=True)

    assert (Matter.objects.get().pk, Draft.objects.count()) == (draft.pk, 0)
    assert bytes(SpaceKey.objects.get(space=draft.pk).wrapped) == key


def test_pressing_yes_twice_begins_once_and_anothers_key_is_refused(cast):
    key = uuid4()
    one, same = (
        drafts.begin_draft(idempotency_key=key, ordering="meeting", by=cast.orderer, at=cast.at()) for _ in range(2)
    )

    with pytest.raises(KeyReused):
        drafts.begin_draft(idempotency_key=key, ordering="meeting", by=cast.outsider, at=cast.at())

    assert one == same
    assert Draft.objects.count() == 1


def test_an_order_that_was_saved_meanwhile_is_neither_sent_nor_thrown_away(cast):
    draft = cast.begin_draft(**TOGETHER, **WORRY)
    seen = Draft.objects.select_related("region", "seat").get(pk=draft.pk)
    drafts.save_draft(seen, version=2, values={"wish": "Lepoa."}, page=2, by=cast.orderer, at=cast.at())
    seen.version = 2

    with pytest.raises(Stale):
        drafts.save_draft(seen, version=2, values={"wish": "Apua."}, page=2, by=cast.orderer, at=cast.at())
    with pytest.raises(Refused):
        drafts.send_order(seen, values=NewOrder(**factories.ORDER), by=cast.orderer, at=cast.at())
    with pytest.raises(Refused):
        drafts.discard_draft(seen, by=cast.orderer, at=cast.at())

    assert said(draft, cast.orderer)["wish"] == "Lepoa."
    assert SpaceKey.objects.get(space=draft.pk).wrapped is not None


# ---------------------------------------------------------------- its time


def keys_dump():
    """The bytes of every key that is there."""
    return b"".join(bytes(row.wrapped or b"") for row in SpaceKey.objects.all())


def test_the_clock_takes_it_away_after_thirty_days_and_destroys_its_key(cast):
    old, key = cast.begin_draft(**WORRY), keys_dump()
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        lapse(at=timezone.now())
        assert Draft.objects.filter(pk=old.pk).exists()
        young = cast.begin_draft(**WORRY)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        lapse(at=timezone.now())
        lapse(at=timezone.now())

    assert list(Draft.objects.all()) == [young]
    assert key not in keys_dump()
    assert SpaceKey.objects.get(space=young.pk).wrapped is not None
    gone = Entry.objects.filter(space=old.pk, door="orders.discard_draft")
    assert list(gone.values_list("role", flat=True)) == ["clock"]


def test_saving_it_gives_it_thirty_days_more(cast):
    draft = cast.begin_draft(**WORRY)

    with time_machine.travel(timezone.now() + timedelta(days=20)):
        client = factories.sit(cast.orderer)
        client.post(page(draft, 1), TOGETHER | {"version": 2, "go": "later"}, secure=True)
        expected = timezone.localdate() + timedelta(days=30)

    assert Draft.objects.get().ends_on == expected


def test_the_clock_looks_once_an_hour(monkeypatch, db):
    looked = []
    monkeypatch.setattr(receivers, "lapse", lambda at: looked.append(at))
    monkeypatch.setattr(receivers._Last, "at", None)
    start = timezone.now()

    for minutes in (0, 1, 59, 60, 61, 119, 121):
        every_minute.tell(start + timedelta(minutes=minutes))

    assert looked == [start + timedelta(minutes=minutes) for minutes in (0, 60, 121)]


def test_a_session_that_ended_gives_the_page_back_with_the_version_it_had(cast):
    client, draft = factories.sit(cast.orderer), cast.begin_draft()
    Session.objects.all().delete()

    kept = main(client.post(page(draft, 2), WORRY | {"version": 1}, secure=True))

    sent = {one["name"]: one.get("value") or one.get_text() for one in kept.select("form [name]")}
    again = factories.sit(cast.orderer)
    assert isinstance(client, Client)
    assert settings.SESSION_COOKIE_NAME in again.cookies
    assert again.post(page(draft, 2), sent, secure=True).headers["Location"] == page(draft, 3)
    assert said(draft, cast.orderer) == WORRY


# ---------------------------------------------------------------- what the pages say together


@pytest.mark.parametrize(("ordering", "kind"), [("meeting", NewOrder), ("team", NewOrder), ("told", OrderTold)])
def test_the_pages_of_an_order_ask_for_all_that_an_order_says_and_for_nothing_else(ordering, kind):
    asked = {name for page in PAGES[ordering] for name in page.base_fields} - {"version"}
    said = {field.name: field.default for field in fields(kind)}

    assert set(PAGES) == {"meeting", "team", "told"}
    assert {name for name, default in said.items() if default is MISSING} <= asked
    assert asked <= set(said)
