"""What cannot be undone is asked once more before it is done, with the name of whom it is about."""

import re
from pathlib import Path

import kudelma

PRESSED = re.compile(r"\{% url '([\w:-]+)'[^%]*as to %\}(?:(?!\{% url ).)*?\{% ui \"press\"(.*?)%\}", re.DOTALL)
FOR_GOOD = {
    "plans:take-back", "orders:discard", "people:end-seat", "members:withdraw-consent", "members:lift-limit",
    "pairing:offer",
}  # fmt: skip
"""Addresses whose one press nobody can take back; what has a page of its own that asks is not among them."""


def pressed():
    """[(address, whether its button asks first)]"""
    texts = [file.read_text() for file in sorted(Path(kudelma.__file__).parent.rglob("*/templates/**/*.html"))]
    return [(name, "asks=" in props) for text in texts for name, props in PRESSED.findall(text)]


def test_what_cannot_be_undone_is_asked_first_and_nothing_else_is():
    every = pressed()

    assert {name for name, asks in every if asks} == FOR_GOOD
    assert len({name for name, asks in every if not asks}) > 10
