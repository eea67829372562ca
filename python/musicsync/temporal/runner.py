"""`pipeline.Runner` inside a workflow: steps are activities, waits are timers, reviews are updates."""

from __future__ import annotations

import asyncio
import builtins
import contextlib
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, TimeoutError, is_cancelled_exception

from musicsync.errors import Cancelled, MusicSyncError, Permanent, StepTimeout, from_name
from musicsync.model import Add, Deferred, MatchDecision, ReviewAnswer, ScoredCandidate, Stage, Status, SyncRequest
from musicsync.policy import StepPolicy, step_policy
from musicsync.steps import ADD_TO_PLAYLIST, PLAYLIST_STEPS, Found, Remove, Step, Verify
from musicsync.temporal.messages import HAND_TO_WRITER, Progress, WriterAnswer, WriterTask

A = TypeVar("A")
R = TypeVar("R")

_FIELD: dict[type, str] = {Add: "add", Verify: "verify", Remove: "remove"}
_ASK_AGAIN_S = 600.0
LOST_AFTER_S = 10.0
"""A worker that has not been heard of for so long is lost, and its activity runs again elsewhere."""


def retry_policy(policy: StepPolicy) -> RetryPolicy:
    """The step policy in Temporal's words. Errors that end a step at once are marked by the activity itself."""
    return RetryPolicy(
        initial_interval=timedelta(seconds=policy.backoff_s),
        backoff_coefficient=policy.factor,
        maximum_interval=timedelta(seconds=max(policy.backoff_max_s, policy.backoff_s)),
        maximum_attempts=max(policy.attempts, policy.lost_attempts or 0),
    )


async def activity(name: str, argument: object, result: Any, policy: StepPolicy) -> Any:
    """Execute activity `name` under `policy`; `result` is the type of its answer."""
    return await workflow.execute_activity(
        name,
        argument,
        result_type=result,
        start_to_close_timeout=timedelta(seconds=policy.timeout_s),
        heartbeat_timeout=timedelta(seconds=policy.heartbeat_s or min(LOST_AFTER_S, policy.timeout_s)),
        retry_policy=retry_policy(policy),
    )


def translated(error: ActivityError) -> MusicSyncError:
    """The error of `errors.py` that ended an activity."""
    cause = error.cause
    if isinstance(cause, ApplicationError):
        return from_name(cause.type or "Permanent", cause.message)
    if isinstance(cause, TimeoutError):
        return StepTimeout(f"{error.activity_type} did not end in time")
    return Permanent(f"{error.activity_type}: {cause or error}")


class TemporalRunner:
    """One sync's runner; `progress` is what the query answers."""

    def __init__(self, request: SyncRequest) -> None:
        self.progress = Progress(request, Status.RUNNING)
        self.answer: ReviewAnswer | None = None
        self.events: set[str] = set()
        self.answers: dict[str, WriterAnswer] = {}
        self._policy = request.policy
        self._handed = 0

    @property
    def sync_id(self) -> str:
        """The workflow's id."""
        return workflow.info().workflow_id

    def now(self) -> float:
        """The workflow's clock: the same again on replay."""
        return workflow.now().timestamp()

    def enter(self, stage: Stage) -> None:
        """Show where the sync stands."""
        self._show(stage=stage, status=Status.RUNNING)

    def _show(self, **changes: Any) -> None:
        self.progress = replace(self.progress, **changes)

    async def step(self, step: Step[A, R], argument: A) -> R | Deferred:
        """Execute the step as an activity; a cancelled workflow becomes `Cancelled`."""
        try:
            result: R | Deferred = await self._execute(step, argument)
            return result
        except asyncio.CancelledError:
            raise Cancelled from None
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise Cancelled from None
            raise translated(error) from error

    async def compensate(self, step: Step[A, R], argument: A) -> R | Deferred:
        """Execute the step although the workflow was cancelled, also when it is cancelled again."""
        try:
            result: R | Deferred = await _unstoppable(self._execute(step, argument))
            return result
        except ActivityError as error:
            raise translated(error) from error

    async def _execute(self, step: Step[Any, Any], argument: Any) -> Any:
        if step is ADD_TO_PLAYLIST:
            self._show(add_begun=True)
        if step.name in PLAYLIST_STEPS:
            result = await self._hand_over(step, argument)
        else:
            result = await activity(step.name, argument, step.result | Deferred, step_policy(self._policy, step.name))
        self._note(step, result)
        return result

    async def _hand_over(self, step: Step[Any, Any], argument: Any) -> Any:
        """The playlist's writer workflow does the work and signals the answer; the activity only carries the wish."""
        self._handed += 1
        task = WriterTask(
            f"{self.sync_id}/{workflow.info().run_id}/{self._handed}",
            self.sync_id,
            step.name,
            argument.playlist_id,
            step_policy(self._policy, step.name),
            **{_FIELD[type(argument)]: argument},
        )
        while task.id not in self.answers:
            await workflow.execute_activity(
                HAND_TO_WRITER,
                task,
                start_to_close_timeout=timedelta(seconds=LOST_AFTER_S),
                retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=10)),
            )
            with contextlib.suppress(asyncio.TimeoutError):  # a writer that was terminated forgets: ask again
                await workflow.wait_condition(lambda: task.id in self.answers, timeout=_ASK_AGAIN_S)
        return self.answers.pop(task.id).result

    def _note(self, step: Step[Any, Any], result: Any) -> None:
        if isinstance(result, Deferred):
            return
        self._show(steps_completed=self.progress.steps_completed + 1)
        if isinstance(result, Found) and result.query is not None:
            self._show(match_strategy=result.query)
        if isinstance(result, MatchDecision):
            self._show(candidates_found=len(result.candidates), decision=result)

    async def wait(self, deferred: Deferred) -> None:
        """A durable timer that `deferred.event` ends early."""
        if deferred.pauses:
            self._show(status=Status.PAUSED, resumes_at=deferred.until, paused_reason=deferred.reason)
        if deferred.event:
            self.events.discard(deferred.event)
        await self._until(lambda: deferred.event in self.events, deferred.until)
        self._show(status=Status.RUNNING, resumes_at=None, paused_reason=None)

    async def review(self, candidates: tuple[ScoredCandidate, ...], expires_at: float) -> ReviewAnswer | None:
        """Wait for the `answer_review` update."""
        self._show(status=Status.WAITING_FOR_REVIEW, reviewing=candidates)
        await self._until(lambda: self.answer is not None, expires_at)
        self._show(status=Status.RUNNING, reviewing=())
        return self.answer

    async def _until(self, condition: Any, until: float) -> None:
        try:
            await workflow.wait_condition(condition, timeout=max(0.001, until - self.now()))
        except asyncio.CancelledError:
            raise Cancelled from None
        except builtins.TimeoutError:
            return


async def _unstoppable(work: Coroutine[Any, Any, R]) -> R:
    """The result of `work`, whatever cancellations arrive meanwhile."""
    task = asyncio.ensure_future(work)
    while True:
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.done():
                raise
