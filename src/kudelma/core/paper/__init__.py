"""Paper: a typst template and plain data in, a tagged PDF (PDF/UA-1) out. Whatever people typed prints.

Data goes in as JSON, so text stays text. A character that no font here has stands as a box with its
name. Ragged right, because justified lines cost sixteen times as much and read no better.
"""

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst

PACKAGE = Path(__file__).parent.parent.parent
FONTS = Path(__file__).parent / "fonts"
LONGEST_WORD = 40
SILENT = {"Mn", "Me"}
JOINERS = "\u00ad\u200b\u200c\u200d"
"""Soft hyphen and what joins or parts letters. Any other format character is not for paper."""


def pdf(template: str, data: dict[str, Any], *, language: str) -> bytes:
    """The sheet that `template` (a path inside the package) makes of `data`.

    data: strings, lists and dictionaries of them; each string may hold anything a person can type.
    language: such as "fi"; it is written into the document, for those who have it read aloud.
    """
    encoded = json.dumps({"language": language[:2], **_printable(data)})
    return typst.compile(
        str(PACKAGE / template),
        root=str(PACKAGE),
        font_paths=[str(FONTS)],
        # coverage.txt says what prints; a font of the machine would make it say something else.
        ignore_system_fonts=True,
        sys_inputs={"data": encoded},
        # Tagged, so that it can be read aloud. The standard refuses a glyph that no font has: hence the boxes.
        pdf_standards=["ua-1"],
    )


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return runs(value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value


def runs(text: str) -> list[dict[str, str]]:
    """`text` as runs of {"text": …} and {"box": name of a character no font here has}."""
    parts: list[dict[str, str]] = []
    for character in _breakable(unicodedata.normalize("NFC", text)):
        kind = "text" if _has_glyph(character) else "box"
        if _is_silent(character, kind):
            continue
        if kind == "text" and parts and "text" in parts[-1]:
            parts[-1]["text"] += character
        else:
            parts.append({kind: character if kind == "text" else _name(character)})
    return parts


def _breakable(text: str) -> str:
    """Let endless words break, so that they do not run off the page."""
    return " ".join(
        "\u200b".join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD)) or word
        for word in text.split(" ")
    )


def _has_glyph(character: str) -> bool:
    return character in "\n\t\u200b\u00ad" or ord(character) in _covered()


def _is_silent(character: str, kind: str) -> bool:
    """Controls never print; marks and joiners that no font has would only be a box beside their letter."""
    category = unicodedata.category(character)
    if category == "Cf":
        return kind == "box" or character not in JOINERS
    return (category in {"Cc", "Cs"} and character not in "\n\t") or (kind == "box" and category in SILENT)


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


@cache
def _covered() -> frozenset[int]:
    """Code points that a font here has, from the list beside the fonts (a test compares the two)."""
    ranges = (line.split("-") for line in (FONTS / "coverage.txt").read_text().split())
    return frozenset(code for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
