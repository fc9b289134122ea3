"""What no font has stands as a named box; the list of what the fonts have is true."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from kudelma.core import paper


def test_the_list_of_covered_letters_is_what_the_fonts_hold():
    held = {code for file in paper.FONTS.glob("*.ttf") for code in TTFont(file).getBestCmap()}

    assert paper._covered() == held


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Aino", [{"text": "Aino"}]),
        ("a😀b", [{"text": "a"}, {"box": "grinning face"}, {"text": "b"}]),
        ("a\x00b", [{"text": "ab"}]),
        ("", []),
    ],
)
def test_text_becomes_runs(text, runs):
    assert paper.runs(text) == runs


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_compiles(text):
    person = {
        "name": text, "relation": text, "language": "fi", "note": text,
        "rows": [{"what": text, "parts": [{"label": "Kenen kanssa", "text": text}], "note": text}],
    }  # fmt: skip
    data = {
        "title": "Suunnitelma", "foot": text, "facts": [text], "people": [person],
        "onwards": [{"label": "Seuraavaksi", "text": text}], "note": text,
    }  # fmt: skip

    assert paper.pdf("plans/paper/plan.typ", data, language="fi").startswith(b"%PDF")
