"""One sync's part of the journal while it runs: what was recorded at which place, and what is not on disk yet."""

from __future__ import annotations

from typing import Any

import structlog

from musicsync.errors import Permanent, StorageUnavailable
from musicsync.model import Deferred, ReviewAnswer, Status
from musicsync.ports import Clock, SyncView
from musicsync.standalone.live import LiveSync
from musicsync.standalone.records import ANSWER, Attempt, Past, Records

UNDO_FROM = 1_000_000
"""Compensations are numbered from here: a step that a cancellation cut off has no record, and must not find theirs."""
_STALL_S = (1.0, 2.0, 5.0, 10.0)

_log = structlog.get_logger()


class SyncLog:
    """Steps are numbered from 0. Attempts of steps that only read wait in `unsaved` and go with the next write."""

    def __init__(self, live: LiveSync, past: Past | None, records: Records, clock: Clock) -> None:
        self._live, self._records, self._clock = live, records, clock
        self._attempts: dict[int, list[Attempt]] = {}
        for attempt in past.attempts if past else ():
            self._attempts.setdefault(attempt.seq, []).append(attempt)
        self._unsaved: list[Attempt] = []
        self.timer = past.timer if past else None
        self.seq = 0
        self.playlist_id: str | None = None

    def recorded(self, name: str) -> Attempt | None:
        """The end of the step at this place, if it was recorded; then the place moves on. Raises `Permanent` where the
        journal holds another step: a release with another flow wrote it."""
        attempts = self._attempts.get(self.seq)
        if not attempts:
            return None
        last = attempts[-1]
        if last.step != name:
            raise Permanent(
                f"the journal of {self._live.id} holds {last.step} at step {self.seq} where the flow asks for {name}:"
                " a release with another flow wrote it"
            )
        if not last.is_final:
            return None
        self.seq += 1
        return last

    def attempts(self) -> list[Attempt]:
        """What was tried at this place so far."""
        return self._attempts.setdefault(self.seq, [])

    def add(self, attempt: Attempt) -> None:
        """Note an attempt; a final one moves the place on."""
        self._unsaved.append(attempt)
        if attempt.is_final:
            self.seq += 1

    def pending(self) -> list[Attempt]:
        """What was noted and is not on disk yet."""
        return list(self._unsaved)

    def timer_is_running(self) -> Deferred | None:
        """The deferral that an earlier process wrote down for this place, while it lasts."""
        if self.timer and self.timer[0] == self.seq and self.timer[1].until > self._clock.now():
            return self.timer[1]
        return None

    async def save(self, *extra: Attempt, timer: Deferred | None = None, view: SyncView | None = None) -> None:
        """Put everything on disk, with `view` in place of what is shown. While there is no room, the sync waits:
        nothing is lost and nothing goes on."""
        attempts = [*self._unsaved, *extra]
        if timer:
            self.timer = (self.seq, timer)
        stalls = 0
        while True:
            try:
                await self._records.save(
                    view or self._live.view, attempts, timer=self.timer if timer else None, playlist_id=self.playlist_id
                )
            except StorageUnavailable as error:
                await self.stall(error, stalls)
                stalls += 1
            else:
                del self._unsaved[: len(attempts) - len(extra)]
                return

    def withdraw(self, attempt: Attempt) -> None:
        """Forget that an attempt began: the process ends in good order."""
        self._records.withdraw(attempt)

    async def expire(self) -> ReviewAnswer | None:
        """From now on nobody may answer; an answer that came in the same moment counts."""
        stalls = 0
        while True:
            try:
                first = await self._records.signal(self._live.id, ANSWER, self._clock.now())
                return None if first else self._records.answer(self._live.id)
            except StorageUnavailable as error:
                await self.stall(error, stalls)
                stalls += 1

    async def stall(self, error: StorageUnavailable, stalls: int) -> None:
        """Wait before the storage is tried again; it shows as a pause."""
        _log.warning("storage unavailable", workflow_id=self._live.id, error=str(error))
        seconds = _STALL_S[min(stalls, len(_STALL_S) - 1)]
        before: dict[str, Any] = {"status": self._live.view.status}
        self._live.change(status=Status.PAUSED, paused_reason=str(error), resumes_at=self._clock.now() + seconds)
        await self._clock.sleep(seconds)
        self._live.change(**before, paused_reason=None, resumes_at=None)
