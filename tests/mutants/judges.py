"""One run of pytest in which tests are not run one after the other, but asked: does any of you notice this change?

The house is loaded, the tests are collected and the databases are made once; each question is put in a fork.
"""

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .graft import Standing, hand_on, probe
from .mutations import Module

WARM = Path(__file__).parent / "warm.py"
PATIENCE = 10
"""How many seconds a test has, and how many times its own time on top of them: of the processor, so that a busy machine
ends nothing. What waits and does not work is ended by whoever waits for the answer."""


class Judges:
    """The collected tests of a session. Seconds and marks are known once they have been measured."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session
        self.items = {item.nodeid: item for item in session.items}
        self.seconds: dict[str, float] = {}
        self.marks: dict[str, set[str]] = {}
        self._failed = ""
        session.config.pluginmanager.register(self)
        session.config.pluginmanager.unregister(name="terminalreporter")

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self._failed = report.nodeid

    def warm_up(self) -> None:
        """Run here what every fork begins with: the databases are made, and what is walked often has been walked."""
        warm = [item for item in self.session.items if item.path == WARM]
        for item in warm or self.session.items[:1]:
            self._run(item, None)
            if self._failed:
                raise SystemExit(f"{self._failed} fails without any change")
        for item in warm:
            del self.items[item.nodeid]

    def notice(self, names: list[str], *, walks_anew: bool = False) -> dict[str, Any]:
        """{"by": the first of these tests that fails, or nothing, "n": how many were asked}. Meant for a fork.

        walks_anew: nothing that was walked without the change is put back. One that takes far too long ends the
        process: whoever waits for the answer hears none.
        """
        if walks_anew and "snapshots" in sys.modules:
            sys.modules["snapshots"]._kept.clear()
        items = [self.items[name] for name in names]
        for number, item in enumerate(items):
            with_rest = items[number + 1] if number + 1 < len(items) else None
            signal.setitimer(signal.ITIMER_PROF, PATIENCE * (1 + self.seconds.get(item.nodeid, 1)))
            self._run(item, with_rest)
            signal.setitimer(signal.ITIMER_PROF, 0)
            if self._failed:
                return {"by": self._failed, "n": number + 1}
        return {"by": "", "n": len(items)}

    def measure(self, names: list[str], modules: list[Module], here: Standing) -> dict[str, Any]:
        """{test: [its seconds, its marks, whether it failed]}: which statements each runs. Meant for a fork.

        The marks of a rule that is asked for by its name are `rule <name>`.
        """
        met: set[str] = set()
        for module in modules:
            probe(module, met.add, here)
        listen_to_rules(met.add)
        told = {}
        for name in names:
            met.clear()
            began = time.process_time()
            self._run(self.items[name], None)
            told[name] = [time.process_time() - began, sorted(met), bool(self._failed)]
        return told

    def _run(self, item: pytest.Item, following: pytest.Item | None) -> None:
        """Run one test, and take away what the following one does not share with it; the session's own stays."""
        self._failed = ""
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following or self.session)


class InPlaceOfTheTests:
    """A plugin of pytest: once all is collected, `work` is done with the judges, and no test is run otherwise."""

    def __init__(self, work: Callable[[Judges], None]) -> None:
        self.work = work

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("not all tests could be collected")
        self.work(Judges(session))
        return True


def listen_to_rules(mark: Callable[[str], None]) -> None:
    engine = sys.modules.get("kudelma.core.rules")
    if engine is None:
        return

    class Listening(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            mark(f"rule {name}")
            return super().__getitem__(name)

    hand_on("RULES", engine.RULES, Listening(engine.RULES))
