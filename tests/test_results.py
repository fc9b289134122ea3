"""What is read from pytest's report: ends and times, of all parts together."""

from tests import results
from tests.results import Case

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest">
<testcase classname="tests.desk.test_desk" name="test_a[x]" time="0.250" />
<testcase classname="tests.desk.test_desk" name="test_b" time="3.500"><failure message="no">no</failure></testcase>
<testcase classname="tests.core.test_keys" name="test_c" time="1.000"><skipped message="later" /></testcase>
<testcase classname="tests.core.test_keys" name="test_d" time="0.125" />
</testsuite></testsuites>
"""


def test_a_report_is_read_test_by_test(tmp_path):
    file = tmp_path / "report.xml"
    file.write_text(REPORT)

    tests = results.read(file)

    assert tests == [
        Case(0.25, "desk.test_desk::test_a[x]", "passed"),
        Case(3.5, "desk.test_desk::test_b", "failed"),
        Case(1.0, "core.test_keys::test_c", "skipped"),
        Case(0.125, "core.test_keys::test_d", "passed"),
    ]
    assert results.ends(tests) == "1 skipped, 2 passed, 1 failed"


def test_no_test_at_all_is_said():
    assert results.ends([]) == "no test"


def test_the_slowest_of_all_parts_come_first():
    parts = {"SQLite": [Case(1.0, "a", "passed"), Case(3.0, "b", "passed")], "PostgreSQL": [Case(2.0, "a", "passed")]}

    assert list(results.slowest(parts, 2)) == ["   3.0 s  b  (SQLite)", "   2.0 s  a  (PostgreSQL)"]
