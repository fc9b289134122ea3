"""The end of a run: a count above its bound fails it, and the age of the longer proofs never does."""

import pytest

from tests import counts, everything, proved


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv(counts.FOLDER, str(tmp_path))
    monkeypatch.setattr(counts, "BOUNDS", {"looks": counts.Bound(2, "one for each page")})
    monkeypatch.setattr(proved, "report", lambda: ["pages: never proved"])
    return everything.Run(tmp_path)


def test_a_run_whose_counts_hold_ends_well_however_old_the_proofs_are(run, capsys):
    counts.add("looks", 2)

    run.end()

    assert capsys.readouterr().out.splitlines()[-5:] == [
        "Counts:",
        "ok   looks: 2 of at most 2",
        "",
        "Proved by `make prove`, which this run is not:",
        "pages: never proved",
    ]


def test_a_run_with_a_count_above_its_bound_fails(run, capsys):
    counts.add("looks", 3)

    with pytest.raises(SystemExit) as end:
        run.end()

    assert end.value.code == 1
    assert "FAIL looks: 3 of at most 2 (one for each page)" in capsys.readouterr().out.splitlines()


def test_a_part_that_fails_ends_the_run_with_its_exit_code(run, capsys):
    with pytest.raises(SystemExit) as end:
        run.part("types", *everything.parts.python("-c", "exit(3)"))

    assert end.value.code == 3
    assert capsys.readouterr().out.startswith("FAIL types: ")


def test_a_part_that_holds_goes_on(run, capsys):
    run.part("types", *everything.parts.python("-c", ""))

    assert capsys.readouterr().out.startswith("ok   types: ")
