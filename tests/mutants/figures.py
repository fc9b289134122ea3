"""What came out: a line for each file, a line for each survivor with how many tests run it, and one line for all."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .kept import Verdict
from .mutations import Mutation

HELD_TO = 95
"""How many of a hundred changes must be noticed."""


@dataclass
class Figures:
    """mutations: all that were to be judged. verdicts: {name: verdict}. same: {name: why it makes no difference}."""

    mutations: list[Mutation]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)

    @property
    def counted(self) -> list[Mutation]:
        return [one for one in self.mutations if one.name not in self.same]

    @property
    def unjudged(self) -> list[Mutation]:
        return [one for one in self.mutations if one.name not in self.verdicts]

    @property
    def survivors(self) -> list[Mutation]:
        return [one for one in self.counted if self._outcome(one) == "survived"]

    @property
    def noticed_after_all(self) -> list[Mutation]:
        """Those that are said to make no difference, and that a test has noticed."""
        return [one for one in self.mutations if one.name in self.same and self._outcome(one) not in {"", "survived"}]

    @property
    def share(self) -> float:
        """Of a hundred that were judged, how many were noticed; rounded down, so that it never flatters."""
        judged = [one for one in self.counted if one.name in self.verdicts]
        return int(1000 * (1 - len(self.survivors) / len(judged))) / 10 if judged else 0.0

    @property
    def is_enough(self) -> bool:
        return not self.unjudged and not self.noticed_after_all and self.share >= HELD_TO

    def _outcome(self, mutation: Mutation) -> str:
        verdict = self.verdicts.get(mutation.name)
        return verdict.outcome if verdict else ""

    def _line(self, name: str, of: list[Mutation]) -> str:
        counted = [one for one in of if one.name not in self.same]
        outcomes = [self._outcome(one) for one in counted]
        n_killed = sum(1 for outcome in outcomes if outcome in {"killed", "timed out"})
        numbers = (n_killed, outcomes.count("timed out"), outcomes.count("survived"), len(of) - len(counted))
        return f"{name:<24}{len(counted):>8}{''.join(f'{number:>11}' for number in numbers)}"

    def told(self) -> Iterator[str]:
        yield f"{'file':<24}{'changes':>8}{'killed':>11}{'by time':>11}{'survived':>11}{'the same':>11}"
        for file in dict.fromkeys(one.file for one in self.mutations):
            yield self._line(file, [one for one in self.mutations if one.file == file])
        for mutation in self.survivors:
            asked = self.verdicts[mutation.name].asked
            why = f"{asked} tests run it, none notices" if asked else "no test runs it"
            yield f"survived  {mutation.name}  (line {mutation.line}; {why})"
        for mutation in self.noticed_after_all:
            yield f"is noticed by {self.verdicts[mutation.name].by}, and is said to make no difference: {mutation.name}"
        if self.unjudged:
            yield f"{len(self.unjudged)} are still to be judged: run it again"
        yield self.summary()

    def summary(self) -> str:
        """The one line that is kept of it."""
        judged = [one for one in self.counted if one.name in self.verdicts]
        by_time = sum(1 for one in judged if self._outcome(one) == "timed out")
        n_killed = len(judged) - len(self.survivors)
        rest = f", {by_time} of them by time; {len(self.same)} more make no difference"
        open_ones = f"; {len(self.unjudged)} not judged" if self.unjudged else ""
        return f"mutants {n_killed}/{len(judged)} {self.share} %{rest}{open_ones}"
