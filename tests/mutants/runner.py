"""Judges every change: which tests are asked, in which order, and what becomes of one that does not end.

Tests that run the changed statement are asked, the likeliest first, until one fails. A change after which a test
does not end is judged once more when all the others are done; it counts only when that repeats.
"""

import gc
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import pytest

from . import forks
from .figures import Figures
from .graft import Unfit, graft, standing
from .judges import WARM, InPlaceOfTheTests, Judges
from .kept import Kept, Verdict
from .mutations import Module, Mutation
from .targets import TABLE, WALKED_ANEW, Target

ENDLESS_SECONDS = 600
AT_ONCE = 2
MOST_SECONDS = 12
"""How long tests are asked about one change, by their own times: a change that the likeliest of them do not notice
until then counts as not noticed. The table of rules and querysets is always asked."""
SHARE_ANEW = 1 / 3
"""How much of that is asked once more with everything walked anew, which takes several times as long as a test."""
SEED = 8


class Run:
    """targets: all that are judged at some time. files: whose changes are judged now.

    until: when no further one is begun. gone: verdicts that stand already. seconds: how long tests are asked about one.
    """

    def __init__(
        self, targets: list[Target], files: list[str], kept: Kept, *, until: float, gone: dict[str, Verdict],
        seed: int = SEED, seconds: float = MOST_SECONDS,
    ) -> None:  # fmt: skip
        self.targets = {target.file: target for target in targets}
        self.modules = {file: _module(self.targets[file]) for file in files}
        self.kept, self.until, self.seconds = kept, until, seconds
        self.noticed_before = {name: verdict.by for name, verdict in kept.verdicts(also_older=True).items()}
        self.mutations = [one for module in self.modules.values() for one in module.mutations]
        self.gone = {one.name: gone[one.name] for one in self.mutations if one.name in gone}
        self.order = [one for one in self.mutations if one.name not in self.gone]
        random.Random(seed).shuffle(self.order)  # noqa: S311  so that a part of the run tells of the whole
        self.killers: dict[str, Counter[str]] = defaultdict(Counter)
        self.again: list[Mutation] = []
        self.tests: dict[Path, set[str]] = defaultdict(set)

    def figures(self, same: dict[str, str]) -> Figures:
        names = {one.name for one in self.mutations}
        return Figures(self.mutations, self.gone, {name: why for name, why in same.items() if name in names})

    def play(self, judges: Judges) -> None:
        """Called by pytest once all is loaded and collected."""
        judges.warm_up()
        for name, item in judges.items.items():
            self.tests[item.path].add(name)
        self.here = standing({str(target.path) for target in self.targets.values()})
        gc.collect()
        gc.freeze()  # so that the children do not copy what they never change
        self._measure(judges)
        for job, answer in forks.run(self._jobs(judges), AT_ONCE):
            self._take(job.about, answer)

    # ------------------------------------------------------------ which tests run what

    def _measure(self, judges: Judges) -> None:
        told = self.kept.measured()
        fresh = [_module(target) for target in self.targets.values()]
        missing = [names for own in self.tests.values() if (names := sorted(own - told.keys()))]
        jobs = (forks.Job(partial(judges.measure, names, fresh, self.here), ENDLESS_SECONDS) for names in missing)
        for _job, answer in forks.run(jobs, AT_ONCE):
            told |= _whole(answer)
            self.kept.keep_measured(told)  # file by file, so that a run that is stopped here goes on here
        broken = [name for name, (_seconds, _marks, has_failed) in told.items() if has_failed]
        if broken:
            raise SystemExit(f"these tests fail without any change: {', '.join(broken)}")
        judges.seconds = {name: seconds for name, (seconds, _marks, _failed) in told.items()}
        judges.marks = {name: set(marks) for name, (_seconds, marks, _failed) in told.items()}

    def asked(self, mutation: Mutation, judges: Judges) -> list[str]:
        """The tests that may notice it: the likeliest and the shortest first."""
        target, around = self.targets[mutation.file], mutation.around
        names = chain.from_iterable(own for path, own in self.tests.items() if target.is_judged_by(path))
        if around.statement is not None:
            mark = self.modules[mutation.file].mark_of(around.statement)
            names = (name for name in names if mark in judges.marks[name])
        elif around.entry:
            names = (name for name in names if f"rule {around.entry}" in judges.marks[name])
        killers = self.killers[f"{mutation.file} {mutation.function}"]
        before = self.noticed_before.get(mutation.name)
        likeliest = sorted(
            names, key=lambda name: (name != before, judges.seconds[name] / _chance(killers, name), name)
        )  # fmt: skip
        table = [name for name in likeliest if name.startswith(f"tests/{TABLE}/")]
        return list(dict.fromkeys([*_within(self.seconds, likeliest, judges), *table]))

    # ------------------------------------------------------------ judging

    def _jobs(self, judges: Judges) -> Iterator[forks.Job]:
        for mutation in chain(self.order, self.again):
            if time.monotonic() > self.until:
                return
            names = self.asked(mutation, judges)
            yield forks.Job(partial(self._attempt, judges, mutation, names), ENDLESS_SECONDS, mutation)

    def _attempt(self, judges: Judges, mutation: Mutation, names: list[str]) -> dict[str, Any]:
        """In the child. What only shows on the way there shows when nobody notices it otherwise: all is walked anew."""
        try:
            graft(self.modules[mutation.file], mutation, self.here)
        except Unfit as unfit:
            return {"by": f"the house, which does not load: {unfit}", "n": 0}
        told = judges.notice(names, walks_anew=mutation.file in WALKED_ANEW)
        if told["by"] or mutation.file in WALKED_ANEW:
            return told
        return judges.notice(_within(self.seconds * SHARE_ANEW, names, judges), walks_anew=True) | {"n": told["n"]}

    def _take(self, mutation: Mutation, answer: Any) -> None:
        if answer is None or answer is forks.TooLong:
            if mutation not in self.again:
                self.again.append(mutation)
                return
            self._keep(Verdict(mutation.name, "timed out"))
            return
        told = _whole(answer)
        self._keep(Verdict(mutation.name, "killed" if told["by"] else "survived", told["by"], told["n"]))
        self.killers[f"{mutation.file} {mutation.function}"][told["by"]] += 1

    def _keep(self, verdict: Verdict) -> None:
        self.kept.add(verdict)
        self.gone[verdict.name] = verdict
        if len(self.gone) % 100 == 0:
            print(f"{len(self.gone)} of {len(self.mutations)} judged", flush=True)


