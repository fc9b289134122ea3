"""A server of the benchmark's own: the real command, on the benchmark's data and a free port."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.data import Data
from journeys.server import Server

NOBODY_LISTENS = 9


def installed(data: Data, **settings: str) -> Server:
    """`kudelma serve` as it will be started. settings: environment beside the demo's."""
    nobody: Any = None
    return Server(data.home, nobody, NOBODY_LISTENS, KUDELMA_DEMO="1", **settings)


def start(server: Server) -> None:
    """Start it, and make sure that the one that answers on its port is it."""
    server.start()
    assert server.process is not None
    assert _listener(server.port) in _sockets(server.process.pid), f"somebody else answers on port {server.port}"


@contextmanager
def serving(data: Data, **settings: str) -> Iterator[Server]:
    server = installed(data, **settings)
    start(server)
    try:
        yield server
    finally:
        server.stop()


def get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body of one page of a server on this machine."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _listener(port: int) -> str:
    """The inode of the socket that listens on the port. Source: proc(5), /proc/net/tcp."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if words[1].endswith(f":{port:04X}") and words[3] == "0A":
            return words[9]
    return ""


def _sockets(pid: int) -> set[str]:
    """The inodes of the sockets that a process holds."""
    names = [str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink()]
    return {name[8:-1] for name in names if name.startswith("socket:[")}
