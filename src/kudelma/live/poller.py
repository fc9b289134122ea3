"""One task in each server process watches for all its readers: what moved, and who may not read any more.

It runs only while somebody reads. A few times a second it reads, in one thread of its own, the newest numbers of the
targets that are followed and whose rights have changed. A reader is asked by its cookies when it comes, when a
generation is written of somebody its right hangs on, and every ten minutes.
"""

import asyncio
import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.utils import timezone

from kudelma.live.following import Cookies, Followed, Seen, Unknown, look

logger = logging.getLogger("kudelma")
PAUSE_SECONDS = 0.4
# Proxies end a connection on which nothing comes: nginx after a minute, unless it is told otherwise.
BEAT_SECONDS = 15
ASK_SECONDS = 600
"""For so long a right is believed without asking, also while the database is away."""
AGAIN_SECONDS = 1
ASKED_AT_ONCE = 32
"""In one look, so that those who follow already do not wait until a crowd that comes at once has been asked."""

# Not one of the threads that answer pages: a look never waits for a page. One, so that asking is in order.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="streams")

OVER, AGAIN, AWAY, GONE = "over", "again", "away", "gone"
"""How reading ends: the right was taken away; it ended by itself; nobody knows; the reader left."""


class Reader:
    """One open stream: what it waits for, and what it has been told. Nothing is queued: only the newest counts."""

    def __init__(self, cookies: Cookies, target: UUID) -> None:
        self.cookies, self.target = cookies, target
        self.followed: Followed | None = None
        self.number: int | None = None
        self.ended = ""
        self.answered_at = 0.0
        self.ask_at = 0.0
        self.beat_at = 0.0
        self.woken = asyncio.Event()

    def end(self, how: str) -> None:
        self.ended = self.ended or how
        self.woken.set()

    def answer(self, answer: Followed | Unknown | None, now: float) -> None:
        if answer is None:
            self.end(OVER)
        elif isinstance(answer, Followed):
            # Spread by chance the first time: those who came together are not asked together for ever.
            self.ask_at = now + (ASK_SECONDS if self.followed else random.uniform(0, ASK_SECONDS))  # noqa: S311
            self.followed, self.answered_at = answer, now
        elif self.followed is None:
            self.end(AWAY)
        elif now - self.answered_at >= ASK_SECONDS:
            self.end(AGAIN)
        else:
            self.ask_at = now + AGAIN_SECONDS

    def move(self, number: int, now: float) -> None:
        if number != self.number:
            self.number, self.beat_at = number, now + BEAT_SECONDS
            self.woken.set()

    def beat(self, now: float) -> None:
        """Woken without news: a sign of life is sent."""
        if self.number is not None and now >= self.beat_at:
            self.beat_at = now + BEAT_SECONDS
            self.woken.set()


class Poller:
    def __init__(self) -> None:
        self.readers: set[Reader] = set()
        self._task: asyncio.Task[None] | None = None
        self._newcomer = asyncio.Event()
        self._met: dict[int, UUID] = {}
        self._is_away = False

    def add(self, reader: Reader) -> None:
        self.readers.add(reader)
        if self._task is None or self._task.done():
            self._newcomer, self._met, self._is_away = asyncio.Event(), {}, False
            self._task = asyncio.ensure_future(self._watch())
        self._newcomer.set()

    def remove(self, reader: Reader) -> None:
        self.readers.discard(reader)

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
        due = self._due(time.monotonic())
        asked = due[:ASKED_AT_ONCE]
        targets = {reader.target for reader in self.readers}
        seen = await asyncio.get_running_loop().run_in_executor(
            _thread, look, [(reader.cookies, reader.target) for reader in asked], targets, max(self._met, default=None)
        )
        now = time.monotonic()
        for reader, answer in zip(asked, seen.answers, strict=True):
            reader.answer(answer, now)
        concerned = self._meet(seen, now)
        return concerned or len(due) > len(asked)

    def _due(self, now: float) -> list[Reader]:
        """Whom to ask. On the way those whose right has ended by itself come to their end, and the quiet are woken."""
        at, due = timezone.now(), []
        for reader in self.readers:
            if reader.ended:
                continue
            if reader.followed and at >= reader.followed.until:
                reader.end(AGAIN)
            elif now >= reader.ask_at:
                due.append(reader)
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
        is_concerned = False
        for reader in self.readers:
            if reader.followed is None:
                continue
            if not changed.isdisjoint(reader.followed.hangs_on):
                reader.ask_at, is_concerned = 0.0, True
            reader.move(seen.numbers.get(reader.target, 0), now)
        return is_concerned