def judge(run: Run, *arguments: str, warm: Path | None = WARM) -> None:
    """Loads the house and the tests that judge these files, and plays the run."""
    judged = [run.targets[file] for file in run.modules]
    tests = dict.fromkeys(
        [*([str(warm)] if warm else []), *(str(test) for target in judged for test in target.tests if test.exists())]
    )
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", *arguments]
    code = pytest.main([*options, *tests], plugins=[InPlaceOfTheTests(run.play)])
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        raise SystemExit(int(code))


def _within(seconds: float, names: list[str], judges: Judges) -> list[str]:
    """As many of these tests, in their order, as take no longer together."""
    sums = accumulate(judges.seconds[name] for name in names)
    return [name for name, so_far in zip(names, sums, strict=True) if so_far <= seconds]


def _chance(killers: Counter[str], name: str) -> float:
    """How likely a test is to notice a change of a function, by what it has noticed there so far."""
    return (killers[name] + 0.2) / (killers.total() + 2)


def _module(target: Target) -> Module:
    return Module(target.file, target.source, str(target.path))


def _whole(answer: Any) -> dict[str, Any]:
    """The answer of a child in which nothing of ours broke."""
    if not isinstance(answer, dict) or "broken" in answer:
        raise SystemExit(f"a child broke: {answer['broken'] if isinstance(answer, dict) else answer}")
    return answer
