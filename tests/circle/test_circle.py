"""The circle: everybody has a place, every move is kept with its way back, and a tie is one from both ends."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

import factories
from circle.circles import add, at, drawn, move, redo, tie, undo
from kudelma.circle import actions as circle
from kudelma.circle import geometry
from kudelma.circle.geometry import Ring
from kudelma.circle.inputs import ThingNamed
from kudelma.circle.models import Move, MoveKind, Spot, Tie
from kudelma.core.errors import Refused, Stale


@pytest.fixture
def prepared(cast):
    cast.to("preparing").open()
    return cast


def test_everybody_has_a_place_before_anybody_has_drawn(prepared):
    rings = {one.name: one.ring for one in drawn(prepared).figures}

    assert rings == {
        "Aino": Ring.PEOPLE, "Elias": Ring.PEOPLE, "Ritva": Ring.CLOSE,
        prepared.invited.account.first_name: Ring.SERVICES,
    }  # fmt: skip
    assert Spot.objects.count() == 0


def test_a_place_does_not_change_when_more_people_come(prepared):
    before = {one.pk: one.at for one in drawn(prepared).figures}

    prepared.add("own", "Mikko", "Saarela")
    prepared.add("professional", "Jari", "")

    after = {one.pk: one.at for one in drawn(prepared).figures}
    assert {pk: after[pk] for pk in before} == before
    assert len(after) == len(before) + 2


# ---------------------------------------------------------------- moves and their way back


def test_a_move_is_kept_with_its_number_and_what_it_was_before(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 320, 300, version=1)

    kept = Move.objects.values_list("number", "kind", "x_before", "y_before", "x_after", "y_after", "by")
    assert list(kept) == [
        (1, MoveKind.MOVED, None, None, 300, 300, prepared.lead.pk),
        (2, MoveKind.MOVED, 300, 300, 320, 300, prepared.lead.pk),
    ]
    assert at(prepared, prepared.mother) == (320, 300)


def test_a_move_sent_twice_moves_once(prepared):
    key = uuid4()
    for x in (300, 310):
        move(prepared, prepared.mother, x, 300, idempotency_key=key)

    assert (Move.objects.count(), at(prepared, prepared.mother)) == (1, (300, 300))


def test_a_place_that_is_had_already_is_no_move(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 300, 300, version=1)

    assert Move.objects.count() == 1


@pytest.mark.complaint(57)
def test_undoing_walks_back_to_the_beginning_and_doing_again_to_the_end(prepared):
    start = at(prepared, prepared.mother)
    thing = add(prepared)
    move(prepared, prepared.mother, 300, 300)
    tie(prepared, prepared.mother, thing)
    circle.name_thing(
        Spot.objects.get(pk=thing.pk),
        version=0,
        values=ThingNamed("illat"),
        by=prepared.lead,
        at=prepared.at(),
    )
    circle.remove_thing(Spot.objects.get(pk=thing.pk), by=prepared.lead, at=prepared.at())
    seen = [shape(prepared)]

    for _ in range(5):
        assert undo(prepared)
        seen.append(shape(prepared))

    assert (at(prepared, prepared.mother), drawn(prepared).find(thing.pk)) == (start, None)
    assert drawn(prepared).undo is None
    for before in reversed(seen[:-1]):
        assert redo(prepared)
        assert shape(prepared) == before
    assert drawn(prepared).redo is None


def shape(cast):
    """All that is drawn, without versions."""
    drawing = drawn(cast)
    figures = {one.pk: (one.name, one.what, one.at, {other.pk for other in one.ties}) for one in drawing.figures}
    return figures, {(one["one"], one["other"], one["path"]) for one in drawing.threads}


def test_a_thing_that_comes_back_has_its_ties(prepared):
    thing = add(prepared)
    tie(prepared, prepared.mother, thing)
    circle.remove_thing(thing, by=prepared.lead, at=prepared.at())
    assert drawn(prepared).threads == []

    undo(prepared)

    assert [one.name for one in drawn(prepared).find(prepared.mother.pk).ties] == ["aamut"]


@pytest.mark.complaint(57)
def test_what_was_taken_away_can_be_brought_back_by_anybody_at_any_time(prepared):
    """Also when undoing does not reach it any more."""
    thing = add(prepared)
    tie(prepared, prepared.mother, thing)
    for _ in range(2):
        undo(prepared)
    move(prepared, prepared.mother, 300, 300)
    assert (drawn(prepared).redo, drawn(prepared).find(thing.pk)) == (None, None)
    assert [one.name for one in drawn(prepared).removed] == ["aamut"]

    for _ in range(2):
        circle.return_thing(Spot.objects.get(pk=thing.pk), by=prepared.coordinator, at=prepared.at())

    assert (drawn(prepared).find(thing.pk).name, drawn(prepared).removed) == ("aamut", [])
    assert undo(prepared, by=prepared.coordinator) is True
    assert drawn(prepared).find(thing.pk) is None


def test_what_was_taken_back_comes_again_in_the_order_in_which_it_was_done(prepared):
    names = [f"asia {number}" for number in range(6)]
    for name in names:
        add(prepared, name=name)
    for _ in names:
        undo(prepared)
    seen = []

    for _ in names:
        redo(prepared)
        seen.append({spot.name for spot in Spot.objects.filter(removed_at=None)} & set(names))

    assert seen == [set(names[:number]) for number in range(1, 7)]


def test_after_something_new_nothing_is_done_again(prepared):
    move(prepared, prepared.mother, 300, 300)
    undo(prepared)
    move(prepared, prepared.child, 700, 300)

    assert drawn(prepared).redo is None


def test_pressing_undo_twice_takes_one_move_back(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 320, 300, version=1)
    last = Move.objects.get(number=2)
    for _ in range(2):
        circle.undo(prepared.fresh(), last.pk, by=prepared.lead, at=prepared.at())

    assert at(prepared, prepared.mother) == (300, 300)


def test_one_takes_back_only_what_one_has_drawn(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.child, 700, 300, by=prepared.coordinator)

    undo(prepared, by=prepared.coordinator)
    undo(prepared, by=prepared.coordinator)

    assert at(prepared, prepared.mother) == (300, 300)
    assert at(prepared, prepared.child) == geometry.default_place("own", 1)


def test_undoing_leaves_what_another_has_moved_since(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 400, 300, version=1, by=prepared.coordinator)

    assert undo(prepared) is False
    assert at(prepared, prepared.mother) == (400, 300)
    assert undo(prepared, by=prepared.coordinator) is True
    assert at(prepared, prepared.mother) == (300, 300)


def test_when_two_move_the_same_the_later_place_holds_and_it_is_told(prepared):
    assert move(prepared, prepared.mother, 300, 300) is True

    assert move(prepared, prepared.mother, 400, 300, by=prepared.coordinator) is False
    assert at(prepared, prepared.mother) == (400, 300)


# ---------------------------------------------------------------- ties and things


def test_a_tie_is_one_whichever_end_it_is_drawn_from(prepared):
    tie(prepared, prepared.mother, prepared.close_one)
    tie(prepared, prepared.close_one, prepared.mother)

    assert (Tie.objects.count(), Move.objects.count()) == (1, 1)


def test_the_database_refuses_a_second_tie_between_two(prepared):
    tie(prepared, prepared.mother, prepared.close_one)
    (there,) = Tie.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        Tie(matter=prepared.matter, one=there.one, other=there.other, by=prepared.lead).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie(matter=prepared.matter, one=there.other, other=there.one, by=prepared.lead).save()


def test_nobody_is_tied_to_themselves(prepared):
    with pytest.raises(Refused):
        tie(prepared, prepared.mother, prepared.mother)


def test_a_tie_is_taken_away_and_comes_back(prepared):
    tie(prepared, prepared.mother, prepared.close_one)

    circle.untie(prepared.fresh(), prepared.close_one.pk, prepared.mother.pk, by=prepared.lead, at=prepared.at())
    assert drawn(prepared).threads == []
    undo(prepared)

    assert len(drawn(prepared).threads) == 1


def test_pressing_twice_adds_a_thing_once(prepared):
    key = uuid4()
    for _ in range(2):
        add(prepared, idempotency_key=key)

    assert (Spot.objects.count(), Move.objects.count()) == (1, 1)


def test_a_person_is_not_taken_away(prepared):
    move(prepared, prepared.mother, 300, 300)

    with pytest.raises(Refused):
        circle.remove_thing(Spot.objects.get(pk=prepared.mother.pk), by=prepared.lead, at=prepared.at())
    assert drawn(prepared).find(prepared.mother.pk) is not None


def test_a_name_that_somebody_changed_first_is_told(prepared):
    thing = add(prepared)
    move(prepared, thing, 500, 500)

    with pytest.raises(Stale) as stale:
        circle.name_thing(thing, version=0, values=ThingNamed("illat"), by=prepared.lead, at=prepared.at())
    assert stale.value.now == {"name": "aamut", "note": "pyörällä kouluun", "version": 1}


@pytest.mark.parametrize("act", ["add", "move", "tie", "undo"])
def test_a_closed_matter_is_not_drawn_on(cast, act):
    cast.to("following").open()
    move(cast, cast.mother, 300, 300)
    cast.close()
    acts = {
        "add": lambda: add(cast),
        "move": lambda: move(cast, cast.mother, 310, 300),
        "tie": lambda: tie(cast, cast.mother, cast.child),
        "undo": lambda: undo(cast),
    }

    with pytest.raises(Refused):
        acts[act]()
    assert Move.objects.filter(undone_at=None).count() == 1


def test_a_spot_of_another_matter_cannot_be_tied(prepared, region):
    other = factories.Cast(region).to("preparing")

    with pytest.raises(Refused):
        tie(prepared, prepared.mother, other.mother)
