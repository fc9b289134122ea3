"""The circle: everybody has a place, every move is kept with its way back, and a tie is one from both ends."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

import factories
from circle.circles import add, at, at_hand, drawn, move, redo, tie, undo
from kudelma.circle import actions as circle
from kudelma.circle import geometry
from kudelma.circle.geometry import Ring
from kudelma.circle.inputs import ThingNamed
from kudelma.circle.models import Spot, Tie
from kudelma.circle.moves import MoveKind, Renaming, Step
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.live.inputs import Device
from kudelma.live.models import Operation
from kudelma.members.actions import people


@pytest.fixture
def prepared(cast):
    cast.to("preparing").open()
    return cast


def moves():
    """The operations that did something."""
    return Operation.objects.filter(gone=False)


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

    kept = [
        (each.number, each.kind, each.about, each.base, Step.read(each.payload), each.seat)
        for each in Operation.objects.filter(target=prepared.matter.pk, space=prepared.matter.pk)
    ]
    mother, lead = prepared.mother.pk, prepared.lead.pk
    assert kept == [
        (1, MoveKind.MOVED, mother, 0, Step(None, (300, 300), is_alone=True), lead),
        (2, MoveKind.MOVED, mother, 1, Step((300, 300), (320, 300), is_alone=True), lead),
    ]
    assert at(prepared, prepared.mother) == (320, 300)


def test_a_move_sent_twice_moves_once(prepared):
    key = uuid4()
    for x in (300, 310):
        move(prepared, prepared.mother, x, 300, idempotency_key=key)

    assert (moves().count(), at(prepared, prepared.mother)) == (1, (300, 300))


def test_a_place_that_is_had_already_is_no_move(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 300, 300, version=1)

    assert moves().count() == 1


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
    assert at_hand(prepared).undo is None
    for before in reversed(seen[:-1]):
        assert redo(prepared)
        assert shape(prepared) == before
    assert at_hand(prepared).redo is None


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
    assert (at_hand(prepared).redo, drawn(prepared).find(thing.pk)) == (None, None)
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

    assert at_hand(prepared).redo is None


def test_pressing_undo_twice_takes_one_move_back(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 320, 300, version=1)
    last = Operation.objects.get(number=2)
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

    assert (Tie.objects.count(), moves().count()) == (1, 1)


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

    assert (Spot.objects.count(), moves().count()) == (1, 1)


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
    assert Operation.objects.filter(target=cast.matter.pk).count() == 1


def test_a_spot_of_another_matter_cannot_be_tied(prepared, region):
    other = factories.Cast(region).to("preparing")

    with pytest.raises(Refused):
        tie(prepared, prepared.mother, other.mother)


# ---------------------------------------------------------------- what the ledger keeps


def test_an_answer_is_the_same_when_a_move_is_sent_again(prepared):
    keys = [uuid4(), uuid4()]
    move(prepared, prepared.mother, 300, 300, by=prepared.coordinator)

    first = [
        move(prepared, prepared.mother, 400, 300, version=version, idempotency_key=key)
        for version, key in zip((0, 2), keys, strict=True)
    ]
    again = [move(prepared, prepared.mother, 400, 300, version=version, idempotency_key=key)
             for version, key in zip((0, 2), keys, strict=True)]  # fmt: skip

    assert first == again == [False, True]


def test_undoing_that_left_what_another_did_says_so_again(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 400, 300, version=1, by=prepared.coordinator)
    key, last = uuid4(), at_hand(prepared).undo.pk

    told = [
        circle.undo(prepared.fresh(), last, idempotency_key=key, by=prepared.lead, at=prepared.at()) for _ in range(2)
    ]

    assert told == [False, False]


def test_the_id_of_another_move_moves_nothing(prepared):
    key = uuid4()
    move(prepared, prepared.mother, 300, 300, idempotency_key=key)

    with pytest.raises(KeyReused):
        move(prepared, prepared.child, 300, 300, idempotency_key=key)
    assert at(prepared, prepared.child) == geometry.default_place("own", 1)


def test_what_changed_nothing_is_counted_for_its_outbox_and_not_taken_back(prepared):
    outbox = uuid4()
    tie(prepared, prepared.mother, prepared.child)
    press = {"by": prepared.lead, "at": prepared.at()}

    circle.tie(prepared.fresh(), prepared.child.pk, prepared.mother.pk, device=Device(outbox, 1), **press)
    circle.undo(prepared.fresh(), uuid4(), device=Device(outbox, 2), **press)
    circle.untie(prepared.fresh(), prepared.child.pk, prepared.mother.pk, device=Device(outbox, 3), **press)

    assert list(Operation.objects.values_list("kind", "gone", "device_number")) == [
        (MoveKind.TIED, False, None), (MoveKind.TIED, True, 1), ("undo", True, 2), (MoveKind.UNTIED, False, 3),
    ]  # fmt: skip


def test_words_that_were_changed_are_kept_sealed_until_the_matter_closes(cast):
    cast.to("following").open()
    thing = add(cast)
    circle.name_thing(thing, version=0, values=ThingNamed("illat"), by=cast.lead, at=cast.at())
    named = Operation.objects.get(kind=MoveKind.NAMED)
    before, after = ThingNamed("aamut", "pyörällä kouluun"), ThingNamed("illat")
    assert Renaming.read(named.payload) == Renaming(before, after)

    cast.close()

    assert [(each.gone, each.payload) for each in Operation.objects.filter(target=cast.matter.pk)] == [(True, "")] * 2


def test_who_is_not_invited_after_all_leaves_no_move_behind(prepared):
    move(prepared, prepared.child, 700, 300)
    tie(prepared, prepared.mother, prepared.close_one)
    move(prepared, prepared.close_one, 310, 300)
    assert [each.about for each in moves()] == [each.pk for each in
            (prepared.child, prepared.mother, prepared.close_one)]  # fmt: skip

    people.withdraw_permission(prepared.close_one, by=prepared.lead, at=prepared.at())

    assert [each.about for each in moves()] == [prepared.child.pk]
    assert undo(prepared) is True
    assert at(prepared, prepared.child) == geometry.default_place("own", 1)
    assert at(prepared, prepared.close_one) == (310, 300)


@pytest.mark.parametrize("words", ["aamut", 'sitaatti "ja" \\', "🦉" * 40, "ä" * 40])
def test_words_come_back_as_they_were_written(words):
    renaming = Renaming(ThingNamed(words, "x" * 80), ThingNamed("illat"))

    assert Renaming.read(renaming.payload()) == renaming
