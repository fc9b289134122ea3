"""Counts are summed over every process of a run, and one above its bound is named."""

import multiprocessing
from pathlib import Path

import pytest

import counts


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(counts.FOLDER, str(tmp_path))
    monkeypatch.setattr(
        counts, "BOUNDS", {"looks": counts.Bound(5, "one for each page"), "starts": counts.Bound(1, "")}
    )
    return tmp_path


def test_counts_of_several_processes_are_summed(folder):
    counts.add("looks", 2)
    counts.add("looks")
    other = multiprocessing.get_context("fork").Process(target=counts.add, args=("looks", 2))
    other.start()
    other.join()

    assert len(list(folder.iterdir())) == 2
    assert counts.sums(folder) == {"looks": 5, "starts": 0}


def test_a_sum_that_reaches_its_bound_holds(folder):
    counts.add("looks", 5)

    assert counts.above(counts.sums(folder)) == []
    assert counts.lines(counts.sums(folder)) == ["ok   looks: 5 of at most 5", "ok   starts: 0 of at most 1"]


def test_a_sum_above_its_bound_is_named_with_its_reason(folder):
    counts.add("looks", 6)

    assert counts.above(counts.sums(folder)) == ["looks"]
    assert counts.lines(counts.sums(folder))[0] == "FAIL looks: 6 of at most 5 (one for each page)"


def test_a_name_without_a_bound_is_refused(folder):
    with pytest.raises(KeyError):
        counts.add("lokos")

    assert list(folder.iterdir()) == []


def test_nothing_is_written_when_no_run_counts(folder, monkeypatch):
    monkeypatch.delenv(counts.FOLDER)

    counts.add("looks")

    assert list(folder.iterdir()) == []
