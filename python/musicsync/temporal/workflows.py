"""The workflow of one sync. Deterministic; everything else happens in activities."""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from musicsync import outcomes
    from musicsync.errors import Permanent, ReviewChoiceInvalid, ReviewConflict
    from musicsync.model import NONE_CHOSEN, NOT_ON_SPOTIFY, Outcome, ReviewAnswer, SyncRequest
    from musicsync.pipeline import sync_song
    from musicsync.temporal import messages
    from musicsync.temporal.messages import Progress, WriterAnswer
    from musicsync.temporal.runner import TemporalRunner
    from musicsync.temporal.writer import PlaylistWriterWorkflow


@workflow.defn(name=messages.SYNC_WORKFLOW)
class MusicSyncWorkflow:
    """`pipeline.sync_song`, durable. Ends with an `Outcome` whatever happened; cancelling it undoes first."""

    @workflow.init
    def __init__(self, request: SyncRequest) -> None:
        self._runner = TemporalRunner(request)

    @workflow.run
    async def run(self, request: SyncRequest) -> Outcome:
        """One song into one playlist."""
        try:
            outcome = await sync_song(request, self._runner)
        except Exception as error:
            # A mistake of ours: as in the standalone runner the sync ends and says so, it does not hang for ever.
            workflow.logger.exception("a sync failed for an unforeseen reason")
            outcome = outcomes.failed(request.song, Permanent(f"{type(error).__name__}: {error}"))
        self._runner.finish(outcome)
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

    @workflow.signal(name=messages.WRITER_ANSWER)
    def writer_answer(self, answer: WriterAnswer) -> None:
        """The playlist's writer has done, or given up, what this sync asked for."""
        self._runner.answers[answer.task_id] = answer

    @workflow.update
    async def answer_review(self, answer: ReviewAnswer) -> None:
        """A person's choice; the sync goes on from there."""
        self._runner.answer = answer

    @answer_review.validator
    def _check_answer(self, answer: ReviewAnswer) -> None:
        offered = self._runner.offered
        if offered is None or self._runner.answer is not None:
            raise _refusal(ReviewConflict("the review was answered already, or none is open"))
        if answer.choice not in {one.track.id for one in offered} | {NONE_CHOSEN, NOT_ON_SPOTIFY}:
            raise _refusal(
                ReviewChoiceInvalid(f"{answer.choice!r} is none of the candidates, `none` or `not_on_spotify`")
            )


def _refusal(error: Permanent) -> ApplicationError:
    return ApplicationError(str(error), type=type(error).__name__)


WORKFLOWS = [MusicSyncWorkflow, PlaylistWriterWorkflow]
