"""That an installation is made once, and anew when anything that makes it has changed."""

import re
from pathlib import Path
from threading import Event, Thread

import pytest
import requests
from tests.patience import PATIENCE_SECONDS

from journeys.installations import kept, key
from journeys.server import server

MAKES = [
    "src/kudelma/demo/loading.py",
    "src/kudelma/demo/story/people.toml",
    "src/kudelma/locale/fi/LC_MESSAGES/django.po",
    "src/kudelma/people/templates/people/link.html",
    "tests/journeys/installations.py",
    "tests/journeys/server.py",
    "requirements/run.txt",
]
MAKES_NOT = [
    "src/kudelma/core/static/core/live.js",
    "src/kudelma/core/styles/10-page.css",
    "src/kudelma/demo/__pycache__/loading.cpython-311.pyc",
    "tests/factories.py",
]


@pytest.fixture
def root(tmp_path):
    for name in [*MAKES, *MAKES_NOT]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("as it was")
    return tmp_path


class Making:
    """Makes an installation, and counts how often. may_end: what it waits for."""

    def __init__(self) -> None:
        self.n_made = 0
        self.has_begun, self.may_end = Event(), Event()
        self.may_end.set()

    def __call__(self, folder: Path) -> None:
        self.n_made += 1
        self.has_begun.set()
        folder.mkdir()
        assert self.may_end.wait(60)
        (folder / "content").write_text(str(self.n_made))


def opened(place: Path, under: str, make: Making) -> str:
    """What stands in the installation that one gets."""
    with kept(place, "house", under, make) as folder:
        return (folder / "content").read_text()


@pytest.mark.parametrize("name", MAKES)
def test_what_makes_an_installation_changes_its_key(root, name):
    before = key(root)
    (root / name).write_text("otherwise")

    assert key(root) != before


@pytest.mark.parametrize("name", MAKES_NOT)
def test_what_does_not_make_an_installation_leaves_its_key(root, name):
    before = key(root)
    (root / name).write_text("otherwise")

    assert key(root) == before


def test_a_file_more_and_a_day_later_are_another_key(root):
    keys = {key(root), key(root, "2026-11-26"), key(root, "2026-11-27")}
    (root / "src/kudelma/demo/story/matters.toml").write_text("")

    assert len(keys | {key(root)}) == 4


def test_an_installation_is_made_once_for_each_key_and_the_older_one_goes(tmp_path):
    make = Making()

    assert [opened(tmp_path, under, make) for under in ("a", "a", "b", "b", "a")] == ["1", "1", "2", "2", "3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["house-a", "house.lock"]


def test_one_that_was_not_finished_is_made_anew(tmp_path):
    make = Making()
    (tmp_path / "house-unfinished").mkdir()

    assert opened(tmp_path, "a", make) == "1"


def test_who_asks_while_it_is_made_waits_and_gets_the_same(tmp_path):
    make, came = Making(), []
    make.may_end.clear()
    asking = [Thread(target=lambda: came.append(opened(tmp_path, "a", make))) for _ in range(2)]
    asking[0].start()
    assert make.has_begun.wait(60)
    asking[1].start()
    asking[1].join(0.3)

    assert came == []
    make.may_end.set()
    for thread in asking:
        thread.join(60)
    assert came == ["1", "1"]


@pytest.mark.browser
@pytest.mark.prove(part="ways")
def test_one_command_loads_the_demo_where_nothing_is():
    """The demo of the journeys is loaded into a house that is migrated already."""
    with server(KUDELMA_DEMO="1") as one:
        said = one.command("demo")
        one.start()

        assert re.fullmatch(r"Loading the demo …\n\d+ matters loaded\.\n", said)
        assert "Esimerkkilä" in requests.get(f"{one.url}/demo/", timeout=PATIENCE_SECONDS).text
