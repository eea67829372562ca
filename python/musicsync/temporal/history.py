"""A workflow's recorded events as the step history that both runners show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import HistoryEvent

from musicsync.ports import HistoryEntry
from musicsync.temporal.messages import HAND_TO_WRITER


def entries(events: Iterable[HistoryEvent]) -> tuple[HistoryEntry, ...]:
    """One entry for each activity, in the order in which they were scheduled. Temporal records the last attempt only:
    `attempt` is its number, `error` the last failure."""
    steps: dict[int, dict[str, Any]] = {}
    for event in events:
        kind = event.event_type
        if kind == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            steps[event.event_id] = {"step": _step(event), "attempt": 1, "started_at": _time(event)}
        elif kind == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
            started = event.activity_task_started_event_attributes
            step = steps[started.scheduled_event_id]
            step |= {"attempt": started.attempt, "started_at": _time(event), "error": _text(started.last_failure)}
        elif kind == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
            completed = event.activity_task_completed_event_attributes
            steps[completed.scheduled_event_id] |= {"ended_at": _time(event), "result": _plain(completed.result)}
        elif kind == EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED:
            failed = event.activity_task_failed_event_attributes
            steps[failed.scheduled_event_id] |= {"ended_at": _time(event), "error": _text(failed.failure)}
        elif kind == EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT:
            late = event.activity_task_timed_out_event_attributes
            steps[late.scheduled_event_id] |= {"ended_at": _time(event), "error": _text(late.failure)}
        elif kind == EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED:
            canceled = event.activity_task_canceled_event_attributes
            steps[canceled.scheduled_event_id] |= {"ended_at": _time(event), "error": "cancelled"}
    return tuple(HistoryEntry(**step) for step in steps.values())


def _step(event: HistoryEvent) -> str:
    """The step's name; what was handed to the writer is shown under the step that it is."""
    scheduled = event.activity_task_scheduled_event_attributes
    if scheduled.activity_type.name != HAND_TO_WRITER:
        return str(scheduled.activity_type.name)
    return str(_plain(scheduled.input)["step"])


def _plain(payloads: Payloads) -> Any:
    return orjson.loads(payloads.payloads[0].data) if payloads.payloads and payloads.payloads[0].data else None


def _text(failure: Failure) -> str | None:
    if not failure.message:
        return None
    name = failure.application_failure_info.type
    return f"{name}: {failure.message}" if name else str(failure.message)


def _time(event: HistoryEvent) -> float:
    return event.event_time.ToMicroseconds() / 1e6
