"""The runner on a small house of its own: an obvious change is killed, one that nothing tests survives and is told."""

import os
import subprocess
import sys

import pytest

from .figures import Figures
from .kept import Kept, Verdict, equivalent
from .mutations import Module
from .targets import HERE, SOURCE, targets

SAMPLE = """\
def may(age):
    return age > 17


def nobody_tests_this(age):
    return age > 17


def counted(number):
    while number > 0:
        number -= 1
    return number
"""
TESTS = """\
from sample import counted, may, nobody_tests_this


def test_one_may_from_eighteen():
    assert [may(17), may(18)] == [False, True]


def test_it_is_counted_down():
    assert counted(3) == 0
"""
DRIVER = """
from pathlib import Path
from tests.mutants import judges
from tests.mutants.kept import Kept
from tests.mutants.runner import Run, judge
from tests.mutants.targets import Target

judges.PATIENCE = 0.4
here = Path.cwd()
target = Target("sample.py", here / "sample.py", (here / "test_sample.py",))
kept = Kept("a key", here / "kept")
run = Run([target], ["sample.py"], kept, until=UNTIL, gone=kept.verdicts())
print(len(run.order), "to judge")
if run.order:
    judge(run, "-c", "pytest.ini", "-p", "no:django", warm=None)
print("\\n".join(run.figures({}).told()))
"""


@pytest.fixture
def house(tmp_path):
    (tmp_path / "sample.py").write_text(SAMPLE)
    (tmp_path / "test_sample.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    return tmp_path


def played(house, until="float('inf')"):
    answer = subprocess.run(
        [sys.executable, "-c", DRIVER.replace("UNTIL", until)], cwd=house, check=False, text=True,
        capture_output=True, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(HERE)},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_what_is_tested_is_killed_what_is_not_survives_and_what_does_not_end_is_killed_by_time(house):
    told = played(house)

    survived = [line for line in told.splitlines() if line.startswith("survived")]
    assert [line.split(": ")[0] for line in survived] == ["survived  sample.py nobody_tests_this"] * 5
    assert {line.rpartition("; ")[2] for line in survived} == {"no test runs it)"}
    outcomes = Kept("a key", house / "kept").verdicts()
    obvious = outcomes["sample.py may: > → <= in age > 17"]
    assert (obvious.outcome, obvious.by) == ("killed", "test_sample.py::test_one_may_from_eighteen")
    endless = "sample.py counted: without number -= 1"
    assert outcomes[endless] == Verdict(endless, "timed out", key="a key")
    assert (house / "sample.py").read_text() == SAMPLE


def test_a_run_that_was_stopped_goes_on_where_it_ended_and_a_finished_one_asks_nothing(house):
    first = played(house, until="0")
    assert "are still to be judged: run it again" in first

    second = played(house)
    third = played(house)

    assert int(second.split(" to judge")[0]) > 0
    assert third.startswith("0 to judge")
    assert second.splitlines()[-1] == third.splitlines()[-1]


# ---------------------------------------------------------------- figures


def figures(*outcomes, same=()):
    names = [f"change {number}" for number in range(len(outcomes))]
    module = Module("a.py", "\n".join(f"x{number} = {number} == None" for number in range(len(names))), "a.py")
    mutations = module.mutations[: len(names)]
    verdicts = {
        one.name: Verdict(one.name, outcome) for one, outcome in zip(mutations, outcomes, strict=True) if outcome
    }
    return Figures(mutations, verdicts, {mutations[number].name: "The same." for number in same})


def test_the_share_is_of_what_was_judged_and_makes_a_difference():
    told = figures(*["killed"] * 18, "timed out", "survived", "survived", same=[20])

    assert told.summary() == "mutants 19/20 95.0 %, 1 of them by time; 1 more make no difference"
    assert told.is_enough


def test_below_what_it_is_held_to_it_is_not_enough():
    assert not figures(*["killed"] * 18, "survived").is_enough


def test_while_one_is_not_judged_it_is_not_enough():
    told = figures(*["killed"] * 99, "")

    assert not told.is_enough
    assert told.summary().endswith("; 1 not judged")


def test_one_that_is_said_to_make_no_difference_and_is_noticed_is_told():
    told = figures(*["killed"] * 3, same=[0])

    assert not told.is_enough
    assert [line for line in told.told() if "is said to make no difference" in line]


# ---------------------------------------------------------------- what is judged


def test_every_file_of_rules_and_of_querysets_is_judged_and_each_by_some_test():
    files = {target.file for target in targets()}

    rooms = {
        path.relative_to(SOURCE).as_posix() for name in ("rules", "queries") for path in SOURCE.glob(f"*/{name}.py")
    }
    assert rooms <= files
    for target in targets():
        assert target.path.exists(), target.file
        assert [test for test in target.tests[1:] if not test.exists()] == [], target.file


@pytest.fixture(scope="module")
def changes():
    """{file: the names of its changes}"""
    return {
        target.file: [one.name for one in Module(target.file, target.source, str(target.path)).mutations]
        for target in targets()
    }


def test_every_change_of_the_product_has_a_name_of_its_own(changes):
    assert [file for file, names in changes.items() if not names or len(names) > len(set(names))] == []


def test_every_change_that_is_said_to_make_no_difference_is_still_one_and_has_its_reason(changes):
    said = equivalent()

    assert sorted(set(said) - {name for names in changes.values() for name in names}) == []
    assert [name for name, reason in said.items() if len(reason.split()) < 4] == []
