"""The page of what was proved: whose tree, which day, and how old that is."""

import subprocess
from datetime import date

import pytest

from tests import proved
from tests.proved import Proof

OLD, NEW = "1" * 40, "2" * 40


@pytest.fixture
def house(tmp_path):
    """A small repository with a file and the page, all committed."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "docs").mkdir()
    (tmp_path / "code.py").write_text("right\n")
    (tmp_path / proved.PAGE).write_text(proved.written({}))
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message", "x")
    return tmp_path


def git(house, *words):
    return subprocess.run(["git", *words], cwd=house, check=True, capture_output=True, text=True).stdout


def stored(house):
    """Everything that git keeps of the house."""
    return {path: path.read_bytes() for path in (house / ".git").rglob("*") if path.is_file()}


# ---------------------------------------------------------------- whose tree


def test_the_tree_is_the_commits_own_without_the_page(house):
    git(house, "rm", "--quiet", "--cached", proved.PAGE)
    expected = git(house, "write-tree").strip()
    git(house, "add", proved.PAGE)

    assert proved.tree(house) == expected


def test_writing_the_page_leaves_the_tree_the_same(house):
    before = proved.tree(house)

    proved.write(Proof("ways", before, date(2026, 11, 26), "8 passed"), house)

    assert proved.tree(house) == before


def test_a_changed_file_is_another_tree_before_it_is_committed(house):
    before = proved.tree(house)

    (house / "code.py").write_text("wrong\n")

    assert proved.tree(house) != before
    (house / "code.py").write_text("right\n")
    assert proved.tree(house) == before


def test_a_file_that_git_does_not_keep_changes_nothing(house):
    before = proved.tree(house)

    (house / "notes.txt").write_text("mine")

    assert proved.tree(house) == before


def test_looking_changes_nothing_in_the_repository(house):
    (house / "code.py").write_text("wrong\n")
    before = stored(house)

    proved.tree(house)

    assert stored(house) == before


# ---------------------------------------------------------------- the page


def test_a_part_that_was_not_run_keeps_its_line(house):
    proved.write(Proof("ways", OLD, date(2026, 11, 1), "8 passed; 21 min"), house)
    proved.write(Proof("pages", NEW, date(2026, 11, 26), "312 passed; 14 min"), house)

    page = (house / proved.PAGE).read_text()
    assert page.splitlines()[-2:] == [
        f"| pages | {NEW} | 2026-11-26 | 312 passed; 14 min |",
        f"| ways | {OLD} | 2026-11-01 | 8 passed; 21 min |",
    ]


def test_a_part_that_is_run_again_has_its_new_line_only(house):
    proved.write(Proof("ways", OLD, date(2026, 11, 1), "8 passed"), house)

    proved.write(Proof("ways", NEW, date(2026, 11, 26), "9 passed"), house)

    assert proved.read((house / proved.PAGE).read_text()) == {
        "ways": Proof("ways", NEW, date(2026, 11, 26), "9 passed")
    }


def test_figures_stay_in_their_cell(house):
    proved.write(Proof("mutants", NEW, date(2026, 11, 26), "a | b\nc"), house)

    assert proved.read((house / proved.PAGE).read_text())["mutants"].figures == "a / b c"


# ---------------------------------------------------------------- its age


def test_each_part_tells_its_age_and_whether_it_was_this_tree():
    proofs = {
        "pages": Proof("pages", NEW, date(2026, 11, 26), "312 passed"),
        "ways": Proof("ways", OLD, date(2026, 11, 25), "8 passed"),
        "trust": Proof("trust", NEW, date(2026, 10, 27), "FAILED (exit code 1)"),
    }

    assert list(proved.ages(proofs, NEW, date(2026, 11, 26))) == [
        "pages: this tree, 0 days ago: 312 passed",
        "ways: another tree, 1 day ago: 8 passed",
        "trust: this tree, 30 days ago: FAILED (exit code 1)",
        "mutants: never proved",
    ]


def test_a_house_without_git_and_without_the_page_is_told_as_never_proved(tmp_path):
    assert proved.report(tmp_path) == [f"{part}: never proved" for part in proved.PARTS]


def test_a_house_without_git_is_no_proved_tree(tmp_path):
    (tmp_path / "docs").mkdir()
    proved.write(Proof("ways", OLD, date.today(), "8 passed"), tmp_path)  # noqa: DTZ011

    assert proved.report(tmp_path)[1] == "ways: another tree, 0 days ago: 8 passed"
