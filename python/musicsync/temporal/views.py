"""What the server shows of a workflow, as `SyncView`s, and which of them a filter wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowExecution, WorkflowExecutionStatus

from musicsync import codec
from musicsync.errors import SyncNotFound
from musicsync.model import ErrorInfo, Outcome, OutcomeKind, Stage, Status, SyncRequest
from musicsync.ports import SyncFilter, SyncView
from musicsync.temporal import messages
from musicsync.temporal.messages import Progress

_FIRST_EVENTS = 2
"""A workflow that no worker has touched has these: it was started, and a worker was asked for."""


def view_of(execution: WorkflowExecution, memo: Mapping[str, Any]) -> SyncView:
    """What the server knows without asking a worker. Exact for a sync that waits or has ended."""
    if messages.MEMO_REQUEST not in memo:
        raise SyncNotFound(f"no sync {execution.id}")
    request = codec.loads(SyncRequest, memo[messages.MEMO_REQUEST])
    progress = codec.loads(Progress, memo[messages.MEMO_PROGRESS]) if messages.MEMO_PROGRESS in memo else Progress()
    if execution.status is WorkflowExecutionStatus.RUNNING:
        waits = progress.status in (Status.PAUSED, Status.WAITING_FOR_REVIEW)
        if not waits:  # it may have gone on since
            begun = execution.history_length > _FIRST_EVENTS
            progress = Progress(Status.RUNNING if begun else Status.ACCEPTED)
    elif progress.outcome is None:
        progress = _lost(execution, progress)
    closed = execution.close_time.timestamp() if execution.close_time else None
    view = SyncView(
        execution.id, request, Status.ACCEPTED, started_at=execution.start_time.timestamp(), completed_at=closed
    )
    return shown(view, progress)


def shown(view: SyncView, progress: Progress) -> SyncView:
    """`view` as `progress` says."""
    return SyncView(
        view.workflow_id, view.request, progress.status, progress.stage, progress.steps_completed,
        progress.candidates_found, progress.match_strategy, progress.retry_count, progress.outcome, view.started_at,
        view.completed_at, progress.resumes_at, progress.paused_reason,
    )  # fmt: skip


def waits_or_ended(view: SyncView) -> bool:
    """True where a worker would know no more than the server."""
    return view.status not in (Status.ACCEPTED, Status.RUNNING)


def _lost(execution: WorkflowExecution, progress: Progress) -> Progress:
    """A workflow that somebody terminated, or that failed outside the pipeline."""
    message = f"The workflow ended as {execution.status.name.lower() if execution.status else 'unknown'}."
    error = ErrorInfo("WorkflowEnded", message)
    outcome = Outcome(Status.FAILED, OutcomeKind.FAILED, message, error=error)
    return Progress(
        Status.FAILED, progress.stage if progress.stage is not Stage.COMPLETED else Stage.INITIALIZING,
        progress.steps_completed, progress.candidates_found, progress.match_strategy, progress.retry_count,
        outcome=outcome,
    )  # fmt: skip


class Cursor:
    """Where a page ended: at the `count`-th workflow that started at `at` (to the microsecond)."""

    def __init__(self, at: float, count: int) -> None:
        self.at, self.count = at, count

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """What `str` wrote; raises `ValueError` for anything else."""
        at, _, count = text.partition("/")
        return cls(float(at), int(count))

    def __str__(self) -> str:
        return f"{self.at!r}/{self.count}"

    def after(self, started_at: float) -> Cursor:
        """The cursor one workflow further on."""
        return Cursor(started_at, self.count + 1 if started_at == self.at else 1)


def visibility(query: SyncFilter, cursor: Cursor | None) -> str:
    """The part of a filter that the server applies: type, state and time. Newest first is its own order."""
    clauses = [f"WorkflowType = '{messages.SYNC_WORKFLOW}'"]
    if query.status is not None:
        is_open = query.status in {one.value for one in Status if one.is_open}
        clauses.append(f"ExecutionStatus {'=' if is_open else '!='} 'Running'")
    if query.since is not None:
        clauses.append(f"StartTime >= '{_iso(query.since)}'")
    if query.until is not None:
        clauses.append(f"StartTime < '{_iso(query.until)}'")
    if cursor:
        clauses.append(f"StartTime < '{_iso(cursor.at, microseconds=1)}'")
    return " AND ".join(clauses)


def _iso(seconds: float, *, microseconds: int = 0) -> str:
    moment = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=microseconds)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def matches(view: SyncView, query: SyncFilter) -> bool:
    """The rest of the filter."""
    song, outcome = view.request.song, view.outcome
    pairs = (
        (query.user_id, view.request.user_id),
        (query.playlist_id, view.request.playlist),
        (query.status, view.status.value),
        (query.match_method, outcome.method.value if outcome else ""),
    )
    if any(wanted is not None and wanted != actual for wanted, actual in pairs):
        return False
    texts = ((query.track_name, song.title), (query.artist, song.artist))
    return all(wanted is None or wanted.casefold() in actual.casefold() for wanted, actual in texts)
