"""One task in each server process watches for all its readers: what moved, and who may not read any more.

It runs only while somebody reads. A few times a second it reads, in one thread of its own, the newest numbers of the
targets that are followed and whose rights have changed. A reader is asked by its cookies when it comes, when a
generation is written of somebody its right hangs on, and every ten minutes.
"""

import asyncio
import logging
import math
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone

from kudelma.live.following import Cookies, Followed, Seen, Unknown, look

logger = logging.getLogger("kudelma")
PAUSE_SECONDS = 0.4
# Proxies end a connection on which nothing comes: nginx after a minute, unless it is told otherwise. A screen takes a
# stream for broken after 35 s (stream.js), which leaves a slow network ten.
BEAT_SECONDS = 25
ASK_SECONDS = 600
"""For so long a right is believed without asking, also while the database is away."""
AGAIN_SECONDS = 1
ASKED_AT_ONCE = 32
"""So many questions in one look: those who follow already do not wait until a crowd that comes at once was asked."""
PARTS = 2**16
"""Of the time between two askings, among which questions are spread."""

Question = tuple[frozenset[tuple[str, str]], UUID]
"""Which cookies ask to follow which target. Whoever asks the same gets the same answer."""
NOT_YET = datetime.max.replace(tzinfo=UTC)

# Not one of the threads that answer pages: a look never waits for a page. One, so that asking is in order.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="streams")

OVER, AGAIN, AWAY, GONE = "over", "again", "away", "gone"
"""How reading ends: the right was taken away; it ended by itself; nobody knows; the reader left."""


class Reader:
    """One open stream: what it waits for, and what it has been told. Nothing is queued: only the newest counts."""

    def __init__(self, cookies: Cookies, target: UUID) -> None:
        self.target = target
        self.question: Question = (frozenset(cookies.items()), target)
        self.followed: Followed | None = None
        self.number: int | None = None
        self.ended = ""
        self.answered_at = 0.0
        self.ask_at = 0.0
        self.beat_at = math.inf
        self.until = NOT_YET
        self.woken = asyncio.Event()

    def end(self, how: str) -> None:
        self.ended = self.ended or how
        self.ask_at, self.beat_at, self.until = math.inf, math.inf, NOT_YET
        self.woken.set()

    def answer(self, answer: Followed | Unknown | None, now: float) -> None:
        if self.ended:
            return
        if answer is None:
            self.end(OVER)
        elif isinstance(answer, Followed):
            self.followed, self.until, self.answered_at = answer, answer.until, now
            self.ask_at = now + _seconds_until_asked(self.question, now)
        elif self.followed is None:
            self.end(AWAY)
        elif now - self.answered_at >= ASK_SECONDS:
            self.end(AGAIN)
        else:
            self.ask_at = now + AGAIN_SECONDS

    def move(self, number: int, now: float) -> None:
        self.number = number
        self.beat(now)

    def beat(self, now: float) -> None:
        """Wake it. Without news a sign of life is sent."""
        self.beat_at = now + BEAT_SECONDS
        self.woken.set()


def _seconds_until_asked(question: Question, now: float) -> float:
    """Up to ten minutes, until a moment that hangs on the question alone.

    So those who came together are not asked together for ever, and those who ask the same are asked by one question.
    """
    moment = ASK_SECONDS * (hash(question) % PARTS) / PARTS
    return (moment - now) % ASK_SECONDS or ASK_SECONDS


class Poller:
    def __init__(self) -> None:
        self.readers: set[Reader] = set()
        self._following: defaultdict[UUID, set[Reader]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self._newcomer = asyncio.Event()
        self._met: dict[int, UUID] = {}
        self._is_away = False

    def add(self, reader: Reader) -> None:
        self.readers.add(reader)
        self._following[reader.target].add(reader)
        if self._task is None or self._task.done():
            self._newcomer, self._met, self._is_away = asyncio.Event(), {}, False
            self._task = asyncio.ensure_future(self._watch())
        self._newcomer.set()

    def remove(self, reader: Reader) -> None:
        self.readers.discard(reader)
        self._following[reader.target].discard(reader)
        if not self._following[reader.target]:
            del self._following[reader.target]

    async def _watch(self) -> None:
        """Until nobody reads any more."""
        while self.readers:
            self._newcomer.clear()
            try:
                are_more = await self._look()
            except Exception:
                # Without this task nobody's right would be looked at again; so it goes on whatever happens.
                logger.exception("streams: a look broke")
                are_more = False
            if not are_more:
                await self._pause()

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._newcomer.wait(), PAUSE_SECONDS)
        except TimeoutError:
            return

    async def _look(self) -> bool:
        """Ask, look and wake once. Returns whether somebody is still to be asked."""
        now = time.monotonic()
        due = self._due(now)
        asked = list(due)[:ASKED_AT_ONCE]
        seen = await asyncio.get_running_loop().run_in_executor(
            _thread, look, [(dict(cookies), target) for cookies, target in asked], set(self._following),
            max(self._met, default=None),
        )  # fmt: skip
        now = time.monotonic()
        for question, answer in zip(asked, seen.answers, strict=True):
            for reader in due[question]:
                reader.answer(answer, now)
        concerned = self._meet(seen, now)
        return concerned or len(due) > len(asked)

    def _due(self, now: float) -> dict[Question, list[Reader]]:
        """Whom to ask, by what they ask. On the way the quiet are woken, and whose right has ended by itself end."""
        at, due = timezone.now(), defaultdict(list)
        # Bare comparisons: this line is passed thousands of times a second.
        for reader in self.readers:
            if reader.until <= at:
                reader.end(AGAIN)
            elif reader.ask_at <= now:
                due[reader.question].append(reader)
            if reader.beat_at <= now:
                reader.beat(now)
        return due

    def _meet(self, seen: Seen, now: float) -> bool:
        """Wake those whose target moved. Returns whether somebody is to be asked anew."""
        if seen.numbers is None or seen.generations is None:
            if not self._is_away:
                logger.warning("streams: the database does not answer; those who read go on for a while")
            self._is_away = True
            return False
        self._is_away = False
        changed = {whose for number, whose in seen.generations.items() if number not in self._met}
        self._met = seen.generations
        for target, readers in self._following.items():
            number = seen.numbers.get(target, 0)
            for reader in readers:
                if reader.number != number and reader.followed:
                    reader.move(number, now)
        return bool(changed) and self._ask_anew(changed)

    def _ask_anew(self, changed: set[UUID]) -> bool:
        """Those whose right hangs on somebody from whom it was taken away. Returns whether there are any."""
        is_concerned = False
        for reader in self.readers:
            if reader.followed and not reader.ended and not changed.isdisjoint(reader.followed.hangs_on):
                reader.ask_at, is_concerned = 0.0, True
        return is_concerned
