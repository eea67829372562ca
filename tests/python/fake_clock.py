"""A clock that tests own."""

from __future__ import annotations

import asyncio
import heapq
import itertools


def no_jitter(most: float) -> float:
    """A jitter that never adds anything."""
    return 0.0


class VirtualClock:
    """Time that passes when a test says so (`advance`, `skip`); a sleep of at most `auto_s` ends by itself, as soon as
    nothing else is to be done."""

    def __init__(self, start: float = 1_800_000_000.0, *, auto_s: float = float("inf")) -> None:
        self._now, self._auto_s, self._offset = start, auto_s, 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._slept = asyncio.Event()
        self._numbers = itertools.count()
        self._pump: asyncio.Task[None] | None = None

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._now + self._offset

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed on this clock."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._slept.set()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._numbers), woken))
        if seconds <= self._auto_s and (self._pump is None or self._pump.done()):
            self._pump = asyncio.create_task(self._run())
        await woken

    async def advance(self, seconds: float) -> None:
        """Let `seconds` pass, waking every sleeper at its own time."""
        end = self._now + seconds
        while self._sleepers and self._sleepers[0][0] <= end:
            self._wake_next()
            await _settle()
        self._now = max(self._now, end)
        await _settle()

    async def skip(self, seconds: float) -> None:
        """`advance` as soon as somebody sleeps."""
        while all(woken.done() for _, _, woken in self._sleepers):
            self._slept = asyncio.Event()
            await self._slept.wait()
        await self.advance(seconds)

    def jump(self, seconds: float) -> None:
        """Set the wall clock: sleeps take as long as before."""
        self._offset += seconds

    async def _run(self) -> None:
        while self._next_is_due():
            await _settle()
            await asyncio.sleep(0.002)  # threads (a journal's writer) get their turn before time passes
            if self._next_is_due():
                self._wake_next()

    def _next_is_due(self) -> bool:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return bool(self._sleepers) and self._sleepers[0][0] <= self._now + self._auto_s

    def _wake_next(self) -> None:
        at, _, woken = heapq.heappop(self._sleepers)
        if not woken.done():
            self._now = max(self._now, at)
            woken.set_result(None)


async def _settle(turns: int = 20) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)
