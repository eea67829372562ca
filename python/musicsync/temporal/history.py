"""A workflow's recorded events as the step history that both runners show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import HistoryEvent

from musicsync.ports import HistoryEntry
from musicsync.steps import STEPS
from musicsync.temporal.messages import HAND_TO_WRITER, SUBMIT, WRITER_ANSWER

_MOST_ITEMS = 5
_RESULTS = ("added", "removed", "verified")


def entries(events: Iterable[HistoryEvent]) -> tuple[HistoryEntry, ...]:
    """One entry for each step, in the order in which they began. Temporal records the last attempt only: `attempt` is
    its number, `error` its failure. A deferral is no attempt."""
    log = _Log()
    for event in events:
        log.read(event)
    return tuple(HistoryEntry(**fields) for fields in log.steps.values() if fields is not None)


@dataclass
class _Log:
    """`steps` by what their later events name: the event that scheduled them, or the task handed to the writer. None
    marks a step that was deferred."""

    steps: dict[int | str, dict[str, Any] | None] = field(default_factory=dict)

    def read(self, event: HistoryEvent) -> None:
        """Take in one event."""
        match event.event_type:
            case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
                scheduled = event.activity_task_scheduled_event_attributes
                if scheduled.activity_type.name == HAND_TO_WRITER:
                    self._handed_over(event, scheduled.input)
                elif scheduled.activity_type.name in STEPS:
                    self.steps[event.event_id] = _entry(scheduled.activity_type.name, event)
            case EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
                signal = event.signal_external_workflow_execution_initiated_event_attributes
                if signal.signal_name == SUBMIT:
                    self._handed_over(event, signal.input)
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
                answer = event.workflow_execution_signaled_event_attributes
                if answer.signal_name == WRITER_ANSWER:
                    self._answered(event, _plain(answer.input))
            case EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
                started = event.activity_task_started_event_attributes
                error = _text(started.last_failure)
                self._add(started.scheduled_event_id, attempt=started.attempt, started_at=_time(event), error=error)
            case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
                completed = event.activity_task_completed_event_attributes
                self._completed(completed.scheduled_event_id, event, _plain(completed.result))
            case _:
                self._failed(event)

    def _failed(self, event: HistoryEvent) -> None:
        if event.HasField("activity_task_failed_event_attributes"):
            failed = event.activity_task_failed_event_attributes
            self._add(failed.scheduled_event_id, ended_at=_time(event), error=_text(failed.failure))
        elif event.HasField("activity_task_timed_out_event_attributes"):
            late = event.activity_task_timed_out_event_attributes
            self._add(late.scheduled_event_id, ended_at=_time(event), error=_text(late.failure))
        elif event.HasField("activity_task_canceled_event_attributes"):
            canceled = event.activity_task_canceled_event_attributes
            self._add(canceled.scheduled_event_id, ended_at=_time(event), error="cancelled")

    def _handed_over(self, event: HistoryEvent, task: Payloads) -> None:
        """What was handed to the writer is shown under the step that it is, however often it was handed over."""
        plain = _plain(task)
        self.steps.setdefault(plain["id"], _entry(plain["step"], event))

    def _answered(self, event: HistoryEvent, answer: dict[str, Any]) -> None:
        if answer.get("deferred"):
            self.steps[answer["task_id"]] = None
            return
        problem = answer.get("error")
        self._add(
            answer["task_id"],
            attempt=answer.get("attempt", 1),
            ended_at=_time(event),
            error=f"{problem['type']}: {problem['message']}" if problem else None,
            result=_shortened(next((answer[name] for name in _RESULTS if answer.get(name) is not None), None)),
        )

    def _completed(self, key: int, event: HistoryEvent, ran: Any) -> None:
        if key in self.steps and ran["deferred"]:
            self.steps[key] = None
        elif key in self.steps:
            self._add(key, ended_at=_time(event), error=None, result=_shortened(ran["result"]))

    def _add(self, key: int | str, **fields: Any) -> None:
        entry = self.steps.get(key)
        if entry is not None:
            entry |= fields


def _entry(step: str, event: HistoryEvent) -> dict[str, Any]:
    return {"step": step, "attempt": 1, "started_at": _time(event)}


def _shortened(value: Any) -> Any:
    """Long lists keep their first items and say how many there were."""
    if isinstance(value, dict):
        return {name: _shortened(one) for name, one in value.items()}
    if isinstance(value, list):
        kept = [_shortened(one) for one in value[:_MOST_ITEMS]]
        return [*kept, f"… {len(value) - _MOST_ITEMS} more"] if len(value) > _MOST_ITEMS else kept
    return value


def _plain(payloads: Payloads) -> Any:
    return orjson.loads(payloads.payloads[0].data) if payloads.payloads and payloads.payloads[0].data else None


def _text(failure: Failure) -> str | None:
    if not failure.message:
        return None
    name = failure.application_failure_info.type
    return f"{name}: {failure.message}" if name else str(failure.message)


def _time(event: HistoryEvent) -> float:
    return event.event_time.ToMicroseconds() / 1e6
