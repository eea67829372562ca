"""How workflows call activities: the step policies in Temporal's words, and Temporal's failures in ours."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, TimeoutError

from musicsync.errors import MusicSyncError, Permanent, StepTimeout, from_name
from musicsync.policy import StepPolicy

R = TypeVar("R")

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


async def activity(
    name: str, argument: object, result: Any, policy: StepPolicy, *, queue: str | None = None,
    taken_within_s: float | None = None,
) -> Any:  # fmt: skip
    """Execute activity `name` under `policy`; `result` is the type of its answer. `queue` is another one than the
    workflow's own; where no worker takes it `taken_within_s`, it has failed."""
    return await workflow.execute_activity(
        name,
        argument,
        task_queue=queue,
        schedule_to_start_timeout=timedelta(seconds=taken_within_s) if taken_within_s else None,
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
        return StepTimeout(f"{error.activity_type} did not end in time, or its worker was lost")
    return Permanent(f"{error.activity_type}: {cause or error}")


def last_attempt(error: ActivityError) -> int:
    """The number of the attempt that ended an activity, as far as it is known (from 1)."""
    details = error.cause.details if isinstance(error.cause, ApplicationError) else ()
    return details[0] if details and isinstance(details[0], int) else 1


async def to_the_end(work: Coroutine[Any, Any, R]) -> tuple[R, bool]:
    """The result of `work`, whatever cancellations arrive meanwhile, and whether one did."""
    task, stopped = asyncio.ensure_future(work), False
    while not task.done():
        try:
            await workflow.wait([task])
        except asyncio.CancelledError:
            stopped = True
    return task.result(), stopped
