"""The activities: each step of `steps.py` under its own name, and those that serve the playlist writer."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import Priority, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.service import RPCError

from musicsync.errors import MusicSyncError, Retryable, SpotifyRefused, StepTimeout, StorageUnavailable
from musicsync.model import Add, Added, Deferred
from musicsync.policy import STEP_POLICIES
from musicsync.steps import ADD_TO_PLAYLIST, CATALOGUE_SEARCH, PLAYLIST_STEPS, STEPS, Steps
from musicsync.temporal import messages
from musicsync.temporal.messages import Ran, WriterState, WriterTask, Written, answered

_OWN_SHARE = 0.9
"""An activity gives up at this share of its time-out: before the server lets another worker begin."""
_log = structlog.get_logger()


def failure(error: Exception) -> ApplicationError:
    """The error as Temporal records it: its class name, its attempt, and whether the step may be tried again."""
    info, name = activity.info(), type(error).__name__
    policy = STEP_POLICIES.get(info.activity_type)
    once = policy is not None and policy.attempts == 1 and not isinstance(error, StepTimeout)
    never = policy is not None and name in policy.never_retried
    expected = isinstance(error, MusicSyncError)
    retryable = isinstance(error, Retryable) or not expected
    log = _log.warning if expected else _log.exception
    log(
        "an activity failed", activity=info.activity_type, attempt=info.attempt, workflow_id=info.workflow_id,
        error=f"{name}: {error}",
    )  # fmt: skip
    return ApplicationError(
        str(error), info.attempt, type=name, non_retryable=once or never or not retryable,
        category=ApplicationErrorCategory.BENIGN,  # logged above, in our own way
    )  # fmt: skip


@contextlib.asynccontextmanager
async def _attempt() -> AsyncIterator[None]:
    """One attempt: it heartbeats (a lost worker is noticed), ends before its time-out, and fails as `failure` says."""
    info = activity.info()
    heartbeat = info.heartbeat_timeout.total_seconds() / 3 if info.heartbeat_timeout else None
    limit = info.start_to_close_timeout.total_seconds() * _OWN_SHARE if info.start_to_close_timeout else 60.0

    async def beat(every: float) -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(every)

    beating = asyncio.create_task(beat(heartbeat)) if heartbeat else None
    try:
        async with asyncio.timeout(limit):
            yield
    except TimeoutError as error:
        raise failure(StepTimeout(f"{info.activity_type} did not end within {limit:g} s")) from error
    except ApplicationError:
        raise
    except Exception as error:
        raise failure(error) from error
    finally:
        if beating:
            beating.cancel()


class Activities:
    """All activities over one set of steps. One at a time for each playlist: an attempt that the server has given up
    may still be ending in this process."""

    def __init__(self, steps: Steps, client: Client) -> None:
        self._steps, self._client = steps, client
        self._playlists: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def all(self) -> Sequence[Callable[..., Any]]:
        """The functions to register with a worker."""
        steps = [self._write(name) if name in PLAYLIST_STEPS else self._step(name) for name in STEPS]
        return [*steps, self._recover(), self._hand_over()]

    def of_the_catalogue(self) -> Sequence[Callable[..., Any]]:
        """Those that only a process with the local catalogue can do."""
        return [self._step(CATALOGUE_SEARCH.name)]

    def _step(self, name: str) -> Callable[..., Any]:
        async def run(argument: Any) -> Any:
            async with _attempt():
                result = await self._steps.execute(name, argument)
            attempt = activity.info().attempt
            return Ran(attempt, None, result) if isinstance(result, Deferred) else Ran(attempt, result)

        run.__annotations__ = {"argument": STEPS[name].argument, "return": Any}
        return activity.defn(name=name)(run)

    def _write(self, name: str) -> Callable[..., Any]:
        @activity.defn(name=name)
        async def write(tasks: list[WriterTask]) -> Written:
            playlist_id = tasks[0].playlist_id
            async with _attempt(), self._playlists[playlist_id]:
                results = await (self._add(tasks) if name == ADD_TO_PLAYLIST.name else self._each(tasks))
                next_look = await self._steps.next_look(playlist_id)
            attempt = activity.info().attempt
            answers = (answered(task, result, attempt) for task, result in zip(tasks, results, strict=True))
            return Written(tuple(answers), next_look)

        return write

    async def _add(self, tasks: Sequence[WriterTask]) -> list[Added | Deferred | MusicSyncError]:
        """All in one request. One bad uri fails a whole request: then each half for itself."""
        try:
            return list(await self._steps.add_group([one.wish for one in tasks if isinstance(one.wish, Add)]))
        except SpotifyRefused as error:
            if len(tasks) == 1:
                return [error]
        middle = len(tasks) // 2
        return await self._add(tasks[:middle]) + await self._add(tasks[middle:])

    async def _each(self, tasks: Sequence[WriterTask]) -> list[Any]:
        """One after the other. What may pass by itself is tried again with all of them while attempts are left."""
        last = activity.info().attempt >= tasks[0].policy.attempts
        results: list[Any] = []
        for task in tasks:
            try:
                result = await self._steps.execute(task.step, task.wish)
            except MusicSyncError as error:
                if isinstance(error, Retryable) and not last:
                    raise
                result = error
            if isinstance(result, Deferred):
                return results + [result] * (len(tasks) - len(results))
            results.append(result)
        return results

    def _recover(self) -> Callable[..., Any]:
        @activity.defn(name=messages.RECOVER)
        async def recover(playlist_id: str) -> float | None:
            async with _attempt(), self._playlists[playlist_id]:
                deferred = await self._steps.recover(playlist_id)
                return deferred.until if deferred else await self._steps.next_look(playlist_id)

        return recover

    def _hand_over(self) -> Callable[..., Any]:
        @activity.defn(name=messages.HAND_TO_WRITER)
        async def hand_to_writer(task: WriterTask) -> None:
            async with _attempt():
                await self._start_writer(task, activity.info().task_queue)

        return hand_to_writer

    async def _start_writer(self, task: WriterTask, task_queue: str) -> None:
        try:
            await self._client.start_workflow(
                messages.WRITER_WORKFLOW,
                WriterState(task.playlist_id),
                id=messages.writer_id(task.playlist_id),
                task_queue=task_queue,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                start_signal=messages.SUBMIT,
                start_signal_args=[task],
                priority=Priority(priority_key=1),
            )
        except RPCError as error:
            raise StorageUnavailable(f"Temporal: {error.message}") from error
