"""Runs pieces of work in child processes of this one, a few at a time; each begins with all that is loaded here.

A child has a copy of everything, its databases in memory too, and ends with its answer: nothing that it changes is
seen by anybody else. One that takes too long is ended, with whatever it has started.
"""

import json
import os
import selectors
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Job:
    """do: gives something that JSON can tell. seconds: how long it may take. about: for whoever ordered it."""

    do: Callable[[], Any]
    seconds: float
    about: Any = None


@dataclass
class Child:
    job: Job
    pid: int
    pipe: int
    until: float
    told: list[bytes] = field(default_factory=list)


class TooLong(Exception):
    """What a child's answer is when it was ended."""


def run(jobs: Iterator[Job], at_once: int) -> Iterator[tuple[Job, Any]]:
    """(job, its answer) as each one ends. The answer is TooLong, or None when the child died without a word."""
    children: dict[int, Child] = {}
    with selectors.DefaultSelector() as selector:
        while True:
            while len(children) < at_once and (job := next(jobs, None)) is not None:
                child = _begun(job)
                children[child.pipe] = child
                selector.register(child.pipe, selectors.EVENT_READ)
            if not children:
                return
            for key, _ in selector.select(timeout=0.2):
                child = children[key.fd]
                data = os.read(child.pipe, 1 << 16)
                if data:
                    child.told.append(data)
                else:
                    yield _ended(child, children, selector, json.loads(b"".join(child.told) or b"null"))
            for child in [one for one in children.values() if time.monotonic() > one.until]:
                os.killpg(child.pid, signal.SIGKILL)
                yield _ended(child, children, selector, TooLong)


def _begun(job: Job) -> Child:
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()  # so that what it starts ends with it
        os.close(ours)
        _work(job, theirs)
    os.close(theirs)
    return Child(job, pid, ours, time.monotonic() + job.seconds)


def _work(job: Job, pipe: int) -> None:
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    try:
        answer = job.do()
    except BaseException:
        answer = {"broken": traceback.format_exc()}
    with os.fdopen(pipe, "wb") as out:
        out.write(json.dumps(answer).encode())
    os._exit(0)


def _ended(child: Child, children: dict[int, Child], selector: selectors.BaseSelector, answer: Any) -> tuple[Job, Any]:
    selector.unregister(child.pipe)
    os.close(child.pipe)
    os.waitpid(child.pid, 0)
    del children[child.pipe]
    return child.job, answer
