"""Each complaint that the page of complaints tells of is met by a test that names it, and none is named beside it."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
PAGE = (TESTS.parent / "docs/complaints.md").read_text()


def told(page: str) -> list[int]:
    """The numbers of the page, in its order. Each line tells what people say and what is done about it."""
    lines = [re.split(r"\s*\|\s*", line.strip("| ")) for line in page.splitlines() if re.match(r"\| \d", line)]
    assert [line for line in lines if len(line) != 3 or not all(line)] == []
    return [int(line[0]) for line in lines]


def named(source: str) -> dict[str, list[int]]:
    """{test: the numbers of its marker}"""
    found = {}
    for node in ast.walk(ast.parse(source)):
        for mark in getattr(node, "decorator_list", []):
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.complaint":
                found[node.name] = [ast.literal_eval(number) for number in mark.args]
    return found


def apart(page: str, sources: list[str]) -> tuple[list[int], list[int]]:
    """The numbers that no test names, and those that do not stand on the page."""
    numbers = {number for source in sources for found in named(source).values() for number in found}
    return sorted({*told(page)} - numbers), sorted(numbers - {*told(page)})


def sources() -> list[str]:
    return [file.read_text() for file in TESTS.rglob("test_*.py")]


def test_each_complaint_is_named_by_a_test_and_each_that_is_named_stands_on_the_page():
    assert apart(PAGE, sources()) == ([], [])


def test_the_complaints_stand_once_and_in_order():
    assert told(PAGE) == sorted(set(told(PAGE)))


def test_only_tests_name_a_complaint_and_each_names_one_at_least():
    marked = [(name, numbers) for source in sources() for name, numbers in named(source).items()]

    assert len(marked) > 50
    assert [name for name, numbers in marked if not name.startswith("test_") or not numbers] == []


def test_one_that_no_test_names_and_one_that_no_line_tells_are_found():
    page = "| 3 | Nobody is told. | Everybody is. |\n| 4 | It is lost. | It is kept. |\n"
    source = "@pytest.mark.complaint(4, 5)\ndef test_it_is_kept():\n    pass\n"

    assert apart(page, [source]) == ([3], [5])


def test_a_line_that_does_not_say_what_is_done_is_found():
    with pytest.raises(AssertionError):
        told("| 3 | Nobody is told. | |\n")
