"""The pipeline in memory: the same promises as the other runners, as long as the process lives.

For tests, for trying things out, and as the measure of the durable runners: equal scenarios end equally.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from musicsync import errors, model
from musicsync.errors import Cancelled, MusicSyncError
from musicsync.idempotency import REUSE_S, fingerprint, workflow_id
from musicsync.model import Deferred, Stage, Status, SyncRequest
from musicsync.pipeline import sync_song
from musicsync.policy import step_policy
from musicsync.ports import Cancellable, Clock, HistoryEntry, Started, SyncFilter, SyncPage, SyncView
from musicsync.steps import PLAYLIST_STEPS, Found, Search, Step, Steps

A = TypeVar("A")
R = TypeVar("R")


@dataclass
class MemorySync:
    """A sync, its history, and the events that others wait for."""

    view: SyncView
    history: list[HistoryEntry] = field(default_factory=list)
    candidates: tuple[model.ScoredCandidate, ...] | None = None
    answer: model.ReviewAnswer | None = None
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    waits_for: str | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def change(self, **fields: Any) -> None:
        """Replace fields of the view and tell everybody who watches."""
        self.view = replace(self.view, **fields)
        self.changed.set()
        self.changed = asyncio.Event()


class MemoryRunner:
    """`pipeline.Runner` for one sync. `writer` is held while a step of its playlist runs."""

    def __init__(self, sync: MemorySync, steps: Steps, clock: Clock, writers: dict[str, asyncio.Lock]) -> None:
        self._sync, self._steps, self._clock, self._writers = sync, steps, clock, writers
        self._undoing = False

    @property
    def sync_id(self) -> str:
        """The workflow id."""
        return self._sync.view.workflow_id

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._clock.now()

    def enter(self, stage: Stage) -> None:
        """Show where the sync stands."""
        self._sync.change(stage=stage, status=Status.RUNNING)

    async def step(self, step: Step[A, R], argument: A) -> R | Deferred:
        """Run it under its policy."""
        policy = step_policy(self._sync.view.request.policy, step.name)
        raised = lost = 0
        while True:
            if self._sync.stop.is_set() and not self._undoing:
                raise Cancelled
            started, number = self._clock.now(), raised + lost + 1
            try:
                async with asyncio.timeout(policy.timeout_s):
                    result: R | Deferred = await self._execute(step.name, argument)
            except (TimeoutError, MusicSyncError) as problem:
                error = problem if isinstance(problem, MusicSyncError) else errors.StepTimeout(f"{step.name} timed out")
            else:
                if not isinstance(result, Deferred):
                    self._note(step.name, number, started, result=result)
                    self._show(argument, result)
                return result
            self._note(step.name, number, started, error=error)
            if isinstance(error, errors.StepTimeout) and policy.lost_attempts:
                lost += 1
            else:
                raised += 1
            final = (
                isinstance(error, errors.Permanent | errors.NeedsUser) or type(error).__name__ in policy.never_retried
            )
            if final or raised >= policy.attempts or (policy.lost_attempts and lost >= policy.lost_attempts):
                raise error
            self._sync.change(retry_count=self._sync.view.retry_count + 1)
            await self._or_stop(self._clock.sleep(policy.delay_s(max(1, raised))))

    async def compensate(self, step: Step[A, R], argument: A) -> R | Deferred:
        """As `step`, although the sync was cancelled."""
        self._undoing = True
        return await self.step(step, argument)

    async def wait(self, deferred: Deferred) -> None:
        """Until the deferral is over."""
        status = Status.PAUSED if deferred.pauses else Status.RUNNING
        self._sync.change(status=status, resumes_at=deferred.until, paused_reason=deferred.reason)
        self._sync.waits_for = deferred.event
        self._sync.woken.clear()
        await self._until(deferred.until)
        self._sync.change(status=Status.RUNNING, resumes_at=None, paused_reason=None)

    async def review(
        self, candidates: tuple[model.ScoredCandidate, ...], expires_at: float
    ) -> model.ReviewAnswer | None:
        """The answer, None when nobody gave one in time."""
        self._sync.candidates = candidates
        self._sync.woken.clear()
        self._sync.change(status=Status.WAITING_FOR_REVIEW, resumes_at=expires_at)
        await self._until(expires_at)
        self._sync.change(status=Status.RUNNING, resumes_at=None)
        return self._sync.answer

    async def _execute(self, name: str, argument: Any) -> Any:
        if name not in PLAYLIST_STEPS:
            return await self._or_stop(self._steps.execute(name, argument))
        writer = self._writers.setdefault(argument.playlist_id, asyncio.Lock())
        await self._or_stop(writer.acquire())
        try:
            return await self._steps.execute(name, argument)  # a write that runs is never cut off
        finally:
            writer.release()

    async def _until(self, at: float) -> None:
        sleep = asyncio.ensure_future(self._clock.sleep(at - self._clock.now()))
        woken = asyncio.ensure_future(self._sync.woken.wait())
        try:
            await self._or_stop(asyncio.wait((sleep, woken), return_when=asyncio.FIRST_COMPLETED))
        finally:
            sleep.cancel()
            woken.cancel()

    async def _or_stop(self, work: Any) -> Any:
        """The work's result, or `Cancelled` as soon as the sync is asked to stop."""
        task, stop = asyncio.ensure_future(work), asyncio.ensure_future(self._sync.stop.wait())
        try:
            if not self._undoing:
                await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
                if not task.done():
                    raise Cancelled
            return await task
        finally:
            stop.cancel()
            if task.cancel():
                await asyncio.wait((task,))

    def _note(
        self, step: str, number: int, started: float, *, result: object = None, error: MusicSyncError | None = None
    ) -> None:
        text = f"{type(error).__name__}: {error}" if error else None
        self._sync.history.append(HistoryEntry(step, number, started, self._clock.now(), text, result))

    def _show(self, argument: object, result: object) -> None:
        fields: dict[str, Any] = {"steps_completed": self._sync.view.steps_completed + 1}
        if isinstance(result, Found) and result.query and isinstance(argument, Search):
            fields["match_strategy"] = argument.rung
        elif isinstance(result, model.MatchDecision):
            fields["candidates_found"] = len(result.candidates)
        self._sync.change(**fields)


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

    async def answer_review(self, workflow_id: str, answer: model.ReviewAnswer) -> SyncView:
        """Give the sync its answer."""
        sync = self._sync(workflow_id)
        if sync.view.status is not Status.WAITING_FOR_REVIEW or sync.candidates is None or sync.answer:
            raise errors.ReviewConflict("the sync waits for no review")
        if answer.choice not in {one.track.id for one in sync.candidates} | {model.NONE_CHOSEN, model.NOT_ON_SPOTIFY}:
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
