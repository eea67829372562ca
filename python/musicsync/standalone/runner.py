"""`pipeline.Runner` over the journal: every step's result is written down, and read instead of run after a restart.

Results of steps that only read are kept until the next write and go with it: until then nothing depends on them, and
reading again is harmless. Everything is on disk before a step that changes something runs.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import structlog

from musicsync import codec
from musicsync.errors import (
    Cancelled,
    MusicSyncError,
    NeedsUser,
    Permanent,
    Retryable,
    StepTimeout,
    StorageUnavailable,
    from_name,
)
from musicsync.model import Deferred, MatchDecision, Outcome, Playlist, ReviewAnswer, ScoredCandidate, Stage, Status
from musicsync.policy import StepPolicy, step_policy
from musicsync.ports import Clock, SyncView
from musicsync.standalone.live import LiveSync
from musicsync.standalone.records import Attempt
from musicsync.standalone.synclog import UNDO_FROM, SyncLog
from musicsync.standalone.waits import Waits
from musicsync.standalone.writer import PlaylistWriters
from musicsync.steps import (
    CATALOGUE_SEARCH,
    FUZZY_MATCH,
    PLAYLIST_STEPS,
    RECALL_CORRECTION,
    RESOLVE_PLAYLIST,
    SPOTIFY_SEARCH,
    Found,
    Search,
    SearchCatalogue,
    Step,
    Steps,
)

A = TypeVar("A")
R = TypeVar("R")

NOW, REVIEW = "now", "review"
_READS = frozenset(
    one.name for one in (RESOLVE_PLAYLIST, RECALL_CORRECTION, CATALOGUE_SEARCH, SPOTIFY_SEARCH, FUZZY_MATCH)
)
_MAYBE_ANSWER: Any = ReviewAnswer | None
_logger = structlog.get_logger()


class _Unforeseen(Retryable):
    """An exception that is none of ours."""


class JournaledRunner:
    """Runs one sync. `live` is what others see of it, `log` its part of the journal."""

    def __init__(
        self, live: LiveSync, log: SyncLog, waits: Waits, steps: Steps, writers: PlaylistWriters, clock: Clock
    ) -> None:
        self.live, self.log, self.waits = live, log, waits
        self._steps, self._writers, self._clock = steps, writers, clock
        self._order: tuple[int, int] | None = None

    @property
    def sync_id(self) -> str:
        """The workflow id."""
        return self.live.id

    def now(self) -> float:
        """Seconds since the epoch, as the first process read it."""
        recorded = self.log.recorded(NOW)
        if recorded and recorded.result:
            return codec.loads(float, recorded.result)
        now = self._clock.now()
        self.log.add(self._attempt_at(NOW, 1, result=codec.dumps(now)))
        return now

    def enter(self, stage: Stage) -> None:
        """Show where the sync stands."""
        self.live.change(stage=stage)

    async def finish(self, outcome: Outcome) -> None:
        """Write the outcome down; then, and only then, show it."""
        stage = Stage.COMPLETED if outcome.status is Status.COMPLETED else self.live.view.stage
        ended = replace(
            self.live.view, status=outcome.status, stage=stage, outcome=outcome, completed_at=self._clock.now(),
            resumes_at=None, paused_reason=None,
        )  # fmt: skip
        await self.log.save(view=ended)
        self.live.view = ended
        self.live.touch()

    async def step(self, step: Step[A, R], argument: A) -> R | Deferred:
        """The recorded result, or the result of running it now under its policy."""
        recorded = self.log.recorded(step.name)
        if recorded and recorded.result is not None:
            return self._done(step, argument, codec.loads(step.result, recorded.result))
        if recorded:
            raise from_name(recorded.error_type or "Permanent", recorded.error or "")
        self.waits.stop_if_cancelled()
        deferred = self.log.timer_is_running()
        if deferred:
            return deferred
        if step.name not in _READS:
            await self.log.save()
        return await self._run(step, argument)

    async def compensate(self, step: Step[A, R], argument: A) -> R | Deferred:
        """As `step`, although the sync was cancelled."""
        if not self.waits.undoing:
            self.waits.undoing, self.log.seq = True, UNDO_FROM
        return await self.step(step, argument)

    async def wait(self, deferred: Deferred) -> None:
        """Until the deferral is over; others work meanwhile."""
        self.live.view = self._paused(deferred)
        self.live.touch()
        woken = self.live.sleeps_for(deferred.event) if deferred.event else None
        await self.waits.idle(deferred.until, woken)
        self.log.timer = None
        self.live.change(status=Status.RUNNING, resumes_at=None, paused_reason=None)

    async def review(self, candidates: tuple[ScoredCandidate, ...], expires_at: float) -> ReviewAnswer | None:
        """The answer, None when nobody gave one in time."""
        recorded = self.log.recorded(REVIEW)
        if recorded and recorded.result:
            answer: ReviewAnswer | None = codec.loads(_MAYBE_ANSWER, recorded.result)
            return answer
        self.waits.stop_if_cancelled()
        waiting = replace(self.live.view, status=Status.WAITING_FOR_REVIEW, resumes_at=expires_at)
        await self.log.save(view=waiting)
        self.live.view = waiting
        asked = self.live.ask(candidates)
        if self.live.answer is None:
            await self.waits.idle(expires_at, asked)
        if self.live.answer is None:
            self.live.answer = await self.log.expire()
        self.live.change(status=Status.RUNNING, resumes_at=None)
        self.log.add(self._attempt_at(REVIEW, 1, result=codec.dumps(self.live.answer, _MAYBE_ANSWER)))
        return self.live.answer

    def _paused(self, deferred: Deferred) -> SyncView:
        status = Status.PAUSED if deferred.pauses else Status.RUNNING
        return replace(self.live.view, status=status, resumes_at=deferred.until, paused_reason=deferred.reason)

    async def _run(self, step: Step[A, R], argument: A) -> R | Deferred:
        result: R | Deferred
        await self.waits.take_slot()
        if self.live.view.status is not Status.RUNNING:
            self.live.change(status=Status.RUNNING, resumes_at=None, paused_reason=None)
        policy = step_policy(self.live.view.request.policy, step.name)
        before = self.log.attempts()
        stalls = 0
        while True:
            if before and before[-1].next_at:
                await self.waits.sleep(min(before[-1].next_at - self._clock.now(), policy.backoff_max_s))
            attempt = self._attempt_at(step.name, len(before) + 1, ended=False)
            self.live.forget_signals()
            try:
                if policy.lost_attempts:
                    await self._begin(attempt, before, policy.lost_attempts)
                result = await self._execute(step.name, argument, policy, attempt)
            except StorageUnavailable as error:  # not the step's fault: no attempt is used up
                await self.log.stall(error, stalls)
                stalls += 1
            except MusicSyncError as error:
                await self._failed(attempt, error, before, policy)
            else:
                if isinstance(result, Deferred):
                    await self.log.save(timer=result, view=self._paused(result))
                    return result
                attempt.ended_at, attempt.result = self._clock.now(), codec.dumps(result)
                self.log.timer = None
                self.log.add(attempt)
                return self._done(step, argument, result)

    async def _begin(self, attempt: Attempt, before: Sequence[Attempt], most: int) -> None:
        """Write down that a step begins which may take the process with it."""
        lost = sum(_is_lost(one) for one in before)
        if lost >= most:
            raise Permanent(f"{attempt.step} was given up: the process ended or the time ran out {lost} times")
        await self.log.save(attempt)

    async def _execute(self, name: str, argument: Any, policy: StepPolicy, attempt: Attempt) -> Any:
        try:
            if name in PLAYLIST_STEPS:
                if self._order is None:
                    self._order = (self.live.view.request.priority, self._writers.ticket())
                job = self._writers.submit(argument.playlist_id, name, argument, self._order, policy.timeout_s)
                return await self.waits.result_of(job)
            with self.waits.interruptible():
                async with asyncio.timeout(policy.timeout_s):
                    return await self._steps.execute(name, argument)
        except (MusicSyncError, Cancelled):
            raise
        except TimeoutError as error:
            raise StepTimeout(f"{name} did not end within {policy.timeout_s:g} s") from error
        except asyncio.CancelledError:
            if policy.lost_attempts:
                with contextlib.suppress(StorageUnavailable):
                    self.log.withdraw(attempt)
            raise
        except Exception as error:
            _logger.exception("unforeseen error in a step", step=name, workflow_id=self.sync_id)
            raise _Unforeseen(f"{type(error).__name__}: {error}") from error

    async def _failed(self, attempt: Attempt, error: MusicSyncError, before: list[Attempt], policy: StepPolicy) -> None:
        """Write a failed attempt down, with the time of the next one; raises `error` when there is none."""
        if isinstance(error, _Unforeseen):
            attempt.error_type = Permanent.__name__
        else:
            attempt.error_type = type(error).__name__
        attempt.ended_at, attempt.error = self._clock.now(), str(error)
        before.append(attempt)
        tries = [one for one in before if not (policy.lost_attempts and _is_lost(one))]
        lost = isinstance(error, StepTimeout) and policy.lost_attempts is not None
        final = isinstance(error, Permanent | NeedsUser) or attempt.error_type in policy.never_retried
        if not final and (lost or len(tries) < policy.attempts):
            attempt.next_at = attempt.ended_at + policy.delay_s(max(1, len(tries)))
            self.live.view = replace(self.live.view, retry_count=self.live.view.retry_count + 1)
        self.log.add(attempt)
        await self.log.save()
        self.live.touch()
        if attempt.next_at is None:
            raise Permanent(str(error)) if isinstance(error, _Unforeseen) else error

    def _attempt_at(self, step: str, number: int, *, ended: bool = True, result: bytes | None = None) -> Attempt:
        now = self._clock.now()
        return Attempt(self.sync_id, self.log.seq, number, step, now, now if ended else None, result=result)

    def _done(self, step: Step[A, R], argument: A, result: R) -> R:
        """Show what a finished step found."""
        fields: dict[str, Any] = {"steps_completed": self.live.view.steps_completed + 1}
        if isinstance(result, Playlist):
            self.log.playlist_id = result.id
        elif isinstance(result, Found) and result.query and isinstance(argument, Search | SearchCatalogue):
            fields["match_strategy"] = argument.rung
        elif isinstance(result, MatchDecision):
            fields["candidates_found"] = len(result.candidates)
        self.live.change(**fields)
        return result


def _is_lost(attempt: Attempt) -> bool:
    return attempt.ended_at is None or attempt.error_type == StepTimeout.__name__
