"""A PostgreSQL of the tests' own: made in a temporary folder, on a free port of this machine, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.patience import PATIENCE_SECONDS

SETTINGS = (
    "max_connections=100",
    "log_min_messages=fatal",
    # What lives as long as a test need not outlive a power cut, nor be swept, nor be planned as machine code.
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "jit=off",
)


def binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: run tests/debian.sh")
    return found[-1].parent


@contextmanager
def postgres(*, filled: Path | None = None, kept: Path | None = None) -> Iterator[dict[str, str]]:
    """Runs a server; gives the settings with which Kudelma uses it.

    filled: what another server has kept, to begin with a copy of it. kept: where to keep all of it in the end.
    """
    memory = Path("/dev/shm")  # noqa: S108  a test database lives as long as the test
    home = Path(tempfile.mkdtemp(prefix="kudelma-pg-", dir=memory if memory.is_dir() else None))
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_user:
        owner = pwd.getpwnam("postgres")
        os.chown(home, owner.pw_uid, owner.pw_gid)
    port = free_port()
    run = binaries()
    data = home / "data"
    if filled:
        subprocess.run(["cp", "-a", filled, data], check=True)
        subprocess.run(["chown", "-R", f"--reference={home}", data], check=True)
    else:
        subprocess.run(
            [*as_user, run / "initdb", "-D", data, "-U", "kudelma", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, stdout=subprocess.DEVNULL, cwd=home,
        )  # fmt: skip
    server = subprocess.Popen(
        [*as_user, run / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", home,
         *(word for setting in SETTINGS for word in ("-c", setting))],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home,
    )  # fmt: skip
    try:
        _until_it_answers(run, port, server)
        for name in () if filled else ("content", "keys"):
            subprocess.run(
                [run / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "kudelma", name], check=True, cwd=home
            )
        yield {
            "KUDELMA_DATABASE_URL": f"postgres://kudelma@127.0.0.1:{port}/content",
            "KUDELMA_KEYS_URL": f"postgres://kudelma@127.0.0.1:{port}/keys",
        }
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
        if kept:
            subprocess.run(["cp", "-a", data, kept], check=True)
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _until_it_answers(run: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError("PostgreSQL ended at once")
        asked = subprocess.run([run / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False, cwd="/")
        if asked.returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not answer")
