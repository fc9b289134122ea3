"""Keys that open in passing: for one block, told once without a matter, and closed whatever happens in it."""

import pytest
from django.db import DatabaseError
from django.utils import timezone

import factories
from kudelma.core.record import record_reading, search_access
from kudelma.matters.models import Matter
from kudelma.trust import recorder, vault
from kudelma.trust.models import Entry, SpaceKey, What


@pytest.fixture
def two(cast):
    """Two matters with names, and no key open."""
    matters = [cast.to("preparing").matter, cast.to("preparing").matter]
    vault.close_all()
    return [matter.pk for matter in matters]


def called(pk):
    return Matter.objects.get(pk=pk).called


def look(cast, matters):
    return search_access("test.look", matters, by=cast.coordinator, at=cast.at())


def test_inside_the_block_words_open_and_after_it_no_more(cast, two):
    with look(cast, two) as readable:
        assert readable == frozenset(two)
        assert [called(pk) for pk in two] == ["Aino ja Elias"] * 2

    for pk in two:
        with pytest.raises(vault.NotRecorded):
            called(pk)


def test_keys_close_also_when_something_breaks_inside(cast, two):
    with pytest.raises(RuntimeError), look(cast, two):
        raise RuntimeError

    with pytest.raises(vault.NotRecorded):
        called(two[0])


def test_what_was_open_before_stays_open_and_nothing_else(cast, two):
    record_reading("test", two[:1], by=cast.coordinator, at=cast.at())

    with look(cast, two[1:]):
        assert [called(pk) for pk in two] == ["Aino ja Elias"] * 2

    assert called(two[0]) == "Aino ja Elias"
    with pytest.raises(vault.NotRecorded):
        called(two[1])


def test_only_the_matters_that_were_named_open(cast, two):
    with look(cast, two[:1]), pytest.raises(vault.NotRecorded):
        called(two[1])


def test_the_record_tells_once_who_looked_and_names_no_matter(cast, two):
    before = Entry.objects.count()

    with look(cast, two):
        assert Entry.objects.count() == before + 1  # before anything is read

    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.what, entry.door, entry.seat, entry.space, entry.why) == (
        What.DID, "test.look", cast.coordinator.pk, None, "",
    )  # fmt: skip
    assert Entry.objects.count() == before + 1


def test_each_look_is_a_line_of_its_own(cast, two):
    for _ in range(2):
        with look(cast, two):
            pass

    assert Entry.objects.filter(door="test.look").count() == 2


def test_when_the_record_cannot_be_written_no_key_opens(cast, two, monkeypatch):
    def broken(*args, **options):
        raise DatabaseError("no")

    monkeypatch.setattr(recorder, "_write", broken)

    with pytest.raises(DatabaseError), look(cast, two):
        raise AssertionError("the block was entered")
    with pytest.raises(vault.NotRecorded):
        called(two[0])


def test_a_matter_whose_key_is_gone_is_passed_by(cast, two):
    SpaceKey.objects.filter(space=two[0]).update(wrapped=None, destroyed_at=timezone.now())

    with look(cast, two) as readable:
        assert readable == frozenset(two[1:])


def test_the_family_is_not_told_that_somebody_opened_what_was_only_passed(cast, two):
    mother = cast.mother.seat
    mother.level = 2

    with look(cast, two):
        pass

    assert list(Entry.objects.visible_to(mother).openings_by_professionals()) == []
    factories.sit(cast.coordinator).get(f"/matters/{cast.matter.pk}/", secure=True)
    assert len(Entry.objects.visible_to(mother).openings_by_professionals()) == 1
