"""The workflow that alone changes a playlist."""

from __future__ import annotations

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from musicsync.policy import StepPolicy
    from musicsync.temporal import messages
    from musicsync.temporal.calls import activity, last_attempt, translated
    from musicsync.temporal.messages import WriterAnswer, WriterState, WriterTask, Written, answered

_GROUP = 100
_MOST_CARRIED = 1000
"""What waits travels in one message of at most 2 MB; with more waiting, serve first."""
_LOOK_AGAIN_S = 60.0
_LEAST_WAIT_S = 1.0
_RECOVER_POLICY = StepPolicy(60, 5, 2, 60)


@workflow.defn(name=messages.WRITER_WORKFLOW)
class PlaylistWriterWorkflow:
    """The one writer of a playlist: adds and verifies in groups, removes singly; the urgent first, and among equals in
    the order in which they came."""

    @workflow.init
    def __init__(self, state: WriterState) -> None:
        self._playlist_id, self._idle_s = state.playlist_id, state.idle_s
        self._next_look, self._rounds = state.next_look, state.rounds
        self._left = state.rounds
        self._waiting: list[WriterTask] = list(state.waiting)

    @workflow.run
    async def run(self, state: WriterState) -> None:
        """Serve until there is nothing to do for a while."""
        while await self._something_to_do():
            if self._waiting:
                await self._serve(_group(self._waiting))
            elif self._next_look is not None:
                await self._look_again()
            if self._should_continue_as_new():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(
                    WriterState(self._playlist_id, self._next_look, tuple(self._waiting), self._idle_s, self._rounds)
                )
        await workflow.wait_condition(workflow.all_handlers_finished)

    def _should_continue_as_new(self) -> bool:
        due = self._left <= 0 or workflow.info().is_continue_as_new_suggested()
        return due and len(self._waiting) <= _MOST_CARRIED

    async def _something_to_do(self) -> bool:
        wait = self._idle_s
        if self._next_look is not None:  # at least a moment, should the worker's clock be behind the server's
            wait = max(_LEAST_WAIT_S, self._next_look - workflow.now().timestamp())
        try:
            await workflow.wait_condition(lambda: bool(self._waiting), timeout=wait)
        except TimeoutError:
            return bool(self._waiting) or self._next_look is not None
        return True

    @workflow.signal(name=messages.SUBMIT)
    def submit(self, task: WriterTask) -> None:
        """Take one wish into the queue; its answer is a signal too (a workflow may have ten updates open, not more)."""
        if all(one.id != task.id for one in self._waiting):
            self._waiting.append(task)
            self._waiting.sort(key=lambda one: one.priority)

    async def _serve(self, group: list[WriterTask]) -> None:
        answers = await self._written(group)
        await asyncio.gather(*(self._answer(one, answer) for one, answer in zip(group, answers, strict=True)))
        done = {one.id for one in group}
        self._waiting = [one for one in self._waiting if one.id not in done]
        self._left -= 1

    async def _written(self, group: list[WriterTask]) -> tuple[WriterAnswer, ...]:
        first = group[0]
        try:
            written: Written = await activity(first.step, group, Written, first.policy)
        except ActivityError as error:
            return tuple(answered(one, translated(error), last_attempt(error)) for one in group)
        self._next_look = written.next_look
        return written.answers

    async def _answer(self, task: WriterTask, answer: WriterAnswer) -> None:
        sync = workflow.get_external_workflow_handle(task.sync_id)
        try:
            await sync.signal(messages.WRITER_ANSWER, answer)
        except ApplicationError as error:
            workflow.logger.info("the sync that asked has ended", extra={"task": task.id, "error": str(error)})

    async def _look_again(self) -> None:
        try:
            self._next_look = await activity(messages.RECOVER, self._playlist_id, float | None, _RECOVER_POLICY)
        except ActivityError as error:
            workflow.logger.warning("late look failed", extra={"error": str(translated(error))})
            self._next_look = workflow.now().timestamp() + _LOOK_AGAIN_S


def _group(waiting: list[WriterTask]) -> list[WriterTask]:
    """The first wish, with those of its kind that one activity does along with it, up to the next removal."""
    first = waiting[0]
    if first.remove:
        return [first]
    group: list[WriterTask] = []
    for one in waiting:
        if one.remove or len(group) == _GROUP:
            break
        if one.step == first.step:
            group.append(one)
    return group
