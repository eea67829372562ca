"""What the server shows of a workflow, as `SyncView`s, and which of them a filter wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from temporalio.client import WorkflowExecution, WorkflowExecutionStatus

from musicsync import codec
from musicsync.errors import SyncNotFound
from musicsync.model import ErrorInfo, Outcome, OutcomeKind, Status, SyncRequest
from musicsync.ports import SyncFilter, SyncView
from musicsync.temporal import messages
from musicsync.temporal.messages import Progress

_FIRST_EVENTS = 2
"""A workflow that no worker has touched has these: it was started, and a worker was asked for."""


def view_of(execution: WorkflowExecution, memo: Mapping[str, Any]) -> SyncView:
    """What the server knows without asking a worker. Exact for a sync that waits or has ended, but for the outcome."""
    if messages.MEMO_REQUEST not in memo:
        raise SyncNotFound(f"no sync {execution.id}")
    request = codec.loads(SyncRequest, memo[messages.MEMO_REQUEST])
    progress = codec.loads(Progress, memo[messages.MEMO_PROGRESS]) if messages.MEMO_PROGRESS in memo else Progress()
    if execution.status is WorkflowExecutionStatus.RUNNING:
        waits = progress.status in (Status.PAUSED, Status.WAITING_FOR_REVIEW)
        if not waits:  # it may have gone on since
            untouched = 0 < execution.history_length <= _FIRST_EVENTS  # lists say 0 of what runs
            progress = Progress(Status.ACCEPTED if untouched else Status.RUNNING)
    elif progress.status.is_open:
        progress = replace(progress, status=Status.FAILED)
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


def is_at_work(view: SyncView) -> bool:
    """True where a worker knows more than the server."""
    return view.status is Status.RUNNING


def lost(reason: str) -> Outcome:
    """The outcome of a workflow that somebody terminated, or that failed outside the pipeline."""
    message = f"The workflow ended without an outcome: {reason}."
    return Outcome(Status.FAILED, OutcomeKind.FAILED, message, error=ErrorInfo("WorkflowEnded", message))


def visibility(
    query: SyncFilter, since: float | None = None, until: float | None = None, before: float | None = None
) -> str:
    """The part of a filter that the server applies: type, state and the time of the start."""
    clauses = [f"WorkflowType = '{messages.SYNC_WORKFLOW}'"]
    if query.status is not None:
        is_open = query.status.casefold() in {one.value for one in Status if one.is_open}
        clauses.append(f"ExecutionStatus {'=' if is_open else '!='} 'Running'")
    latest = None if until is None else until + 1e-6  # the server counts nanoseconds, we know microseconds
    for operator, moment in ((">=", since), ("<=", latest), ("<", before)):
        if moment is not None:
            clauses.append(f"StartTime {operator} '{_iso(moment)}'")
    return " AND ".join(clauses)


def open_syncs() -> str:
    """The server's filter for every sync that has not ended."""
    return visibility(SyncFilter(status=Status.RUNNING.value))


def _iso(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def matches(view: SyncView, memo: Mapping[str, Any], query: SyncFilter) -> bool:
    """The rest of the filter."""
    song, playlists = view.request.song, (view.request.playlist, memo.get(messages.MEMO_PLAYLIST))
    texts = (
        (query.track_name, song.title),
        (query.artist, song.artist),
        (query.status, view.status.value),
        (query.match_method, str(memo.get(messages.MEMO_METHOD, ""))),
    )
    return (
        query.user_id in (None, view.request.user_id)
        and (query.playlist_id is None or query.playlist_id in playlists)
        and all(wanted is None or wanted.casefold() == actual.casefold() for wanted, actual in texts)
    )
