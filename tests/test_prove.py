"""A part of `make prove` has an hour, and what came out is written down whether it holds or not."""

import signal
import sys
from datetime import date

import pytest

from tests import parts, prove, proved

TREE = "1" * 40


@pytest.fixture
def proving(tmp_path):
    return prove.Proving(tmp_path)


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house whose tree is always the same."""
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(proved, "tree", lambda house: TREE)
    return tmp_path


def line(house, part):
    return proved.read((house / proved.PAGE).read_text())[part]


def test_the_last_line_of_a_program_is_its_figures(proving):
    proving.program("-c", "print('one by one'); print('57 of 58 killed')")

    assert (proving.figures, proving.troubles) == (["57 of 58 killed"], [])


def test_a_program_that_fails_is_trouble(proving):
    proving.program("-c", "print('40 of 58 killed'); exit(3)")

    assert (proving.figures, proving.troubles) == (["40 of 58 killed"], ["exit code 3"])


def test_what_takes_longer_than_its_time_is_stopped_and_says_so(tmp_path):
    proving = prove.Proving(tmp_path, seconds=0.5)

    code, _ = proving.run([sys.executable, "-c", "import time; time.sleep(100)"])

    assert code != 0
    assert proving.troubles == ["stopped after 0 min"]


def test_what_does_not_listen_is_stopped_too(tmp_path, monkeypatch):
    monkeypatch.setattr(prove, "TO_END_IN_SECONDS", 0.5)
    proving = prove.Proving(tmp_path, seconds=0.5)

    code, _ = proving.run(["sh", "-c", "trap '' INT; exec sleep 100"])

    assert code == -signal.SIGKILL


def test_what_ends_in_time_is_not_stopped(tmp_path):
    proving = prove.Proving(tmp_path, seconds=60)

    assert proving.run([sys.executable, "-c", "print('well')"]) == (0, "well\n")
    assert proving.troubles == []


def test_no_setting_of_whoever_runs_it_reaches_a_part(proving, monkeypatch):
    monkeypatch.setenv("KUDELMA_DATABASE_URL", "postgres://mine")

    _, output = proving.run(
        [sys.executable, "-c", "import os; print([n for n in os.environ if 'KUDELMA' in n])"], KUDELMA_KEYS_URL="x"
    )

    assert output == "['KUDELMA_KEYS_URL']\n"


def test_a_part_that_holds_is_written_with_its_figures(house, monkeypatch):
    monkeypatch.setitem(prove.PARTS, "ways", lambda proving: proving.figures.append("ways: 8 passed"))

    assert prove.prove("ways", house)

    assert line(house, "ways") == proved.Proof("ways", TREE, date.today(), "ways: 8 passed; 0 min")  # noqa: DTZ011


def test_a_part_that_does_not_hold_is_written_as_failed(house, monkeypatch):
    def fail(proving):
        proving.figures.append("ways: 7 passed, 1 failed")
        proving.troubles.append("exit code 1")

    monkeypatch.setitem(prove.PARTS, "ways", fail)

    assert not prove.prove("ways", house)

    assert line(house, "ways").figures == "FAILED (exit code 1); ways: 7 passed, 1 failed; 0 min"


def test_a_part_in_which_nothing_was_run_does_not_hold(house, monkeypatch):
    monkeypatch.setitem(prove.PARTS, "pages", lambda proving: None)

    assert not prove.prove("pages", house)


def test_files_that_change_meanwhile_are_not_proved(house, monkeypatch):
    trees = iter(["1" * 40, "2" * 40])
    monkeypatch.setattr(proved, "tree", lambda house: next(trees))
    monkeypatch.setitem(prove.PARTS, "ways", lambda proving: proving.figures.append("ways: 8 passed"))

    assert not prove.prove("ways", house)

    assert line(house, "ways").figures.startswith("FAILED (the files changed while it ran)")


def test_a_part_that_is_none_is_refused(capsys):
    assert prove.main(["way"]) == 2

    assert "There is no part way: pages, ways, trust, mutants." in capsys.readouterr().err


def test_every_part_has_its_line_on_the_page():
    assert tuple(prove.PARTS) == proved.PARTS


def test_each_marked_part_is_chosen_by_its_own_run():
    chosen = {f"prove(part='{part}')" for part in ("pages", "ways", "trust")}

    assert {parts.PAGES, parts.WAYS, parts.TRUST} == chosen
