"""The pipeline in memory: the same promises as the other runners, as long as the process lives.

For tests, for trying things out, and as the measure of the durable runners: equal scenarios end equally.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from musicsync import errors
from musicsync.idempotency import REUSE_S, fingerprint, workflow_id
from musicsync.memory_runner import MemoryRunner, MemorySync
from musicsync.model import NONE_CHOSEN, NOT_ON_SPOTIFY, ReviewAnswer, Stage, Status, SyncRequest
from musicsync.pipeline import sync_song
from musicsync.ports import Cancellable, Clock, HistoryEntry, Started, SyncFilter, SyncPage, SyncView
from musicsync.steps import Steps

__all__ = ["MemoryRunner", "MemoryService", "MemorySync"]


class MemoryService:
    """`ports.SyncService` without a disk: what it knows ends with the process."""

    def __init__(self, steps: Steps, clock: Clock) -> None:
        self._steps, self._clock = steps, clock
        self._syncs: dict[str, MemorySync] = {}
        self._runs: dict[str, list[str]] = {}
        self._writers: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Stop everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def start(self, request: SyncRequest, idempotency_key: str | None = None) -> Started:
        """Accept a request and run it."""
        base = workflow_id(request, idempotency_key)
        runs = self._runs.setdefault(base, [])
        if runs:
            view = self._syncs[runs[-1]].view
            if idempotency_key and fingerprint(view.request) != fingerprint(request):
                raise errors.IdempotencyConflict("this Idempotency-Key was used for another request")
            if idempotency_key or self._is_reused(view):
                return Started(view, False)
        sync_id = f"{base}-{len(runs) + 1}" if runs else base
        runs.append(sync_id)
        sync = self._syncs[sync_id] = MemorySync(
            SyncView(sync_id, request, Status.ACCEPTED, started_at=self._clock.now())
        )
        task = asyncio.create_task(self._run(sync))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return Started(sync.view)

    async def view(self, workflow_id: str) -> SyncView:
        """What is known of it."""
        return self._sync(workflow_id).view

    async def wait(self, workflow_id: str, timeout_s: float) -> SyncView:
        """The view when it ended, waits for a person, or after `timeout_s`."""
        sync = self._sync(workflow_id)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                async for view in self.events(workflow_id):
                    if view.status is Status.WAITING_FOR_REVIEW:
                        break
        return sync.view

    async def find(self, query: SyncFilter) -> SyncPage:
        """Newest first; the cursor is the number of syncs shown so far."""
        found = [sync.view for sync in reversed(self._syncs.values()) if _matches(sync.view, query)]
        end = int(query.cursor or 0) + query.limit
        return SyncPage(tuple(found[end - query.limit : end]), str(end) if end < len(found) else None)

    async def history(self, workflow_id: str) -> tuple[HistoryEntry, ...]:
        """Every attempt so far."""
        return tuple(self._sync(workflow_id).history)

    async def events(self, workflow_id: str) -> AsyncIterator[SyncView]:
        """Every change until it has ended."""
        sync = self._sync(workflow_id)
        while True:
            changed = sync.changed
            yield sync.view
            if not sync.view.status.is_open:
                return
            await changed.wait()

    async def cancel(self, workflow_id: str) -> SyncView:
        """Stop it and wait until it has undone what it did."""
        sync = self._sync(workflow_id)
        if sync.view.completed_at is not None:
            raise errors.NotCancellable(f"the sync has ended: {sync.view.status}")
        sync.stop.set()
        async for _ in self.events(workflow_id):
            pass
        return sync.view

    async def cancellable(self, workflow_id: str) -> Cancellable:
        """What a cancellation would do now."""
        view = self._sync(workflow_id).view
        adding = view.stage in (Stage.ADDING, Stage.VERIFYING) and not view.request.dry_run
        return Cancellable(view.status.is_open, view.status.is_open and adding, view.stage)

    async def answer_review(self, workflow_id: str, answer: ReviewAnswer) -> SyncView:
        """Give the sync its answer."""
        sync = self._sync(workflow_id)
        if sync.view.status is not Status.WAITING_FOR_REVIEW or sync.candidates is None or sync.answer:
            raise errors.ReviewConflict("the sync waits for no review")
        if answer.choice not in {one.track.id for one in sync.candidates} | {NONE_CHOSEN, NOT_ON_SPOTIFY}:
            raise errors.ReviewChoiceInvalid(f"{answer.choice!r} is none of the candidates, `none` or `not_on_spotify`")
        sync.answer = answer
        sync.woken.set()
        return sync.view

    async def signal(self, event: str) -> None:
        """Wake every sync that waits for `event`."""
        for sync in self._syncs.values():
            if sync.waits_for == event:
                sync.woken.set()

    async def ready(self) -> None:
        """Always."""

    def _sync(self, sync_id: str) -> MemorySync:
        if sync_id not in self._syncs:
            raise errors.SyncNotFound(f"there is no sync {sync_id}")
        return self._syncs[sync_id]

    def _is_reused(self, view: SyncView) -> bool:
        badly = view.status in (Status.FAILED, Status.CANCELLED, Status.EXPIRED)
        return view.completed_at is None or (not badly and self._clock.now() < view.completed_at + REUSE_S)

    async def _run(self, sync: MemorySync) -> None:
        outcome = await sync_song(sync.view.request, MemoryRunner(sync, self._steps, self._clock, self._writers))
        stage = Stage.COMPLETED if outcome.status is Status.COMPLETED else sync.view.stage
        ended = {"completed_at": self._clock.now(), "resumes_at": None, "paused_reason": None}
        sync.change(status=outcome.status, stage=stage, outcome=outcome, **ended)


def _matches(view: SyncView, query: SyncFilter) -> bool:
    song, method = view.request.song, view.outcome.method if view.outcome else None
    pairs = (
        (query.user_id, view.request.user_id), (query.playlist_id, view.request.playlist),
        (query.track_name, song.title), (query.artist, song.artist), (query.status, view.status),
        (query.match_method, method),
    )  # fmt: skip
    in_time = (query.since or 0.0) <= view.started_at <= (query.until or float("inf"))
    return in_time and all(wanted is None or (is_ or "").casefold() == wanted.casefold() for wanted, is_ in pairs)
