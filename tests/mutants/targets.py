"""Which files are changed, and which tests judge each: the table of rules and querysets, and the file's own tests."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent.parent.parent
SOURCE = HERE / "src" / "kudelma"
TESTS = HERE / "tests"
TABLE = "rules"
"""The folder of the table that judges every file."""

ACCESS = ["core/rules.py", "people/acting.py", "people/sign_in.py"]
ALONE = ["trust/vault.py", "trust/recorder.py", "meetings/timing.py", "meetings/replies.py"]
WALKED_ANEW = {"trust/vault.py", "trust/recorder.py"}
"""What was walked before the change was sealed and recorded without it: it would be noticed for the wrong reason."""
MORE_TESTS = {
    "people/acting.py": ["live", "board/test_following.py"],
    "circle/queries.py": ["members/test_limited_right.py"],
    "matters/queries.py": ["desk", "members", "orders", "pairing", "preparation"],
    "matters/rules.py": ["members", "orders", "pairing", "preparation"],
    "matters/access.py": ["desk", "members", "pairing", "preparation"],
    "orders/queries.py": ["desk", "matters"],
    "members/queries.py": ["bank", "circle", "desk", "pairing", "preparation", "meetings/test_calendar.py"],
    "pairing/queries.py": ["bank", "desk", "members", "meetings/test_calendar.py"],
    "pairing/access.py": ["desk", "members"],
    "preparation/queries.py": ["desk"],
    "preparation/access.py": ["desk", "members"],
    "meetings/access.py": ["bank", "pairing", "preparation"],
    "people/access.py": ["regions"],
    "meetings/queries.py": ["desk", "pairing/test_chairing.py", "members/test_limited_right.py"],
    "board/queries.py": ["desk", "pairing/test_chairing.py", "members/test_limited_right.py"],
    "plans/queries.py": ["pairing/test_chairing.py", "members/test_limited_right.py"],
    "people/queries.py": ["desk/test_undelivered.py", "matters/test_closing.py"],
    "bank/queries.py": ["pairing/test_pairing.py"],
    "trust/vault.py": [
        "core/test_sealed.py",
        "core/test_keys.py",
        "live/test_operations.py",
        "orders/test_answers.py",
        "orders/test_drafts.py",
    ],
    "meetings/timing.py": ["members/test_limited_right.py"],
    "trust/queries.py": ["members/test_identity.py", "desk/test_undelivered.py"],
    "meetings/replies.py": ["people/test_receiving.py"],
}
"""Where tests of a file stand in another folder than the file's own room: there it is asked, or it has an effect."""


@dataclass(frozen=True)
class Target:
    """file: as `matters/queries.py`. tests: folders and files that judge it."""

    file: str
    path: Path
    tests: tuple[Path, ...]

    @property
    def source(self) -> str:
        return self.path.read_text()

    def is_judged_by(self, test: Path) -> bool:
        return any(test == one or one in test.parents for one in self.tests)


def targets() -> list[Target]:
    """Access, every room's rules, queries and what it hands up of who is along, and the four that stand alone."""
    names = ("rules", "queries", "access")
    rooms = [path.relative_to(SOURCE) for name in names for path in SOURCE.glob(f"*/{name}.py")]
    files = dict.fromkeys([*ACCESS, *sorted(path.as_posix() for path in rooms), *ALONE])
    return [Target(file, SOURCE / file, _tests(file)) for file in files]


def _tests(file: str) -> tuple[Path, ...]:
    own = file.split("/")[0]
    folders = [TABLE, *MORE_TESTS.get(file, []), own]
    return tuple(TESTS / one for one in folders)
