"""How many syncs are at work at once, and who is next."""

from __future__ import annotations

import asyncio
import heapq
import itertools


class Slots:
    """`most` at a time. Of those that wait, the lower priority number goes first; within a priority the users take
    turns; a user's own are served in order."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: list[tuple[int, int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._turn: dict[int, int] = {}
        self._latest: dict[tuple[int, str], int] = {}

    async def acquire(self, priority: int, user_id: str) -> None:
        """Return once a slot is this caller's."""
        if self._free > 0:
            self._free -= 1
            return
        turn = max(self._turn.get(priority, 0), self._latest.get((priority, user_id), -1) + 1)
        self._latest[priority, user_id] = turn
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, turn, next(self._numbers), granted))
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self.release()  # it was granted and cancelled in the same moment
            raise

    def release(self) -> None:
        """Give a slot back: to the next one that waits, if any."""
        while self._waiting:
            priority, turn, _, granted = heapq.heappop(self._waiting)
            self._turn[priority] = turn
            if not granted.done():
                granted.set_result(None)
                return
        self._turn.clear()
        self._latest.clear()
        self._free += 1
