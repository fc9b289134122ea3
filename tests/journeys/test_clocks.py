"""That a running process goes by the clock of its journey."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from journeys.clocks import Clock
from journeys.server import CLOCK

TELL = """
import sys, time
from datetime import UTC, datetime
for line in sys.stdin:
    print(time.time(), datetime.now(UTC).timestamp(), flush=True)
"""


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path / "clock")


@pytest.fixture
def told(clock):
    """Asks a process that runs all the time what time it is."""
    process = subprocess.Popen(
        [sys.executable, "-c", TELL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(CLOCK), "JOURNEY_CLOCK": str(clock.file)},
    )  # fmt: skip

    def ask() -> float:
        process.stdin.write("\n")
        process.stdin.flush()
        first, second = map(float, process.stdout.readline().split())
        assert first == pytest.approx(second, abs=5)
        return first

    yield ask
    process.communicate()


def test_a_clock_that_nobody_touches_shows_the_time_of_this_machine(clock, told):
    before = time.time()

    assert before <= told() <= clock.now() <= time.time()


def test_a_running_process_follows_when_the_clock_is_set_and_moved(clock, told):
    monday = datetime(2027, 3, 1, 9, tzinfo=UTC)
    clock.set(monday)
    assert 0 <= told() - monday.timestamp() < 60

    clock.move(timedelta(days=1))

    assert told() <= clock.now()
    assert 0 <= told() - monday.timestamp() - 24 * 60 * 60 < 60


def test_a_clock_that_stands_shows_one_moment_and_then_goes_on_from_there(clock, told):
    with clock.standing():
        stood = {told() for _ in range(3)} | {clock.now()}
    after = [told(), told()]

    assert len(stood) == 1
    assert max(stood) < after[0] < after[1] < max(stood) + 60


def test_on_to_the_next_half_minute_is_forwards_and_by_less_than_one(clock, told):
    before = clock.now()

    clock.to_the_next(30)

    assert 0 < clock.now() - before < 31
    assert clock.now() % 30 < 1
    assert told() % 30 < 5
