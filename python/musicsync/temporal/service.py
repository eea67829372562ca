"""`ports.SyncService` over a Temporal server: every promise of the standalone service, kept by workflows."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import Priority, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
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
from musicsync.model import Outcome, ReviewAnswer, Stage, Status, SyncRequest
from musicsync.ports import Cancellable, Clock, HistoryEntry, Started, SyncFilter, SyncPage, SyncView
from musicsync.temporal import history, messages
from musicsync.temporal.listing import cursor_of, newest_first, place
from musicsync.temporal.views import is_at_work, lost, open_syncs, shown, view_of
from musicsync.temporal.workflows import MusicSyncWorkflow

_POLL_S = 0.25
_SLOW_POLL_S = 2.0
_QUERY_S = timedelta(seconds=2)
_UPDATE_S = timedelta(seconds=10)
_AT_ONCE = 50


class TemporalService:
    """Starts, watches and cancels `MusicSyncWorkflow`s. `clock` dates the reuse of a derived key."""

    def __init__(self, client: Client, clock: Clock, *, task_queue: str = messages.TASK_QUEUE) -> None:
        self._client, self._clock, self._task_queue = client, clock, task_queue

    async def start(self, request: SyncRequest, idempotency_key: str | None = None) -> Started:
        """Accept a request: the workflow exists on the server when this returns. A derived key that names an ended
        sync no longer gets a number: `…-2`, `…-3`, as in the standalone runner."""
        base, number = idempotency.workflow_id(request, idempotency_key), 1
        fingerprint = idempotency.fingerprint(request)
        while True:
            workflow_id = base if number == 1 else f"{base}-{number}"
            if await self._begin(workflow_id, request, fingerprint):
                return Started(SyncView(workflow_id, request, Status.ACCEPTED, started_at=self._clock.now()))
            described, view = await self._seen(workflow_id)
            if idempotency_key:
                if await described.memo_value(messages.MEMO_FINGERPRINT, "") != fingerprint:
                    raise IdempotencyConflict(f"Idempotency-Key {idempotency_key!r} was used for another request")
                return Started(await self._complete(view), created=False)
            if self._still_names(view):
                return Started(await self._complete(view), created=False)
            number += 1

    async def _begin(self, workflow_id: str, request: SyncRequest, fingerprint: str) -> bool:
        """False where a workflow of that id exists."""
        memo = {messages.MEMO_REQUEST: codec.dumps(request).decode(), messages.MEMO_FINGERPRINT: fingerprint}
        try:
            with _translated(workflow_id):
                await self._client.start_workflow(
                    MusicSyncWorkflow.run,
                    request,
                    id=workflow_id,
                    task_queue=self._task_queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                    memo=memo,
                    priority=Priority(priority_key=min(max(request.priority, 1), 5), fairness_key=request.user_id[:64]),
                )
        except WorkflowAlreadyStartedError:
            return False
        return True

    def _still_names(self, view: SyncView) -> bool:
        if view.status.is_open:
            return True
        if view.status in (Status.FAILED, Status.CANCELLED, Status.EXPIRED):
            return False
        return self._clock.now() - (view.completed_at or 0.0) < idempotency.REUSE_S

    async def view(self, workflow_id: str) -> SyncView:
        """Where the sync stands."""
        return await self._complete((await self._seen(workflow_id))[1])

    async def _seen(self, workflow_id: str) -> tuple[WorkflowExecutionDescription, SyncView]:
        """What the server knows."""
        with _translated(workflow_id):
            described = await self._handle(workflow_id).describe()
        if described.workflow_type != messages.SYNC_WORKFLOW:
            raise SyncNotFound(f"no sync {workflow_id}")
        return described, view_of(described, await described.memo())

    async def _complete(self, view: SyncView) -> SyncView:
        """The view with what the server does not show by itself: the outcome, or what a worker says if one answers."""
        handle = self._handle(view.workflow_id)
        if not view.status.is_open:
            try:
                with _translated(view.workflow_id):
                    return replace(view, outcome=await handle.result(follow_runs=False))
            except WorkflowFailureError as error:
                return replace(view, outcome=lost(str(error.cause)))
        if is_at_work(view):
            with contextlib.suppress(WorkflowQueryFailedError, RPCError):
                progress = await handle.query(MusicSyncWorkflow.progress, rpc_timeout=_QUERY_S)
                if progress.outcome is None:
                    return shown(view, progress)
        return view

    async def wait(self, workflow_id: str, timeout_s: float) -> SyncView:
        """The view when the sync has ended or asks a person, or `timeout_s` has passed."""
        deadline, pause = self._clock.now() + timeout_s, _POLL_S
        _, view = await self._seen(workflow_id)
        ended = asyncio.ensure_future(self._handle(workflow_id).result())
        try:
            while view.status.is_open and view.status is not Status.WAITING_FOR_REVIEW:
                left = deadline - self._clock.now()
                if left <= 0:
                    break
                await asyncio.wait({ended}, timeout=min(pause, left))
                pause = min(2 * pause, _SLOW_POLL_S)
                _, view = await self._seen(workflow_id)
            return await self._complete(view)
        finally:
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)

    async def find(self, query: SyncFilter) -> SyncPage:
        """Newest first. Raises `Permanent` for a cursor that is none."""
        found: list[SyncView] = []
        cursor: str | None = None
        with _translated("the list"):
            async for view in newest_first(self._client, query, self._clock.now()):
                if len(found) == query.limit:
                    cursor = cursor_of(place(found[-1]))
                    break
                found.append(view)
        return SyncPage(await self._all_complete(found), cursor)

    async def _all_complete(self, views: list[SyncView]) -> tuple[SyncView, ...]:
        asked: list[SyncView] = []
        for first in range(0, len(views), _AT_ONCE):
            asked += await asyncio.gather(*(self._complete(view) for view in views[first : first + _AT_ONCE]))
        return tuple(asked)

    async def history(self, workflow_id: str) -> tuple[HistoryEntry, ...]:
        """Every step with its last attempt."""
        await self._seen(workflow_id)
        with _translated(workflow_id):
            recorded = await self._handle(workflow_id).fetch_history()
        return history.entries(recorded.events)

    async def events(self, workflow_id: str) -> AsyncIterator[SyncView]:
        """A view at once and after every change, until the sync has ended."""
        last: SyncView | None = None
        while last is None or last.status.is_open:
            if last is not None:
                await asyncio.sleep(_POLL_S)
            view = await self.view(workflow_id)
            if view != last:
                yield view
            last = view

    async def cancel(self, workflow_id: str) -> SyncView:
        """Ask it to stop, and wait until it has undone what it did."""
        _, view = await self._seen(workflow_id)
        if not view.status.is_open:
            raise NotCancellable(f"the sync has ended: {view.status}")
        handle = self._handle(workflow_id)
        with contextlib.suppress(SyncNotFound, WorkflowFailureError), _translated(workflow_id):
            await handle.cancel()
            await handle.result()
        return await self.view(workflow_id)

    async def cancellable(self, workflow_id: str) -> Cancellable:
        """What a cancellation would do now."""
        view = await self.view(workflow_id)
        adding = view.stage in (Stage.ADDING, Stage.VERIFYING) and not view.request.dry_run
        return Cancellable(view.status.is_open, view.status.is_open and adding, view.stage)

    async def answer_review(self, workflow_id: str, answer: ReviewAnswer) -> SyncView:
        """Hand a person's choice to the waiting workflow."""
        _, view = await self._seen(workflow_id)
        if not view.status.is_open:
            raise ReviewConflict("the sync has ended, its review is closed")
        update = MusicSyncWorkflow.answer_review
        try:
            with _translated(workflow_id):
                await self._handle(workflow_id).execute_update(update, answer, rpc_timeout=_UPDATE_S)
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            kind = cause.type if isinstance(cause, ApplicationError) else None
            raise from_name(kind or "ReviewConflict", str(getattr(cause, "message", cause))) from error
        except SyncNotFound as error:
            raise ReviewConflict("the sync has ended, its review is closed") from error
        except WorkflowUpdateRPCTimeoutOrCancelledError as error:
            raise StorageUnavailable("no Temporal worker took the answer in time; it may still be taken") from error
        return await self.view(workflow_id)

    async def signal(self, event: str) -> None:
        """Wake every open sync that waits for `event`."""
        waiting: list[str] = []
        with _translated("the list"):
            async for one in self._client.list_workflows(open_syncs()):
                waiting.append(one.id)
        for first in range(0, len(waiting), _AT_ONCE):
            await asyncio.gather(*(self._wake(one, event) for one in waiting[first : first + _AT_ONCE]))

    async def _wake(self, workflow_id: str, event: str) -> None:
        with contextlib.suppress(SyncNotFound), _translated(workflow_id):
            await self._handle(workflow_id).signal(MusicSyncWorkflow.event, event)

    async def ready(self) -> str | None:
        """None when the server answers."""
        try:
            healthy = await self._client.service_client.check_health(timeout=_QUERY_S)
        except RPCError as error:
            return f"Temporal does not answer: {error.message}"
        return None if healthy else "Temporal is not healthy"

    def _handle(self, workflow_id: str) -> WorkflowHandle[MusicSyncWorkflow, Outcome]:
        return self._client.get_workflow_handle_for(MusicSyncWorkflow.run, workflow_id)


@contextlib.contextmanager
def _translated(workflow_id: str) -> Iterator[None]:
    """What the server refuses, in the words of `errors.py`."""
    try:
        yield
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise SyncNotFound(f"no sync {workflow_id}") from error
        raise StorageUnavailable(f"Temporal: {error.message}") from error
