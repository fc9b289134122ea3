"""That the evidence of a journey can find what it looks for."""

import base64
import sqlite3

import pytest

from journeys.evidence import spoken, standing_in
from kudelma.core import paper

MARK = "Merkki 0123456789ab"


@pytest.mark.parametrize(
    "hidden",
    [
        MARK.encode(),
        b"\\x" + MARK.encode().hex().encode(),
        base64.b64encode(b'{"a": "' + MARK.encode() + b'"}'),
        base64.b64encode(b'{"ab": "' + MARK.encode() + b'"}'),
        base64.b64encode(b'{"abc": "' + MARK.encode() + b'"}'),
        MARK.encode("utf-16-le"),
    ],
)
def test_a_text_is_found_in_whatever_shape_it_lies(hidden):
    assert standing_in([MARK, "Merkki 000000000000"], b"before " + hidden + b" after") == {MARK}


def test_a_text_is_found_in_a_database_file(tmp_path):
    with sqlite3.connect(tmp_path / "a.sqlite3") as connection:
        connection.execute("create table lines (text blob)")
        connection.execute("insert into lines values (?)", [MARK.encode()])
    connection.close()

    assert standing_in([MARK], (tmp_path / "a.sqlite3").read_bytes()) == {MARK}


def test_what_stands_on_paper_is_read_with_its_heading_tag_and_language(tmp_path):
    def person(name, language, what):
        return {
            "name": name, "language": language, "relation": "", "note": "",
            "rows": [{"what": what, "parts": [{"label": "Milloin:", "text": f"{what} pian"}], "note": ""}],
        }  # fmt: skip

    data = {
        "title": "Suunnitelma", "foot": "", "facts": [], "onwards": [], "note": "",
        "people": [person("Aino", "fi", "Soitan"), person("Nils", "sv", "Ringer")],
    }  # fmt: skip
    said = spoken(paper.pdf("plans/paper/plan.typ", data, language="fi"), tmp_path)

    assert ("Aino", "P", "fi", "Soitan") in said
    assert [(one.under, one.language) for one in said if "Ringer" in one.text] == [("Nils", "sv"), ("Nils", "sv")]
    assert [one.language for one in said if one.text == "Milloin:"] == ["fi", "fi"]
