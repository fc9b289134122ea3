"""Keys: one a matter, wrapped; without it the matter is empty, in old copies too."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

import factories
from kudelma.configuration import Misconfigured
from kudelma.core import keys
from kudelma.core.record import record_reading
from kudelma.orders.models import Order
from kudelma.trust import vault
from kudelma.trust.models import RegionKey, SpaceKey


def test_a_key_is_there_before_its_matter_and_only_wrapped(cast):
    cast.to("ordered")

    row = SpaceKey.objects.get(space=cast.matter.pk)

    assert row.made_at <= cast.matter.opened_at or row.made_at <= timezone.now()
    assert len(bytes(row.wrapped)) == 1 + 12 + 32 + 16


def test_without_its_key_a_matter_is_empty(cast):
    cast.to("ordered")
    vault.close_all()
    SpaceKey.objects.filter(space=cast.matter.pk).update(wrapped=None, destroyed_at=timezone.now())

    with pytest.raises(vault.Emptied):
        record_reading("test", [cast.matter.pk], by=cast.coordinator, at=cast.at())


def test_the_key_of_another_matter_does_not_open(cast):
    cast.to("ordered")
    other = factories.Cast(cast.region).to("ordered")
    vault.close_all()
    theirs = SpaceKey.objects.get(space=other.matter.pk).wrapped
    SpaceKey.objects.filter(space=cast.matter.pk).update(wrapped=theirs)

    with pytest.raises(keys.Broken):
        record_reading("test", [cast.matter.pk], by=cast.coordinator, at=cast.at())


def test_an_attempt_that_left_a_key_behind_is_taken_up(cast):
    matter = uuid4()
    vault.make_space_key(matter, cast.region.pk)
    before = bytes(SpaceKey.objects.get(space=matter).wrapped)

    vault.make_space_key(matter, cast.region.pk)

    assert bytes(SpaceKey.objects.get(space=matter).wrapped) == before


def test_many_matters_are_opened_in_one_statement_of_the_record_and_one_query_of_keys(cast, django_assert_num_queries):
    matters = []
    for _ in range(5):
        cast.order()
        matters.append(cast.matter.pk)
    vault.close_all()

    # Of the test's own transaction: the recorder's is a savepoint in it, made and released.
    with django_assert_num_queries(1 + 2), django_assert_num_queries(1, using="keys"):
        record_reading("test", matters, by=cast.coordinator, at=cast.at())

    assert {order.worry for order in Order.objects.filter(matter__in=matters)} == {factories.ORDER["worry"]}


def test_what_is_closed_neither_opens_nor_seals(cast):
    cast.order()
    assert cast.matter.pk in vault.sealing_here.get()

    vault.close_all()

    assert (vault.opened_here.get(), vault.sealing_here.get()) == (None, None)


def test_another_master_key_is_noticed(cast, monkeypatch):
    vault.check_master_key("keys")
    monkeypatch.setattr(vault, "_cipher", lambda purpose: vault.AESGCM(keys.new_key()))

    with pytest.raises(Misconfigured, match="is not the master key"):
        vault.check_master_key("keys")
    vault.check_master_key("default")  # nothing there is sealed by it


def test_keys_live_in_the_keys_database_only(cast):
    assert RegionKey.objects.db == SpaceKey.objects.db == "keys"
    assert settings.DATABASES["keys"] != settings.DATABASES["default"]


def test_a_pin_says_nothing_in_another_matter(cast):
    cast.to("ordered")
    other = factories.Cast(cast.region).to("ordered")

    here = vault.pin_digest(cast.matter.pk, "https://id.example.org", "1234")

    assert here == vault.pin_digest(cast.matter.pk, "https://id.example.org", "1234")
    assert here != vault.pin_digest(other.matter.pk, "https://id.example.org", "1234")
    assert here != vault.pin_digest(cast.matter.pk, "https://other.example.org", "1234")
