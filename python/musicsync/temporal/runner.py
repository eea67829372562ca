"""`pipeline.Runner` inside a workflow: steps are activities, waits are timers, reviews are updates."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

from musicsync import codec
from musicsync.errors import Cancelled
from musicsync.model import (
    Add,
    Deferred,
    MatchDecision,
    MatchMethod,
    Outcome,
    Playlist,
    ReviewAnswer,
    ScoredCandidate,
    Stage,
    Status,
    SyncRequest,
)
from musicsync.policy import step_policy
from musicsync.steps import PLAYLIST_STEPS, Found, Remove, Search, SearchCatalogue, Step, Verify
from musicsync.temporal.calls import LOST_AFTER_S, activity, last_attempt, to_the_end, translated
from musicsync.temporal.messages import (
    CATALOGUE_QUEUE,
    HAND_TO_WRITER,
    MEMO_METHOD,
    MEMO_PLAYLIST,
    MEMO_PROGRESS,
    SUBMIT,
    Progress,
    Ran,
    WriterAnswer,
    WriterTask,
    writer_id,
)

A = TypeVar("A")
R = TypeVar("R")

_FIELD: dict[type, str] = {Add: "add", Verify: "verify", Remove: "remove"}
_ASK_AGAIN_S = 600.0
_NO_CATALOGUE_S = 30.0
"""A search of the catalogue that no worker takes for so long is given up, where Spotify may be asked instead."""


class TemporalRunner:
    """One sync's runner; `progress` is what the query answers, `offered` what a person may choose from."""

    def __init__(self, request: SyncRequest) -> None:
        self.progress = Progress(Status.RUNNING)
        self.offered: tuple[ScoredCandidate, ...] | None = None
        self.answer: ReviewAnswer | None = None
        self.events: set[str] = set()
        self.answers: dict[str, WriterAnswer] = {}
        self._policy, self._priority = request.policy, request.priority
        self._handed = 0
        self._undoing = False
        self._playlist_id: str | None = None

    @property
    def sync_id(self) -> str:
        """The workflow's id."""
        return workflow.info().workflow_id

    def now(self) -> float:
        """The workflow's clock: the same again on replay."""
        return workflow.now().timestamp()

    def enter(self, stage: Stage) -> None:
        """Show where the sync stands."""
        self._show(stage=stage, status=Status.RUNNING)

    def finish(self, outcome: Outcome) -> None:
        """Show how the sync ended, also to those who ask when no worker runs."""
        stage = Stage.COMPLETED if outcome.status is Status.COMPLETED else self.progress.stage
        self._show(status=outcome.status, stage=stage, resumes_at=None, paused_reason=None)
        self._publish(outcome.method)
        self._show(outcome=outcome)

    def _show(self, **changes: Any) -> None:
        self.progress = replace(self.progress, **changes)

    def _publish(self, method: MatchMethod | None = None) -> None:
        """Put the progress where the server shows it without asking a worker."""
        memo = {MEMO_PROGRESS: codec.dumps(self.progress).decode()}
        if method:
            memo[MEMO_METHOD] = method.value
        if self._playlist_id:
            memo[MEMO_PLAYLIST] = self._playlist_id
        workflow.upsert_memo(memo)

    async def step(self, step: Step[A, R], argument: A) -> R | Deferred:
        """Execute the step as an activity; a cancelled workflow becomes `Cancelled`."""
        try:
            result: R | Deferred = await self._execute(step, argument)
            return result
        except asyncio.CancelledError:
            raise Cancelled from None
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise Cancelled from None
            self._count(last_attempt(error))
            raise translated(error) from error

    async def compensate(self, step: Step[A, R], argument: A) -> R | Deferred:
        """Execute the step although the workflow was cancelled, also when it is cancelled again."""
        self._undoing = True
        try:
            result, _ = await to_the_end(self._execute(step, argument))
        except ActivityError as error:
            raise translated(error) from error
        return result  # type: ignore[no-any-return]

    async def _execute(self, step: Step[Any, Any], argument: Any) -> Any:
        if step.name in PLAYLIST_STEPS:
            answer = await self._ask_writer(step, argument)
            self._count(answer.attempt)
            result: Any = answer.result
        else:
            kind = Ran[step.result]  # type: ignore[name-defined]
            ran = await activity(step.name, argument, kind, step_policy(self._policy, step.name), **_where(argument))
            self._count(ran.attempt)
            result = ran.deferred or ran.result
        if not isinstance(result, Deferred):
            self._note(argument, result)
        return result

    def _count(self, attempt: int) -> None:
        self._show(retry_count=self.progress.retry_count + attempt - 1)

    def _note(self, argument: Any, result: Any) -> None:
        self._show(steps_completed=self.progress.steps_completed + 1)
        if isinstance(argument, Search | SearchCatalogue) and isinstance(result, Found) and result.query:
            self._show(match_strategy=argument.rung)
        elif isinstance(result, Playlist):
            self._playlist_id = result.id
        elif isinstance(result, MatchDecision):
            self._show(candidates_found=len(result.candidates))

    async def _ask_writer(self, step: Step[Any, Any], argument: Any) -> WriterAnswer:
        """The playlist's writer workflow does the work and signals the answer."""
        self._handed += 1
        task = WriterTask(
            f"{self.sync_id}/{workflow.info().run_id}/{self._handed}/{step.name}",  # a reordered flow finds no answer
            self.sync_id,
            step.name,
            argument.playlist_id,
            step_policy(self._policy, step.name),
            self._priority,
            **{_FIELD[type(argument)]: argument},
        )
        while task.id not in self.answers:
            # Never given up half way: an add that arrived after its own removal would stay in the playlist.
            _, stopped = await to_the_end(_hand_over(task))
            if stopped and not self._undoing:
                raise asyncio.CancelledError
            await self._until(lambda: task.id in self.answers, self.now() + _ASK_AGAIN_S)
        return self.answers.pop(task.id)

    async def wait(self, deferred: Deferred) -> None:
        """A durable timer that `deferred.event` ends early."""
        status = Status.PAUSED if deferred.pauses else Status.RUNNING
        self._show(status=status, resumes_at=deferred.until, paused_reason=deferred.reason)
        if deferred.event:
            self.events.discard(deferred.event)
        await self._shown_while(lambda: deferred.event in self.events, deferred.until, deferred.pauses)

    async def review(self, candidates: tuple[ScoredCandidate, ...], expires_at: float) -> ReviewAnswer | None:
        """Wait for the `answer_review` update."""
        self.offered = candidates
        self._show(status=Status.WAITING_FOR_REVIEW, resumes_at=expires_at)
        try:
            await self._shown_while(lambda: self.answer is not None, expires_at, True)
        finally:
            self.offered = None
        return self.answer

    async def _shown_while(self, condition: Callable[[], bool], until: float, published: bool) -> None:
        if published:
            self._publish()
        try:
            await self._until(condition, until)
        except asyncio.CancelledError:
            raise Cancelled from None
        finally:
            self._show(status=Status.RUNNING, resumes_at=None, paused_reason=None)
            if published:
                self._publish()

    async def _until(self, condition: Callable[[], bool], until: float) -> None:
        try:
            waiting = workflow.wait_condition(condition, timeout=max(0.001, until - self.now()))
            await (to_the_end(waiting) if self._undoing else waiting)
        except builtins.TimeoutError:
            return


def _where(argument: object) -> dict[str, Any]:
    """Which workers a step is for."""
    if not isinstance(argument, SearchCatalogue):
        return {}
    return {"queue": CATALOGUE_QUEUE, "taken_within_s": None if argument.needed else _NO_CATALOGUE_S}


async def _hand_over(task: WriterTask) -> None:
    """Signal the playlist's writer; where none runs, an activity starts one with the task."""
    try:
        await workflow.get_external_workflow_handle(writer_id(task.playlist_id)).signal(SUBMIT, task)
    except ApplicationError:
        await workflow.execute_activity(
            HAND_TO_WRITER,
            task,
            start_to_close_timeout=timedelta(seconds=LOST_AFTER_S),
            retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=10)),
        )
