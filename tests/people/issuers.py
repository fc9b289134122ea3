"""Issuers of identities for tests: one by somebody else, one behind an event loop, and one that tells lies."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import uvicorn
from joserfc.jwk import RSAKey
from tests.patience import until_it_answers
from tests.postgres import free_port

AINO = {"given_name": "Aino Maria", "family_name": "Saarela"}
CLIENT = "tests"
SECRET = "a secret that the client and the issuer know"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


@contextmanager
def mock(person: dict[str, str]) -> Iterator[str]:
    """An independent provider that knows one person; a process of its own, for it leans on what is called old."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until_it_answers(f"http://127.0.0.1:{port}/.well-known/openid-configuration")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def by_event_loop(application: Any) -> Iterator[str]:
    """An ASGI application on a free port of this machine."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="critical", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until_it_answers(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


class Liar:
    """A provider whose next token is told by the test."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = ""

    def claims(self, nonce: str) -> dict[str, Any]:
        """Claims that hold."""
        now = int(time.time())
        return {"iss": self.url, "aud": CLIENT, "sub": "aino", "nonce": nonce, "iat": now, "exp": now + 300} | AINO

    def answer(self, path: str) -> dict[str, Any]:
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            },
            "/keys": {"keys": [KEY.as_dict(private=False)]},
            "/token": {"access_token": "x", "token_type": "Bearer", "id_token": self.token},
        }[path]


@contextmanager
def liar() -> Iterator[Liar]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = json.dumps(one.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(told)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one = Liar(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
