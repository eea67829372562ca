"""How a running sync waits: interruptible by a cancellation, and without keeping others from work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from musicsync.errors import Cancelled
from musicsync.ports import Clock
from musicsync.standalone.live import LiveSync
from musicsync.standalone.slots import Slots
from musicsync.standalone.writer import WriteJob


class Waits:
    """The waiting side of one sync. Once `undoing`, nothing is cut short any more."""

    def __init__(self, live: LiveSync, slots: Slots, clock: Clock) -> None:
        self._live, self._slots, self._clock = live, slots, clock
        self._has_slot = False
        self._interrupted = False
        self.undoing = False

    def stop_if_cancelled(self) -> None:
        """Raises `Cancelled`."""
        if self._live.cancelled and not self.undoing:
            raise Cancelled

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """A cancellation of the sync ends the body with `Cancelled`."""
        self.stop_if_cancelled()
        task = asyncio.current_task()
        if self.undoing or task is None:
            yield
            return

        def interrupt() -> None:
            self._interrupted = True
            self._live.interrupt = None
            task.cancel()

        self._live.interrupt = interrupt
        try:
            yield
        except asyncio.CancelledError:
            if not self._interrupted or task.uncancel() > 0:
                raise  # the process ends
            self._interrupted = False
            raise Cancelled from None
        finally:
            self._live.interrupt = None

    async def result_of(self, job: WriteJob) -> object:
        """What the playlist's writer answers. A write that runs is never cut off; one that only waits is dropped."""
        if not self.undoing:
            self.stop_if_cancelled()
            self._live.interrupt = job.drop
        try:
            return await job.done
        finally:
            self._live.interrupt = None

    async def take_slot(self) -> None:
        """Wait for a place among those at work, unless the sync has one or only takes back what it did."""
        if self._has_slot or self.undoing:
            return
        request = self._live.view.request
        with self.interruptible():
            await self._slots.acquire(request.priority, request.user_id)
            self._has_slot = True

    def release_slot(self) -> None:
        """Let another one work."""
        if self._has_slot:
            self._has_slot = False
            self._slots.release()

    async def sleep(self, seconds: float) -> None:
        """A short wait that keeps the slot."""
        with self.interruptible():
            await self._clock.sleep(seconds)

    async def idle(self, until: float, woken: asyncio.Event | None) -> None:
        """Wait for `until` (epoch seconds) or for `woken`, without a slot: the next step that runs takes one again."""
        self.release_slot()
        with self.interruptible():
            timer = asyncio.ensure_future(self._clock.sleep(until - self._clock.now()))
            waits: list[asyncio.Future[object]] = [timer]  # type: ignore[list-item]
            if woken:
                waits.append(asyncio.ensure_future(woken.wait()))
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in waits:
                    one.cancel()
