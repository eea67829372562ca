"""One writer per playlist: adds, verifications and removals run one after the other, waiting adds in one request."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from dataclasses import dataclass, field
from typing import Any

import structlog

from musicsync.errors import Cancelled, MusicSyncError, SpotifyRefused, StepTimeout
from musicsync.model import Add, Deferred
from musicsync.ports import Clock
from musicsync.steps import Steps

_MOST_AT_ONCE = 100
_LOOK_AGAIN_S = 60.0
_log = structlog.get_logger()


@dataclass(order=True, slots=True)
class WriteJob:
    """One step that waits for its playlist. `order` is (priority, ticket): who asked first goes first, also when a step
    is asked again. `argument` is None for a recovery."""

    order: tuple[int, int]
    step: str = field(compare=False)
    argument: Any = field(compare=False)
    timeout_s: float = field(compare=False)
    done: asyncio.Future[Any] = field(compare=False)
    begun: bool = field(default=False, compare=False)

    def drop(self) -> None:
        """Take it out of the queue if it has not begun: its caller gets `Cancelled`."""
        if not self.begun and not self.done.done():
            self.done.set_exception(Cancelled())


class PlaylistWriters:
    """A queue and a task per playlist; the task ends when the queue is empty."""

    def __init__(self, steps: Steps, clock: Clock) -> None:
        self._steps, self._clock = steps, clock
        self._queues: dict[str, list[WriteJob]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._looks: dict[str, asyncio.Task[None]] = {}
        self._tickets = itertools.count(1)
        self._closing = False

    def ticket(self) -> int:
        """A place in the order of all that ask."""
        return next(self._tickets)

    def submit(self, playlist_id: str, step: str, argument: Any, order: tuple[int, int], timeout_s: float) -> WriteJob:
        """Queue a step for its playlist; await `done` for its result."""
        job = WriteJob(order, step, argument, timeout_s, asyncio.get_running_loop().create_future())
        heapq.heappush(self._queues.setdefault(playlist_id, []), job)
        if playlist_id not in self._tasks:
            self._tasks[playlist_id] = asyncio.create_task(self._serve(playlist_id))
        return job

    def recover(self, playlist_id: str) -> None:
        """Queue a look at what an earlier process left open, before anything else."""
        job = self.submit(playlist_id, "recover", None, (0, 0), 300.0)
        job.done.add_done_callback(_forget)

    async def close(self, grace_s: float) -> None:
        """Let running writes end for a moment, drop the rest: what is open is reconciled at the next start."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=grace_s)
        left = [*self._tasks.values(), *self._looks.values()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, playlist_id: str) -> None:
        waiting = self._queues[playlist_id]
        try:
            while waiting and not self._closing:
                group = _take(waiting)
                if group and group[0].argument is None:
                    await self._recover(playlist_id, group[0])
                elif group:
                    await self._execute(group)
                await self._look_later(playlist_id, 0.0)
        finally:
            del self._queues[playlist_id], self._tasks[playlist_id]

    async def _execute(self, group: list[WriteJob]) -> None:
        first = group[0]
        try:
            async with asyncio.timeout(first.timeout_s):
                if isinstance(first.argument, Add):
                    results: list[Any] = list(await self._steps.add_group([one.argument for one in group]))
                else:
                    results = [await self._steps.execute(first.step, first.argument)]
        except SpotifyRefused as error:
            if len(group) == 1:
                _fail(group, error)
            for job in group if len(group) > 1 else ():  # one bad uri must not fail the others
                await self._execute([job])
        except TimeoutError:
            _fail(group, StepTimeout(f"{first.step} did not end within {first.timeout_s:g} s"))
        except Exception as error:  # whatever it is, it is the callers' to judge: the writer goes on
            _fail(group, error)
        else:
            for job, result in zip(group, results, strict=True):
                if not job.done.done():
                    job.done.set_result(result)

    async def _recover(self, playlist_id: str, job: WriteJob) -> None:
        try:
            async with asyncio.timeout(job.timeout_s):
                result = await self._steps.recover(playlist_id)
        except Exception as error:  # whatever it is, those that wait behind it must get their turn
            _log.warning("recovery failed", playlist_id=playlist_id, error=f"{type(error).__name__}: {error}")
            await self._look_later(playlist_id, self._clock.now() + _LOOK_AGAIN_S)
        else:
            if isinstance(result, Deferred):
                await self._look_later(playlist_id, result.until)
        job.done.set_result(None)

    async def _look_later(self, playlist_id: str, not_before: float) -> None:
        """See that `recover` runs when it is due, whether or not another sync comes."""
        try:
            due = await self._steps.next_look(playlist_id)
        except MusicSyncError as error:
            _log.warning("open intents cannot be read", playlist_id=playlist_id, error=str(error))
            due = self._clock.now() + _LOOK_AGAIN_S
        if due is None or playlist_id in self._looks or self._closing:
            return

        async def look() -> None:
            await self._clock.sleep(max(due, not_before, self._clock.now() + 0.1) - self._clock.now())
            del self._looks[playlist_id]
            self.recover(playlist_id)

        self._looks[playlist_id] = asyncio.create_task(look())


def _take(waiting: list[WriteJob]) -> list[WriteJob]:
    """The next job, or all adds that wait in a row."""
    group: list[WriteJob] = []
    while waiting and len(group) < _MOST_AT_ONCE:
        if group and not (isinstance(waiting[0].argument, Add) and isinstance(group[0].argument, Add)):
            break
        job = heapq.heappop(waiting)
        if not job.done.done():
            job.begun = True
            group.append(job)
    return group


def _fail(group: list[WriteJob], error: Exception) -> None:
    for job in group:
        if not job.done.done():
            job.done.set_exception(error)


def _forget(done: asyncio.Future[Any]) -> None:
    if not done.cancelled():
        done.exception()
