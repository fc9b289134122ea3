"""A rule refuses with its own sentence; rules combine."""

import sys
from operator import and_, or_

import pytest
from django.apps import apps

from kudelma.core import rules
from kudelma.core.errors import Forbidden
from kudelma.core.rules import RULES, asked_once, may, require, rule


@rule("Only A can.")
def is_a(actor, thing):
    return actor == "a"


@rule("It is closed.")
def is_open(actor, thing):
    return thing == "open"


@pytest.mark.parametrize(
    ("combine", "actor", "thing", "refusal"),
    [
        (and_, "a", "open", None),
        (and_, "b", "open", "Only A can."),
        (and_, "a", "shut", "It is closed."),
        (or_, "a", "shut", None),
        (or_, "b", "open", None),
        (or_, "b", "shut", "It is closed."),
    ],
)
def test_rules_combine_and_tell_why(combine, actor, thing, refusal):
    is_named_a = rule("Only A can.")(lambda actor, thing: actor == "a")

    assert combine(is_named_a, is_open).refusal(actor, thing) == refusal


def counted():
    """A rule that looks, and how often it has looked."""
    looks = []

    @rule("It was not seen.")
    def is_seen(actor, thing):
        looks.append((actor, thing))
        return thing == "open"

    return is_seen, looks


def test_inside_the_block_a_question_is_asked_once_of_the_same_seat_and_thing():
    is_seen, looks = counted()

    with asked_once():
        answers = [(is_seen | is_seen & is_seen).refusal(actor, thing) for thing in ("open", "shut") for actor in "aab"]

    assert answers == [None, None, None, *["It was not seen."] * 3]
    assert looks == [("a", "open"), ("b", "open"), ("a", "shut"), ("b", "shut")]


def test_after_the_block_it_is_asked_anew():
    is_seen, looks = counted()
    is_broken = rule("It broke.")(lambda actor, thing: 1 / 0)

    with pytest.raises(ZeroDivisionError), asked_once():
        (is_seen & is_broken).refusal("a", "open")
    is_seen.refusal("a", "open")
    is_seen.refusal("a", "open")

    assert len(looks) == 3


def test_require_raises_with_the_rules_name_and_sentence(monkeypatch):
    monkeypatch.setitem(RULES, "test.do", is_a)

    with pytest.raises(Forbidden) as refused:
        require("b", "test.do")

    assert (refused.value.rule, refused.value.sentence) == ("test.do", "Only A can.")
    assert may("a", "test.do")
    assert not may(None, "test.do")


def test_a_name_that_is_no_rule_is_a_bug():
    with pytest.raises(KeyError):
        require("a", "no.such.rule")


def test_two_rooms_cannot_claim_one_name(monkeypatch):
    first = next(iter(RULES))
    assert first in RULES

    with pytest.raises(ValueError, match="two rules"):
        rules.gather()


def test_the_rules_of_every_room_are_gathered_and_a_room_may_have_none(monkeypatch):
    monkeypatch.setattr(rules, "RULES", {})

    rules.gather()

    assert rules.RULES == RULES
    assert {name.partition(".")[0] for name in rules.RULES} < {room.label for room in apps.get_app_configs()}


def test_rules_that_do_not_load_do_not_pass_for_none(monkeypatch):
    monkeypatch.setattr(rules, "RULES", {})
    monkeypatch.setitem(sys.modules, "kudelma.members.models", None)
    monkeypatch.delitem(sys.modules, "kudelma.preparation.rules")

    with pytest.raises(ModuleNotFoundError):
        rules.gather()
