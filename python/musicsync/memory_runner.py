"""`pipeline.Runner` in memory: the shortest that keeps every promise as long as the process lives."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from musicsync import codec
from musicsync.errors import Cancelled, MusicSyncError, NeedsUser, Permanent, Retryable, StepTimeout
from musicsync.model import Deferred, MatchDecision, ReviewAnswer, ScoredCandidate, Stage, Status
from musicsync.policy import step_policy
from musicsync.ports import Clock, HistoryEntry, SyncView
from musicsync.steps import PLAYLIST_STEPS, Found, Search, SearchCatalogue, Step, Steps

A = TypeVar("A")
R = TypeVar("R")


@dataclass
class MemorySync:
    """A sync, its history, and the events that others wait for."""

    view: SyncView
    history: list[HistoryEntry] = field(default_factory=list)
    candidates: tuple[ScoredCandidate, ...] | None = None
    answer: ReviewAnswer | None = None
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
            except Cancelled:
                raise
            except Exception as problem:
                error = _ours(problem, step.name, policy.timeout_s)
            else:
                if not isinstance(result, Deferred):
                    self._note(step.name, number, started, result=result)
                    self._show(argument, result)
                return result
            self._note(step.name, number, started, error=error)
            if isinstance(error, StepTimeout) and policy.lost_attempts:
                lost += 1
            else:
                raised += 1
            final = isinstance(error, Permanent | NeedsUser) or type(error).__name__ in policy.never_retried
            if final or raised >= policy.attempts or (policy.lost_attempts and lost >= policy.lost_attempts):
                raise Permanent(str(error)) if type(error) is Retryable else error
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

    async def review(self, candidates: tuple[ScoredCandidate, ...], expires_at: float) -> ReviewAnswer | None:
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
        plain = None if result is None else codec.to_plain(result)
        self._sync.history.append(HistoryEntry(step, number, started, self._clock.now(), text, plain))

    def _show(self, argument: object, result: object) -> None:
        fields: dict[str, Any] = {"steps_completed": self._sync.view.steps_completed + 1}
        if isinstance(result, Found) and result.query and isinstance(argument, Search | SearchCatalogue):
            fields["match_strategy"] = argument.rung
        elif isinstance(result, MatchDecision):
            fields["candidates_found"] = len(result.candidates)
        self._sync.change(**fields)


def _ours(problem: Exception, step: str, timeout_s: float) -> MusicSyncError:
    """What is none of ours may pass by itself; in the end it is a `Permanent`."""
    if isinstance(problem, MusicSyncError):
        return problem
    if isinstance(problem, TimeoutError):
        return StepTimeout(f"{step} did not end within {timeout_s:g} s")
    return Retryable(f"{type(problem).__name__}: {problem}")
