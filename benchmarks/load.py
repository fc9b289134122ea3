"""Load on one page: a few connections that stay open, each asking again as soon as it is answered."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection


@dataclass(frozen=True)
class Page:
    """What is asked for, and how one sees that the answer is the whole page."""

    port: int
    path: str
    headers: dict[str, str]
    is_whole: Callable[[bytes], bool]


@dataclass(frozen=True)
class Answers:
    """milliseconds: how long each answer took."""

    seconds: float
    milliseconds: list[float]

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)


def load(page: Page, *, connections: int, seconds: float) -> Answers:
    """Raises AssertionError for an answer that is not the whole page."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(connections) as pool:
        askers = [pool.submit(_ask, page, until) for _ in range(connections)]
        return Answers(seconds, [answer for asker in askers for answer in asker.result()])


def _ask(page: Page, until: float) -> list[float]:
    """Answers that came in time; the last one, still under way at the end, is not counted."""
    took = []
    connection = HTTPConnection("127.0.0.1", page.port, timeout=30)
    try:
        while True:
            began = time.monotonic()
            connection.request("GET", page.path, headers=page.headers)
            answer = connection.getresponse()
            body = answer.read()
            ended = time.monotonic()
            assert answer.status == 200, f"{page.path} answers {answer.status}"
            assert page.is_whole(body), f"{page.path} is not whole"
            if ended > until:
                return took
            took.append((ended - began) * 1000)
    finally:
        connection.close()
