"""`ports.SyncService` over a Temporal server: every promise of the standalone service, kept by workflows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import (
    Client,
    WorkflowExecution,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
)
from temporalio.common import Priority, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from musicsync import codec, idempotency
from musicsync.errors import (
    IdempotencyConflict,
    NotCancellable,
    ReviewConflict,
    StorageUnavailable,
    SyncNotFound,
    from_name,
)
from musicsync.model import ErrorInfo, Outcome, OutcomeKind, ReviewAnswer, Stage, Status, SyncRequest
from musicsync.ports import Cancellable, Clock, HistoryEntry, Started, SyncFilter, SyncPage, SyncView
from musicsync.temporal import history, messages
from musicsync.temporal.messages import Progress
from musicsync.temporal.workflows import MusicSyncWorkflow

_POLL_S = 0.25
_SLOW_POLL_S = 2.0
_RPC_TIMEOUT_S = 5.0
_SYNCS = f"WorkflowType = '{messages.SYNC_WORKFLOW}'"


class TemporalService:
    """Starts, watches and cancels `MusicSyncWorkflow`s. `clock` dates the reuse of a derived key."""

    def __init__(self, client: Client, clock: Clock, *, task_queue: str = messages.TASK_QUEUE) -> None:
        self._client, self._clock, self._task_queue = client, clock, task_queue

    async def start(self, request: SyncRequest, idempotency_key: str | None = None) -> Started:
        """Accept a request: the workflow exists on the server when this returns."""
        workflow_id = idempotency.workflow_id(request, idempotency_key)
        fingerprint = idempotency.fingerprint(request)
        existing = await self._existing(workflow_id)
        if existing is not None:
            view, known = existing
            if idempotency_key and known != fingerprint:
                raise IdempotencyConflict(f"Idempotency-Key {idempotency_key!r} was used for another request")
            if idempotency_key or self._still_names(view):
                return Started(view, created=False)
        memo = {messages.MEMO_REQUEST: codec.dumps(request).decode(), messages.MEMO_FINGERPRINT: fingerprint}
        try:
            await self._client.start_workflow(
                MusicSyncWorkflow.run,
                request,
                id=workflow_id,
                task_queue=self._task_queue,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                memo=memo,
                priority=Priority(priority_key=request.priority, fairness_key=request.user_id[:64]),
            )
        except RPCError as error:
            raise _translated(error, workflow_id) from error
        return Started(SyncView(workflow_id, request, Status.ACCEPTED, started_at=self._clock.now()))

    async def _existing(self, workflow_id: str) -> tuple[SyncView, str] | None:
        try:
            described = await self._describe(workflow_id)
        except SyncNotFound:
            return None
        memo = await described.memo()
        return await self._view_of(described, memo), str(memo.get(messages.MEMO_FINGERPRINT, ""))

    def _still_names(self, view: SyncView) -> bool:
        if view.status.is_open:
            return True
        if view.status in (Status.FAILED, Status.CANCELLED, Status.EXPIRED):
            return False
        return self._clock.now() - (view.completed_at or 0.0) < idempotency.REUSE_S

    async def view(self, workflow_id: str) -> SyncView:
        """Where the sync stands."""
        described = await self._describe(workflow_id)
        view = await self._view_of(described, await described.memo())
        if not view.status.is_open:
            return view
        progress = await self._progress(workflow_id)
        return _merged(view, progress) if progress else view

    async def _describe(self, workflow_id: str) -> WorkflowExecutionDescription:
        try:
            described = await self._handle(workflow_id).describe()
        except RPCError as error:
            raise _translated(error, workflow_id) from error
        if described.workflow_type != messages.SYNC_WORKFLOW:
            raise SyncNotFound(f"no sync {workflow_id}")
        return described

    async def _view_of(self, execution: WorkflowExecution, memo: Any) -> SyncView:
        """What the server knows without asking a worker."""
        request = codec.loads(SyncRequest, memo[messages.MEMO_REQUEST])
        outcome = codec.loads(Outcome, memo[messages.MEMO_OUTCOME]) if messages.MEMO_OUTCOME in memo else None
        open_ = execution.status is WorkflowExecutionStatus.RUNNING
        if outcome is None and not open_:
            outcome = _lost(execution)
        closed = execution.close_time.timestamp() if execution.close_time else None
        status = Status.RUNNING if outcome is None or open_ else outcome.status
        stage = Stage.INITIALIZING if outcome is None or open_ else Stage.COMPLETED
        return SyncView(
            execution.id, request, status, stage, outcome=None if open_ else outcome,
            candidates_found=len(outcome.candidates) if outcome else 0,
            started_at=execution.start_time.timestamp(), completed_at=closed,
        )  # fmt: skip

    async def _progress(self, workflow_id: str) -> Progress | None:
        """The workflow's own word; None while no worker answers."""
        try:
            return await self._handle(workflow_id).query(
                MusicSyncWorkflow.progress, rpc_timeout=_seconds(_RPC_TIMEOUT_S)
            )
        except (WorkflowQueryFailedError, RPCError):
            return None

    async def wait(self, workflow_id: str, timeout_s: float) -> SyncView:
        """The view when the sync has ended or asks a person, or `timeout_s` has passed."""
        deadline, pause = self._clock.now() + timeout_s, _POLL_S
        ended = asyncio.ensure_future(self._handle(workflow_id).result())
        try:
            while True:
                view = await self.view(workflow_id)
                left = deadline - self._clock.now()
                if not view.status.is_open or view.status is Status.WAITING_FOR_REVIEW or left <= 0:
                    return view
                await asyncio.wait({ended}, timeout=min(pause, left))
                pause = min(2 * pause, _SLOW_POLL_S)
        finally:
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)

    async def find(self, query: SyncFilter) -> SyncPage:
        """Newest first. The server filters by time, the rest is read from what it shows of each workflow."""
        found: list[SyncView] = []
        async for execution in self._client.list_workflows(_visibility(query)):
            view = await self._view_of(execution, await execution.memo())
            if view.status.is_open and query.status not in (None, Status.RUNNING):
                progress = await self._progress(view.workflow_id)
                view = _merged(view, progress) if progress else view
            if _matches(view, query):
                found.append(view)
            if len(found) > query.limit:
                last = found[query.limit - 1]
                return SyncPage(tuple(found[: query.limit]), repr(last.started_at))
        return SyncPage(tuple(found))

    async def history(self, workflow_id: str) -> tuple[HistoryEntry, ...]:
        """Every step with its last attempt."""
        await self._describe(workflow_id)
        recorded = await self._handle(workflow_id).fetch_history()
        return history.entries(recorded.events)

    async def events(self, workflow_id: str) -> AsyncIterator[SyncView]:
        """A view at once and after every change, until the sync has ended."""
        last: SyncView | None = None
        while last is None or last.status.is_open:
            view = await self.view(workflow_id)
            if view != last:
                yield view
            last = view
            await self._clock.sleep(_POLL_S)

    async def cancel(self, workflow_id: str) -> SyncView:
        """Ask it to stop, and wait until it has undone what it did."""
        view = await self.view(workflow_id)
        if not view.status.is_open:
            raise NotCancellable(f"{workflow_id} has ended: {view.status}")
        handle = self._handle(workflow_id)
        try:
            await handle.cancel()
            await handle.result()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise _translated(error, workflow_id) from error
        return await self.view(workflow_id)

    async def cancellable(self, workflow_id: str) -> Cancellable:
        """What a cancellation would do now."""
        view = await self.view(workflow_id)
        progress = await self._progress(workflow_id) if view.status.is_open else None
        return Cancellable(view.status.is_open, bool(progress and progress.add_begun), view.stage)

    async def answer_review(self, workflow_id: str, answer: ReviewAnswer) -> SyncView:
        """Hand a person's choice to the waiting workflow."""
        await self._describe(workflow_id)
        try:
            await self._handle(workflow_id).execute_update(MusicSyncWorkflow.answer_review, answer)
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            kind = cause.type if isinstance(cause, ApplicationError) else None
            raise from_name(kind or "ReviewConflict", str(cause)) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise ReviewConflict(f"{workflow_id} has ended") from error
            raise _translated(error, workflow_id) from error
        return await self.view(workflow_id)

    async def signal(self, event: str) -> None:
        """Wake every open sync that waits for `event`."""
        query = f"{_SYNCS} AND ExecutionStatus = 'Running'"
        handles = [self._handle(one.id) async for one in self._client.list_workflows(query)]
        results = await asyncio.gather(
            *(one.signal(MusicSyncWorkflow.event, event) for one in handles), return_exceptions=True
        )
        for result in results:
            if isinstance(result, BaseException) and not _is_gone(result):
                raise result

    async def ready(self) -> str | None:
        """None when the server answers."""
        try:
            healthy = await self._client.service_client.check_health(timeout=_seconds(_RPC_TIMEOUT_S))
        except RPCError as error:
            return f"Temporal does not answer: {error.message}"
        return None if healthy else "Temporal is not healthy"

    def _handle(self, workflow_id: str) -> WorkflowHandle[MusicSyncWorkflow, Outcome]:
        return self._client.get_workflow_handle_for(MusicSyncWorkflow.run, workflow_id)


