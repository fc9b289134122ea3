"""What the papers beside the code promise: each dependency told, each decision that is named there."""

import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text())
DEPENDENCIES = (HERE / "docs/dependencies.md").read_text()
NAMED = re.compile(r"docs/decisions/[\w.-]+\.md|docs/\w+\.md")


def test_every_direct_dependency_has_its_line():
    direct = {re.split(r"[~<>=!]", name)[0] for name in PROJECT["project"]["dependencies"]}
    rows = [row.split("|")[1] for row in DEPENDENCIES.split("## Vendored")[0].splitlines() if row.startswith("| ")]
    told = {name.strip() for row in rows for name in row.split(",")}

    assert told - {"direct dependency", "---"} == direct


def test_every_paper_that_is_named_exists():
    texts = [file.read_text() for folder in ("src", "tests", "benchmarks") for file in (HERE / folder).rglob("*.py")]
    named = {name for text in [*texts, (HERE / "README.md").read_text()] for name in NAMED.findall(text)}

    assert "docs/decisions/0001-the-house.md" in named
    assert [name for name in sorted(named) if not (HERE / name).exists()] == []


def test_decisions_are_numbered_without_gaps():
    files = sorted(file.name for file in (HERE / "docs/decisions").iterdir())

    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))


def test_the_pins_hold_no_address():
    for file in (HERE / "requirements").iterdir():
        assert "://" not in file.read_text(), file.name
        assert "--hash=sha256:" in file.read_text(), file.name
