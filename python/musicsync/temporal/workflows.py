"""The workflows: one per sync, one writer per playlist. Deterministic; everything else happens in activities."""

from __future__ import annotations

import itertools

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from musicsync import codec
    from musicsync.errors import SpotifyRefused
    from musicsync.model import (
        NONE_CHOSEN,
        NOT_ON_SPOTIFY,
        Deferred,
        Outcome,
        ReviewAnswer,
        Stage,
        Status,
        SyncRequest,
    )
    from musicsync.pipeline import sync_song
    from musicsync.policy import StepPolicy
    from musicsync.steps import STEPS
    from musicsync.temporal import messages
    from musicsync.temporal.messages import (
        GroupResult,
        Progress,
        WriterAnswer,
        WriterState,
        WriterTask,
        answered,
        failed,
    )
    from musicsync.temporal.runner import TemporalRunner, activity, translated

_GROUP = 100
_IDLE_S = 60.0
_RECOVER_POLICY = StepPolicy(60, 5, 2, 60)


@workflow.defn(name=messages.SYNC_WORKFLOW)
class MusicSyncWorkflow:
    """`pipeline.sync_song`, durable. Ends with an `Outcome` whatever happened; cancelling it undoes first."""

    @workflow.init
    def __init__(self, request: SyncRequest) -> None:
        self._runner = TemporalRunner(request)

    @workflow.run
    async def run(self, request: SyncRequest) -> Outcome:
        """One song into one playlist."""
        outcome = await sync_song(request, self._runner)
        self._runner.progress = Progress(
            request, outcome.status, Stage.COMPLETED, self._runner.progress.steps_completed, len(outcome.candidates),
            self._runner.progress.match_strategy, outcome=outcome,
        )  # fmt: skip
        workflow.upsert_memo({messages.MEMO_OUTCOME: codec.dumps(outcome).decode()})
        await workflow.wait_condition(workflow.all_handlers_finished)
        return outcome

    @workflow.query
    def progress(self) -> Progress:
        """Where the sync stands."""
        return self._runner.progress

    @workflow.signal
    def event(self, name: str) -> None:
        """Wake the sync if it waits for `name` (such as `signed-in`)."""
        self._runner.events.add(name)

    @workflow.signal
    def writer_answer(self, answer: WriterAnswer) -> None:
        """The playlist's writer has done, or given up, what this sync asked for."""
        self._runner.answers[answer.task_id] = answer

    @workflow.update
    async def answer_review(self, answer: ReviewAnswer) -> None:
        """A person's choice; the sync goes on from there."""
        self._runner.answer = answer

    @answer_review.validator
    def _check_answer(self, answer: ReviewAnswer) -> None:
        progress = self._runner.progress
        if progress.status is not Status.WAITING_FOR_REVIEW or self._runner.answer is not None:
            raise ApplicationError("the review was answered already, or none is open", type="ReviewConflict")
        offered = [one.track.id for one in progress.reviewing] + [NONE_CHOSEN, NOT_ON_SPOTIFY]
        if answer.choice not in offered:
            raise ApplicationError(f"“{answer.choice}” is none of the candidates", type="ReviewChoiceInvalid")


@workflow.defn(name=messages.WRITER_WORKFLOW)
class PlaylistWriterWorkflow:
    """The one writer of a playlist: adds in groups, verifies and removes, in the order in which they came."""

    @workflow.init
    def __init__(self, state: WriterState) -> None:
        self._playlist_id, self._next_look = state.playlist_id, state.next_look
        self._waiting: list[WriterTask] = list(state.waiting)

    @workflow.run
    async def run(self, state: WriterState) -> None:
        """Serve until there is nothing to do for a minute."""
        while await self._something_to_do():
            if self._waiting:
                await self._serve()
            elif self._next_look is not None:
                await self._look_again()
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(WriterState(self._playlist_id, self._next_look, tuple(self._waiting)))
        await workflow.wait_condition(workflow.all_handlers_finished)

    async def _something_to_do(self) -> bool:
        wait = _IDLE_S if self._next_look is None else max(0.001, self._next_look - workflow.now().timestamp())
        try:
            await workflow.wait_condition(lambda: bool(self._waiting), timeout=wait)
        except TimeoutError:
            return bool(self._waiting) or self._next_look is not None
        return True

    @workflow.signal
    def submit(self, task: WriterTask) -> None:
        """Take one wish into the queue; its answer is a signal too (a workflow may have ten updates open, not more)."""
        if all(one.id != task.id for one in self._waiting):
            self._waiting.append(task)

    async def _serve(self) -> None:
        """The first wish, together with the adds that follow it directly."""
        first = self._waiting[0]
        adds = itertools.takewhile(lambda one: one.add and one.add.dry_run == first.wish_is_dry, self._waiting[:_GROUP])
        group = list(adds) or [first]
        if first.add:
            await self._add(group)
        else:
            await self._answer(first, await self._single(first))
        self._waiting = self._waiting[len(group) :]

    async def _add(self, group: list[WriterTask]) -> None:
        try:
            wishes = [one.wish for one in group]
            done: GroupResult = await activity(messages.ADD_GROUP, wishes, GroupResult, group[0].policy)
        except ActivityError as error:
            problem = translated(error)
            if len(group) > 1 and isinstance(problem, SpotifyRefused):
                for one in group:  # one bad uri fails a whole request: ask for each alone
                    await self._add([one])
                return
            for one in group:
                await self._answer(one, failed(one, problem))
            return
        self._next_look = done.next_look
        for one, result in zip(group, done.results, strict=True):
            await self._answer(one, answered(one, result))

    async def _single(self, one: WriterTask) -> WriterAnswer:
        step = STEPS[one.step]
        try:
            return answered(one, await activity(step.name, one.wish, step.result | Deferred, one.policy))
        except ActivityError as error:
            return failed(one, translated(error))

    async def _answer(self, task: WriterTask, answer: WriterAnswer) -> None:
        sync = workflow.get_external_workflow_handle_for(MusicSyncWorkflow.run, task.sync_id)
        try:
            await sync.signal(MusicSyncWorkflow.writer_answer, answer)
        except ApplicationError as error:
            workflow.logger.warning("the sync that asked has ended", extra={"task": task.id, "error": str(error)})

    async def _look_again(self) -> None:
        try:
            self._next_look = await activity(messages.RECOVER, self._playlist_id, float | None, _RECOVER_POLICY)
        except ActivityError as error:
            workflow.logger.warning("late look failed", extra={"error": str(translated(error))})
            self._next_look = workflow.now().timestamp() + _IDLE_S


WORKFLOWS = [MusicSyncWorkflow, PlaylistWriterWorkflow]
