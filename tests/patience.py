"""How long a test waits for what another process does: long, for a slow machine is no fault."""

import time
from contextlib import suppress

import requests

PATIENCE_SECONDS = 120


def until_it_answers(url: str) -> None:
    """Returns when something answers there, whatever it says. Raises AssertionError when nothing ever does."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with suppress(requests.ConnectionError):
            requests.get(url, timeout=PATIENCE_SECONDS)
            return
        time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")
