"""Sessions tell nothing to somebody who reads the database."""

import base64

from django.contrib.sessions.models import Session
from django.utils import timezone

from kudelma.trust.sessions import SessionStore, drop_expired


def test_the_table_holds_neither_the_words_nor_the_cookie(db):
    store = SessionStore()
    store["what"] = "Aino Canary"
    store.save()

    row = Session.objects.get()

    assert store.session_key not in (row.session_key, row.session_data)
    assert b"Canary" not in base64.b64decode(row.session_data)
    assert SessionStore(store.session_key)["what"] == "Aino Canary"


def test_what_the_table_holds_opens_no_session(db):
    store = SessionStore()
    store["what"] = "x"
    store.save()

    assert "what" not in SessionStore(Session.objects.get().session_key)


def test_a_changed_row_is_an_empty_session(db):
    store = SessionStore()
    store["what"] = "x"
    store.save()
    Session.objects.update(session_data=base64.b64encode(b"x" * 60).decode())

    assert "what" not in SessionStore(store.session_key)


def test_a_session_can_be_ended_and_its_key_changed(db):
    store = SessionStore()
    store["what"] = "x"
    store.save()
    old = store.session_key
    store.cycle_key()
    store.save()

    assert not SessionStore().exists(old)
    assert SessionStore(store.session_key)["what"] == "x"
    store.flush()
    assert Session.objects.count() == 0


def test_the_clock_drops_what_has_ended(db):
    store = SessionStore()
    store["what"] = "x"
    store.set_expiry(-1)
    store.save()

    assert drop_expired(timezone.now()) == 1
