"""What the house promises of its own shape, and that each of its figures can tell when that is broken."""

import pytest

from house_figures import BLOCK, DIALECT, File, House, read

MOST_LINES = 400
MOST_DUPLICATES = 3


@pytest.fixture(scope="module")
def house():
    return read()


def made_of(**sources):
    """A house of one room, in which each file is called as its keyword says."""
    return House(File(f"kudelma/room/{name}.py", source) for name, source in sources.items())


def too_long(house):
    return [file.name for file in house.files if len(file.lines) > MOST_LINES]


def test_no_file_is_too_long(house):
    assert len(house.files) > 200
    assert too_long(house) == []


def test_no_module_imports_itself_by_way_of_others(house):
    assert 10 < house.depth <= 14
    assert house.cycles == []


def test_hardly_anything_stands_twice(house):
    assert len(house.duplicates) <= MOST_DUPLICATES, house.duplicates


def test_a_file_that_is_too_long_is_found():
    assert too_long(made_of(short="x = 1\n" * MOST_LINES, long="x = 1\n" * (MOST_LINES + 1))) == [
        "kudelma/room/long.py"
    ]


def test_a_cycle_is_found_and_the_depth_counts_it_once():
    house = made_of(
        first="from kudelma.room import second",
        second="from kudelma.room.third import name",
        third="import kudelma.room.second",
    )

    assert house.cycles == [["kudelma.room.second", "kudelma.room.third"]]
    assert house.depth == 2


def test_a_late_import_makes_no_cycle_and_is_named():
    house = made_of(first="from kudelma.room import second", second="def f():\n    from kudelma.room import first")

    assert house.cycles == []
    assert house.late_imports == ["kudelma/room/second.py:2"]


def test_a_block_that_stands_twice_is_found_once_however_long_it_is():
    block = "\n".join(f"line_{number} = {number}" for number in range(BLOCK + 3))
    house = made_of(first=block, second=f"\n\nother = 0\n{block}")

    assert house.duplicates == ["kudelma/room/first.py:1 = kudelma/room/second.py:4"]


def test_a_shorter_block_and_lines_that_say_nothing_are_no_duplicate():
    short = "\n".join(f"line_{number} = {number}" for number in range(BLOCK - 1))
    brackets = "\n".join(["import os", ")", "    }", "pass", "# what is meant", "return", '"""Text."""'])

    assert made_of(first=short, second=short, third=brackets, fourth=brackets).duplicates == []


def test_lines_of_functions_are_counted_from_def_to_the_end():
    assert made_of(first="@decorated\ndef f():\n    return (\n        1\n    )\n").lines_of_functions == [4]


def test_comments_and_dialect_are_counted():
    house = made_of(first="# why\none = found = 1  # no line of its own\n" + "x = 1\n" * 98)

    assert house.comments_a_hundred == 1
    assert house.dialect == dict.fromkeys(DIALECT, 0) | {"one": 1, "found": 1}


def test_the_largest_room_is_named_with_its_share():
    house = House([File("kudelma/small/a.py", "x = 1\n"), File("kudelma/large/a.py", "x = 1\n" * 3)])

    assert house.largest_room == ("large", 0.75)
