"""A real server for journeys: its own folder, port, mail server and clock; ended by its own id."""

import email
import email.policy
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from tests.patience import PATIENCE_SECONDS
from tests.postgres import free_port

from journeys.hands import totp

CLOCK = Path(__file__).parent / "clock"


class Post(MessageHandler):
    """Keeps every mail it receives, as it came over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[EmailMessage] = []
        self.wire: list[bytes] = []

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        self.wire.append(envelope.content)
        return super().prepare_message(session, envelope)

    def handle_message(self, message: Any) -> None:
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=email.policy.default))  # type: ignore[arg-type]

    def wait(self, to: str, *, containing: str = "", after: int = 0) -> EmailMessage:
        """The newest mail to that address, waited for. after: how many mails there were before."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            for mail in reversed(self.mails[after:]):
                if to in str(mail["To"]) and containing in text_of(mail):
                    return mail
            time.sleep(0.1)
        raise AssertionError(f"no mail to {to} in {PATIENCE_SECONDS} s; there are {len(self.mails)}")


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    return body.get_content() if body else ""


def link_in(mail: EmailMessage) -> str:
    return re.search(r"https?://\S+", text_of(mail)).group()  # type: ignore[union-attr]


def code_in(mail: EmailMessage) -> str:
    return re.search(r"\b\d{6}\b", text_of(mail)).group()  # type: ignore[union-attr]


class Server:
    """`kudelma serve` with the given settings. `offset` moves its clock, in seconds."""

    def __init__(self, home: Path, post: Post, smtp_port: int, **settings: str) -> None:
        self.home, self.post = home, post
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.offset = 0
        self.log = home / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.settings = {
            "KUDELMA_DATA": str(home / "data"),
            "KUDELMA_PORT": str(self.port),
            "KUDELMA_BASE_URL": self.url,
            "KUDELMA_SMTP_HOST": "127.0.0.1",
            "KUDELMA_SMTP_PORT": str(smtp_port),
            "KUDELMA_SMTP_TLS": "none",
            "KUDELMA_MAIL_FROM": "kudelma@example.org",
            **settings,
        }

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("KUDELMA_", "DJANGO_"))}
        clock = {}
        if self.offset:
            path = [str(CLOCK), *filter(None, [inherited.get("PYTHONPATH")])]
            clock = {"PYTHONPATH": os.pathsep.join(path), "JOURNEY_OFFSET": str(self.offset)}
        return inherited | self.settings | clock

    def now(self) -> float:
        """The server's clock, seconds since 1970."""
        return time.time() + self.offset

    def code(self, secret: str, than: str = "") -> str:
        """What an authenticator app shows for `secret`: other than `than`, and with ten seconds left to type it in."""
        while self.now() % 30 > 20 or totp(secret, self.now()) == than:
            time.sleep(0.5)
        return totp(secret, self.now())

    def set_clock(self, to: datetime) -> None:
        self.offset = int(to.astimezone(UTC).timestamp() - time.time())

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
                time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def stop(self) -> None:
        """End what this object started, and nothing else."""
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
    home = Path(tempfile.mkdtemp(prefix="kudelma-journey-"))
    one = Server(home, post, controller.port, **settings)
    try:
        yield one
    finally:
        one.stop()
        controller.stop()
        shutil.rmtree(home, ignore_errors=True)
