"""A rule refuses with its own sentence; rules combine."""

import pytest

from kudelma.core import rules
from kudelma.core.errors import Forbidden
from kudelma.core.rules import RULES, may, require, rule


@rule("Only A can.")
def is_a(actor, thing):
    return actor == "a"


@rule("It is closed.")
def is_open(actor, thing):
    return thing == "open"


@pytest.mark.parametrize(
    ("combined", "actor", "thing", "refusal"),
    [
        (is_a & is_open, "a", "open", None),
        (is_a & is_open, "b", "open", "Only A can."),
        (is_a & is_open, "a", "shut", "It is closed."),
        (is_a | is_open, "b", "open", None),
        (is_a | is_open, "b", "shut", "It is closed."),
    ],
)
def test_rules_combine_and_tell_why(combined, actor, thing, refusal):
    assert combined.refusal(actor, thing) == refusal


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
