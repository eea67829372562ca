"""The standalone runner, seen from the ways in: accept, run, show, cancel, and recover after any death."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import structlog

from musicsync import codec, outcomes
from musicsync.errors import (
    Cancelled,
    MusicSyncError,
    NotCancellable,
    Permanent,
    ReviewChoiceInvalid,
    ReviewConflict,
    StorageUnavailable,
)
from musicsync.model import NONE_CHOSEN, NOT_ON_SPOTIFY, ReviewAnswer, Stage, Status, SyncRequest
from musicsync.pipeline import sync_song
from musicsync.ports import Cancellable, Clock, HistoryEntry, IntentLog, Started, SyncFilter, SyncPage, SyncView
from musicsync.standalone.history import history_of
from musicsync.standalone.journal import Journal
from musicsync.standalone.live import LiveSync
from musicsync.standalone.queries import find
from musicsync.standalone.records import ANSWER, CANCEL, Past, Records
from musicsync.standalone.runner import JournaledRunner
from musicsync.standalone.slots import Slots
from musicsync.standalone.synclog import SyncLog
from musicsync.standalone.waits import Waits
from musicsync.standalone.writer import PlaylistWriters
from musicsync.steps import Steps

T = TypeVar("T")
_log = structlog.get_logger()


class StandaloneService:
    """`ports.SyncService` in this process, over an open journal. At most `max_syncs` are at work; the rest wait."""

    def __init__(
        self, journal: Journal, steps_for: Callable[[IntentLog], Steps], clock: Clock, *, max_syncs: int = 50
    ) -> None:
        self._journal, self._clock = journal, clock
        self._records = Records(journal)
        self._steps = steps_for(journal.intents)
        self._writers = PlaylistWriters(self._steps, clock)
        self._slots = Slots(max_syncs)
        self._live: dict[str, LiveSync] = {}
        self._runners: dict[str, JournaledRunner] = {}
        self._asked: set[asyncio.Future[Any]] = set()
        self._ready = False

    async def start_up(self) -> None:
        """Take up what an earlier process left: open syncs, writes without a result, late looks."""
        for playlist_id in self._journal.intents.playlists():
            self._writers.recover(playlist_id)
        for past in self._records.open_syncs():
            self._launch(past.view, past)
        self._ready = True

    async def close(self, grace_s: float = 3.0) -> None:
        """Stop; everything goes on at the next start. A playlist write that runs has `grace_s` to end."""
        self._ready = False
        tasks = [live.task for live in self._live.values() if live.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._writers.close(grace_s)

    async def start(self, request: SyncRequest, idempotency_key: str | None = None) -> Started:
        """Accept a request; it is on disk when this returns. Only the call that created the row runs it."""
        return await self._to_the_end(self._start(request, idempotency_key))

    async def _start(self, request: SyncRequest, idempotency_key: str | None) -> Started:
        now = self._clock.now()
        sync_id, created = await self._records.accept(request, idempotency_key, now)
        if not created:
            return Started(await self.view(sync_id), False)
        view = SyncView(sync_id, request, Status.ACCEPTED, started_at=now)
        self._launch(view, None)
        return Started(view)

    async def _to_the_end(self, asked: Coroutine[Any, Any, T]) -> T:
        """What was asked is done although its caller goes away: what is on disk must not differ from what is done."""
        task = asyncio.ensure_future(asked)
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)
        return await asyncio.shield(task)

    async def view(self, workflow_id: str) -> SyncView:
        """From memory while it is open, else from the journal."""
        live = self._live.get(workflow_id)
        return live.view if live else self._records.view(workflow_id)

    async def wait(self, workflow_id: str, timeout_s: float) -> SyncView:
        """The view when it ended, waits for a person, or after `timeout_s`."""
        live = self._live.get(workflow_id)
        if live is None:
            return self._records.view(workflow_id)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while live.view.status.is_open and live.view.status is not Status.WAITING_FOR_REVIEW:
                    await live.changed()
        return live.view

    async def find(self, query: SyncFilter) -> SyncPage:
        """A page of syncs, newest first."""
        page = await find(self._journal, query)
        shown = (self._live.get(view.workflow_id) for view in page.syncs)
        return replace(
            page, syncs=tuple(live.view if live else view for live, view in zip(shown, page.syncs, strict=True))
        )

    async def history(self, workflow_id: str) -> tuple[HistoryEntry, ...]:
        """Every attempt of every step so far."""
        await self.view(workflow_id)
        attempts = {(one.seq, one.attempt): one for one in self._records.attempts(workflow_id)}
        if runner := self._runners.get(workflow_id):
            attempts |= {(one.seq, one.attempt): one for one in runner.log.pending()}
        return history_of([attempts[place] for place in sorted(attempts)])

    async def events(self, workflow_id: str) -> AsyncIterator[SyncView]:
        """Every change of the view until it has ended."""
        live = self._live.get(workflow_id)
        if live is None:
            yield self._records.view(workflow_id)
            return
        shown: SyncView | None = None
        while shown is None or shown.status.is_open:
            if live.view is shown:
                await live.changed()
                continue
            shown = live.view
            yield shown

    async def cancel(self, workflow_id: str) -> SyncView:
        """Stop it and wait until it has undone what it did."""
        live = self._live.get(workflow_id)
        if live is None:
            view = self._records.view(workflow_id)
            raise NotCancellable(f"the sync has ended: {view.status}")
        await self._to_the_end(self._stop(live))
        while live.view.status.is_open:
            await live.changed()
        return live.view

    async def _stop(self, live: LiveSync) -> None:
        await self._records.signal(live.id, CANCEL, self._clock.now())
        live.cancel()

    async def cancellable(self, workflow_id: str) -> Cancellable:
        """What a cancellation would do now."""
        view = await self.view(workflow_id)
        added = await self._journal.intents.added_by(workflow_id) is not None
        adding = view.stage in (Stage.ADDING, Stage.VERIFYING) and not view.request.dry_run
        return Cancellable(view.status.is_open, view.status.is_open and (added or adding), view.stage)

    async def answer_review(self, workflow_id: str, answer: ReviewAnswer) -> SyncView:
        """Give the sync its answer; the first one counts."""
        live = self._live.get(workflow_id)
        if live is None:
            self._records.view(workflow_id)
            raise ReviewConflict("the sync has ended, its review is closed")
        while live.view.status is Status.WAITING_FOR_REVIEW and live.candidates is None:
            await live.changed()  # it was recovered a moment ago
        if live.view.status is not Status.WAITING_FOR_REVIEW or live.candidates is None:
            raise ReviewConflict("the sync waits for no review")
        offered = {one.track.id for one in live.candidates} | {NONE_CHOSEN, NOT_ON_SPOTIFY}
        if answer.choice not in offered:
            raise ReviewChoiceInvalid(f"{answer.choice!r} is none of the candidates, `none` or `not_on_spotify`")
        await self._to_the_end(self._give(live, answer))
        return live.view

    async def _give(self, live: LiveSync, answer: ReviewAnswer) -> None:
        if not await self._records.signal(live.id, ANSWER, self._clock.now(), codec.dumps(answer)):
            raise ReviewConflict("the review was answered already")
        live.give(answer)

    async def signal(self, event: str) -> None:
        """Wake every sync that waits for `event`."""
        for live in list(self._live.values()):
            live.wake(event)

    async def ready(self) -> str | None:
        """None when it can take work, else why not."""
        if not self._ready:
            return "the runner is not started"
        if self._journal.problem:
            try:
                await self._journal.execute("UPDATE timers SET seq = seq WHERE sync_id = ''")
            except StorageUnavailable as error:
                return str(error)
        return None

    def _launch(self, view: SyncView, past: Past | None) -> None:
        if past:
            view = replace(view, steps_completed=0, candidates_found=0)  # counted again while they are replayed
        if past and past.timer and view.status is Status.PAUSED:
            view = replace(view, resumes_at=past.timer[1].until, paused_reason=past.timer[1].reason)
        live = LiveSync(view, cancelled=past is not None and past.cancelled, answer=past.answer if past else None)
        log = SyncLog(live, past, self._records, self._clock)
        waits = Waits(live, self._slots, self._clock)
        runner = JournaledRunner(live, log, waits, self._steps, self._writers, self._clock)
        self._live[live.id], self._runners[live.id] = live, runner
        live.task = asyncio.create_task(self._run(runner), name=live.id)

    async def _run(self, runner: JournaledRunner) -> None:
        live = runner.live
        try:
            if live.view.status in (Status.ACCEPTED, Status.RUNNING):  # in their order, after a crash too
                with contextlib.suppress(Cancelled):
                    await runner.waits.take_slot()
            try:
                outcome = await sync_song(live.view.request, runner)
            except Exception as error:
                _log.exception("a sync failed for an unforeseen reason", workflow_id=live.id)
                outcome = outcomes.failed(live.view.request.song, _named(error))
            await runner.finish(outcome)
            del self._live[live.id], self._runners[live.id]
        finally:
            runner.waits.release_slot()


def _named(error: Exception) -> MusicSyncError:
    return Permanent(f"{type(error).__name__}: {error}")
