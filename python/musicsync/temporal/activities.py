"""The activities: each step of `steps.py` under its own name, and the two that serve the playlist writer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError

from musicsync.errors import MusicSyncError, Retryable
from musicsync.model import Add
from musicsync.policy import STEP_POLICIES
from musicsync.steps import ADD_TO_PLAYLIST, STEPS, Steps
from musicsync.temporal import messages
from musicsync.temporal.messages import GroupResult, WriterState, WriterTask
from musicsync.temporal.workflows import PlaylistWriterWorkflow


def failure(error: MusicSyncError) -> ApplicationError:
    """The error as Temporal records it: its class name, and whether the step may be tried again."""
    name = type(error).__name__
    policy = STEP_POLICIES.get(activity.info().activity_type)
    once = policy is not None and policy.attempts == 1
    never = policy is not None and name in policy.never_retried
    return ApplicationError(str(error), type=name, non_retryable=once or never or not isinstance(error, Retryable))


@contextlib.asynccontextmanager
async def _heartbeats() -> AsyncIterator[None]:
    """Tell the server that this worker lives: a lost one is noticed within the heartbeat time-out."""
    timeout = activity.info().heartbeat_timeout

    async def beat(every: float) -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(every)

    task = asyncio.create_task(beat(timeout.total_seconds() / 3)) if timeout else None
    try:
        yield
    finally:
        if task:
            task.cancel()


async def _guarded(call: Callable[[], Awaitable[Any]]) -> Any:
    async with _heartbeats():
        try:
            return await call()
        except MusicSyncError as error:
            raise failure(error) from error


class Activities:
    """All activities over one set of steps."""

    def __init__(self, steps: Steps, client: Client) -> None:
        self._steps, self._client = steps, client

    def all(self) -> Sequence[Callable[..., Any]]:
        """The functions to register with a worker."""
        plain = [name for name in STEPS if name != ADD_TO_PLAYLIST.name]
        return [*(self._step(name) for name in plain), self._add_group(), self._recover(), self._hand_over()]

    def _step(self, name: str) -> Callable[..., Any]:
        steps = self._steps

        async def run(argument: Any) -> Any:
            return await _guarded(lambda: steps.execute(name, argument))

        run.__annotations__ = {"argument": STEPS[name].argument, "return": Any}
        return activity.defn(name=name)(run)

    def _add_group(self) -> Callable[..., Any]:
        steps = self._steps

        @activity.defn(name=messages.ADD_GROUP)
        async def add_group(wishes: list[Add]) -> GroupResult:
            results = await _guarded(lambda: steps.add_group(wishes))
            return GroupResult(tuple(results), await steps.next_look(wishes[0].playlist_id))

        return add_group

    def _recover(self) -> Callable[..., Any]:
        steps = self._steps

        @activity.defn(name=messages.RECOVER)
        async def recover(playlist_id: str) -> float | None:
            deferred = await _guarded(lambda: steps.recover(playlist_id))
            return deferred.until if deferred else await steps.next_look(playlist_id)

        return recover

    def _hand_over(self) -> Callable[..., Any]:
        client = self._client

        @activity.defn(name=messages.HAND_TO_WRITER)
        async def hand_to_writer(task: WriterTask) -> None:
            await client.start_workflow(
                PlaylistWriterWorkflow.run,
                WriterState(task.playlist_id),
                id=messages.writer_id(task.playlist_id),
                task_queue=activity.info().task_queue,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                start_signal=PlaylistWriterWorkflow.submit.__name__,
                start_signal_args=[task],
            )

        return hand_to_writer