def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _translated(error: RPCError, workflow_id: str) -> Exception:
    if error.status is RPCStatusCode.NOT_FOUND:
        return SyncNotFound(f"no sync {workflow_id}")
    return StorageUnavailable(f"Temporal: {error.message}")


def _is_gone(error: BaseException) -> bool:
    return isinstance(error, RPCError) and error.status is RPCStatusCode.NOT_FOUND


def _merged(view: SyncView, progress: Progress) -> SyncView:
    return SyncView(
        view.workflow_id, view.request, progress.status, progress.stage, progress.steps_completed,
        progress.candidates_found, progress.match_strategy, 0, progress.outcome, view.started_at, view.completed_at,
        progress.resumes_at, progress.paused_reason,
    )  # fmt: skip


def _lost(execution: WorkflowExecution) -> Outcome:
    """A workflow that somebody terminated, or that failed outside the pipeline."""
    message = f"The workflow ended as {execution.status.name.lower() if execution.status else 'unknown'}."
    error = ErrorInfo("WorkflowEnded", message)
    return Outcome(Status.FAILED, OutcomeKind.FAILED, message, error=error)


def _visibility(query: SyncFilter) -> str:
    clauses = [_SYNCS]
    since, until = query.since, query.until
    if query.cursor:
        until = min(float(query.cursor), until) if until else float(query.cursor)
    if since:
        clauses.append(f"StartTime >= '{_iso(since)}'")
    if until:
        clauses.append(f"StartTime < '{_iso(until)}'")
    return " AND ".join(clauses)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _matches(view: SyncView, query: SyncFilter) -> bool:
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
