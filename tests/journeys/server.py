"""A real server for journeys: its own folder, port, mail server and clock; ended by its own id.

How it comes to be migrated, or to have the demo in it: installations.py.
"""

import email
import email.policy
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from tests import counts
from tests.patience import PATIENCE_SECONDS
from tests.postgres import free_port

from journeys.backstage import Backstage
from journeys.clocks import Clock
from journeys.hands import TOTP_SECONDS, totp

CLOCK = Path(__file__).parent / "clock"
MEMORY = Path("/dev/shm")  # noqa: S108  what a server keeps lives as long as the test
OURS = ("KUDELMA_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
"""What no process of a server takes over from the test run. Each finds what the first of them has compiled."""

ROOM_BYTES = 2**30
"""Memory that is left when a server's folder may lie in it."""


class Post(MessageHandler):
    """Keeps every mail it receives, as it came over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[EmailMessage] = []
        self.wire: list[bytes] = []
        self._came = threading.Condition()

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        self.wire.append(envelope.content)
        return super().prepare_message(session, envelope)

    def handle_message(self, message: Any) -> None:
        with self._came:
            self.mails.append(email.message_from_bytes(message.as_bytes(), policy=email.policy.default))  # type: ignore[arg-type]
            self._came.notify_all()

    def wait(self, to: str, *, containing: str = "", after: int = 0) -> EmailMessage:
        """The newest mail to that address, waited for. after: how many mails there were before."""

        def newest() -> EmailMessage | None:
            mails = [mail for mail in self.mails[after:] if to in str(mail["To"]) and containing in text_of(mail)]
            return mails[-1] if mails else None

        with self._came:
            mail = self._came.wait_for(newest, PATIENCE_SECONDS)
        assert mail is not None, f"no mail to {to} in {PATIENCE_SECONDS} s; there are {len(self.mails)}"
        return mail

    def wait_for_all(self, number: int) -> None:
        """Until so many mails have come, or for as long as patience lasts."""
        with self._came:
            self._came.wait_for(lambda: len(self.mails) >= number, PATIENCE_SECONDS)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    return body.get_content() if body else ""


def link_in(mail: EmailMessage) -> str:
    return re.search(r"https?://\S+", text_of(mail)).group()  # type: ignore[union-attr]


def code_in(mail: EmailMessage) -> str:
    return re.search(r"\b\d{6}\b", text_of(mail)).group()  # type: ignore[union-attr]


class Server:
    """`kudelma serve` with the given settings. `clock` tells its processes what time it is."""

    def __init__(self, home: Path, post: Post, smtp_port: int, **settings: str) -> None:
        self.home, self.post = home, post
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.clock = Clock(home / "clock")
        self.log = home / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.settings = {
            "KUDELMA_DATA": str(home / "data"),
            "KUDELMA_PORT": str(self.port),
            "KUDELMA_BASE_URL": self.url,
            "KUDELMA_PROCESSES": "1",
            "KUDELMA_SMTP_HOST": "127.0.0.1",
            "KUDELMA_SMTP_PORT": str(smtp_port),
            "KUDELMA_SMTP_TLS": "none",
            "KUDELMA_MAIL_FROM": "kudelma@example.org",
            **settings,
        }

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        path = os.pathsep.join([str(CLOCK), *filter(None, [inherited.get("PYTHONPATH")])])
        return inherited | self.settings | {"PYTHONPATH": path, "JOURNEY_CLOCK": str(self.clock.file)}

    def code(self, secret: str) -> str:
        """What an authenticator app shows for `secret`: new, and with half a minute left to type it in.

        The server's clock goes on to where the app's digits change, so that nobody waits for it.
        """
        self.clock.to_the_next(TOTP_SECONDS)
        return totp(secret, self.clock.now())

    @cached_property
    def backstage(self) -> Backstage:
        return Backstage(self.environment())

    def command(self, *words: str) -> str:
        told = subprocess.run(
            [sys.executable, "-m", "kudelma", *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    def start(self) -> None:
        counts.add("server starts")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kudelma", "serve"], env=self.environment(), stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            try:
                with urlopen(f"{self.url}/closed/", timeout=2) as answer:  # noqa: S310  our own server
                    assert answer.status == 200
                    return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(self.log.read_text()[-3000:])

    def stop(self) -> None:
        """End what this object started, and nothing else."""
        if "backstage" in self.__dict__:
            self.__dict__.pop("backstage").end()
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with suppress(ProcessLookupError):  # its job worker: the same group, which is ours alone
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """An empty installation, not yet migrated and not yet started, with a mail server beside it."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port(), ident=f"test {uuid4().hex[:6]}")
    controller.start()
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    home = Path(tempfile.mkdtemp(prefix="kudelma-journey-", dir=MEMORY if in_memory else None))
    one = Server(home, post, controller.port, **settings)
    try:
        yield one
    finally:
        one.stop()
        controller.stop()
        shutil.rmtree(home, ignore_errors=True)
