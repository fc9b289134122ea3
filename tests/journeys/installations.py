"""What journeys begin with: a house without the demo, or the demo loaded. Each is made once and then copied.

It is made by the product's own commands and kept in .cache under a hash of everything that makes it. Style sheets,
scripts and fonts do not: whatever is served is prepared by the server itself, at its start, when it has changed.
"""

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.postgres import binaries, postgres

from journeys.server import Server, server

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".cache" / "journeys"
HELSINKI = ZoneInfo("Europe/Helsinki")
LONG_AGO = datetime(2026, 1, 1, 9, tzinfo=HELSINKI)
"""When a house is made: before every journey, on whichever day it is walked."""
MAKE_NOTHING = {"static", "styles", "__pycache__"}
PREPARE = "from kudelma.core.prepare import prepare_static\nprepare_static()"

Make = Callable[[Path], None]
"""Makes an installation in a folder that is not there yet."""


@contextmanager
def house(**settings: str) -> Iterator[Server]:
    """Migrated, with its regions and without people; not yet started."""
    with server(**settings) as one:
        with kept(KEPT, "house", key(ROOT), _make_house) as folder:
            shutil.copytree(folder / "data", one.home / "data")
        yield one


@contextmanager
def house_on_postgresql(**settings: str) -> Iterator[Server]:
    """The same on a PostgreSQL of its own."""
    with ExitStack() as stack:
        with kept(KEPT, "postgresql", key(ROOT, str(binaries())), _make_house_on_postgresql) as folder:
            databases = stack.enter_context(postgres(filled=folder / "cluster"))
            one = stack.enter_context(server(**databases, **settings))
            shutil.copytree(folder / "data", one.home / "data")
        yield one


@contextmanager
def demo() -> Iterator[Server]:
    """With the story of the demo. It tells of «today», so the server's clock goes on from when the story was loaded."""
    today = datetime.now(HELSINKI).date().isoformat()
    with server(KUDELMA_DEMO="1") as one:
        with kept(KEPT, "demo", key(ROOT, today), _make_demo) as folder:
            shutil.copytree(folder / "data", one.home / "data")
            one.clock.set(datetime.fromisoformat((folder / "loaded").read_text()))
        yield one


def _make_house(folder: Path) -> None:
    with server() as maker:
        _migrate(maker)
        _keep(maker, folder)


def _make_house_on_postgresql(folder: Path) -> None:
    folder.mkdir()
    with postgres(kept=folder / "cluster") as settings, server(**settings) as maker:
        _migrate(maker)
        _keep(maker, folder)


def _make_demo(folder: Path) -> None:
    with house(KUDELMA_DEMO="1") as maker:
        maker.command("demo")
        loaded = datetime.fromtimestamp(maker.clock.now(), HELSINKI)
        _keep(maker, folder)
    (folder / "loaded").write_text(loaded.isoformat())


def _migrate(maker: Server) -> None:
    maker.clock.set(LONG_AGO)
    maker.command("migrate")
    maker.command("regions", "load")


def _keep(maker: Server, folder: Path) -> None:
    maker.backstage.run(PREPARE)
    maker.stop()
    shutil.copytree(maker.home / "data", folder / "data")


@contextmanager
def kept(place: Path, name: str, under: str, make: Make) -> Iterator[Path]:
    """The folder in `place` that `make` has made once. Whoever else asks for that name waits until this is over."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = place / f"{name}-{under}"
        if not folder.exists():
            for older in place.glob(f"{name}-*"):
                shutil.rmtree(older)
            make(unfinished := place / f"{name}-unfinished")
            unfinished.rename(folder)
        yield folder


def key(root: Path, *more: str) -> str:
    """A hash of all that makes an installation of the house at `root`, and of what else is named."""
    parts = [sys.version, *more, *(f"{file.relative_to(root)} {_digest(file)}" for file in _sources(root))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _sources(root: Path) -> Iterable[Path]:
    package = root / "src" / "kudelma"
    inside = (file for file in package.rglob("*") if file.is_file())
    makes = (file for file in inside if not MAKE_NOTHING & set(file.relative_to(package).parts))
    ours = (root / "tests" / "journeys" / name for name in ("installations.py", "server.py"))
    return sorted([*makes, *ours, root / "requirements" / "run.txt"])


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
