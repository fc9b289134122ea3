"""How long until the first page: warm, on a demo that is there; and fresh, from a clone."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from signal import SIGTERM
from subprocess import Popen

from benchmarks.data import Data
from benchmarks.figure import Figure, Figures
from benchmarks.server import get, installed, start
from postgres import free_port

HERE = Path(__file__).parent.parent
PATIENCE_SECONDS = 600


def warm(data: Data, *, quick: bool) -> Figures:
    """What `make run` does when everything is installed: look after the demo, then serve."""
    data.demo()
    took = []
    for _ in range(3 if quick else 5):
        server = installed(data)
        began = time.monotonic()
        server.command("demo")
        try:
            start(server)
            assert get(server.port, "/")[0] == 200
            took.append(time.monotonic() - began)
        finally:
            server.stop()
    yield Figure("start-warm", statistics.median(took), "s", "<=5")


def fresh(data: Data, *, quick: bool) -> Figures:
    """`git clone`, `make run`, and the first page. Uses the package registry that pip is set up with."""
    clone = Path(tempfile.mkdtemp(prefix="kudelma-fresh-"))
    port = free_port()
    settings = {"KUDELMA_DATA": str(clone / "data"), "KUDELMA_PORT": str(port)}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("KUDELMA_", "DJANGO_"))}
    process = None
    try:
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", HERE, clone / "kudelma"], check=True)
        with (clone / "log").open("wb") as log:
            process = Popen(
                ["make", "run"], cwd=clone / "kudelma", env=inherited | settings, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        while not _answers(port):
            assert process.poll() is None, (clone / "log").read_text()[-3000:]
            assert time.monotonic() - began < PATIENCE_SECONDS, (clone / "log").read_text()[-3000:]
            time.sleep(0.2)
        yield Figure("start-fresh", time.monotonic() - began, "s", "<=180")
    finally:
        if process is not None:
            os.killpg(process.pid, SIGTERM)
            process.wait(timeout=30)
        shutil.rmtree(clone, ignore_errors=True)


def _answers(port: int) -> bool:
    try:
        return get(port, "/")[0] == 200
    except OSError:
        return False
