"""`kudelma serve`: the pages, the streams and the job worker, until it is told to stop."""

import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from uvicorn.supervisors import Multiprocess

from kudelma.configuration import Misconfigured
from kudelma.core.db import KEYS_ROOM
from kudelma.core.news import about_to_serve
from kudelma.core.prepare import prepare_static


class Command(BaseCommand):
    help = "Serve on KUDELMA_HOST and KUDELMA_PORT."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        configuration = settings.CONFIGURATION
        for alias in connections:
            refuse_old_shape(alias)
        about_to_serve.tell()
        prepare_static()
        connections.close_all()
        worker = KeptAlive([sys.executable, "-m", "kudelma", "work"])
        worker.start()
        self.stdout.write(f"Kudelma: {settings.BASE_URL}")
        self.stdout.flush()
        try:
            _serve(configuration)
        finally:
            worker.stop()


def _serve(configuration: Any) -> None:
    config = uvicorn.Config(
        "kudelma.serving:application",
        factory=True,
        host=configuration.host,
        port=configuration.port,
        workers=configuration.processes,
        log_config=None,
        access_log=False,
        server_header=False,
        # Anybody can send such a header; one is believed only when the installation names it (people/sign_in.py).
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=3,
        timeout_keep_alive=15,
        timeout_worker_healthcheck=30,  # a busy machine is no reason to end a worker with people in it
    )
    door = config.bind_socket()
    # Head and body are two writes; without this the second waits 40 ms for the browser's acknowledgement.
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(KeyboardInterrupt):
        if configuration.processes > 1:
            Multiprocess(config, sockets=[door]).run()
        else:
            uvicorn.Server(config).run(sockets=[door])


def refuse_old_shape(alias: str) -> None:
    """Raises Misconfigured when migrations of that database have not been run. The keys have those of their room."""
    executor = MigrationExecutor(connections[alias])
    name, room = ("keys", KEYS_ROOM) if alias == "keys" else ("content", None)
    if executor.migration_plan(executor.loader.graph.leaf_nodes(room)):
        raise Misconfigured(f"The {name} database is older than this version: run `kudelma migrate`.")


class KeptAlive(threading.Thread):
    """One child process, started again when it ends by itself."""

    def __init__(self, command: list[str]) -> None:
        super().__init__(daemon=True)
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.ending = threading.Event()

    def run(self) -> None:
        while not self.ending.is_set():
            # The worker ends when its input closes, so that none is left behind by a server that was killed.
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE)  # noqa: S603  our own command
            self.process.wait()
            if not self.ending.is_set():
                # A second between two tries: a worker that cannot start must not take a whole core.
                time.sleep(1)

    def stop(self) -> None:
        # First, or the thread would take this end for an accident and start another.
        self.ending.set()
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                # What is cut off here is not lost: the next worker takes it up.
                self.process.kill()
