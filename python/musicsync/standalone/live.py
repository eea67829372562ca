"""An open sync in memory: what is shown of it, who watches, and how it is reached while it waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from musicsync.model import ReviewAnswer, ScoredCandidate
from musicsync.ports import SyncView


class LiveSync:
    """`interrupt` stops what the sync is doing now; None while that must not be stopped."""

    def __init__(self, view: SyncView, *, cancelled: bool = False, answer: ReviewAnswer | None = None) -> None:
        self.view = view
        self.cancelled = cancelled
        self.answer = answer
        self.candidates: tuple[ScoredCandidate, ...] | None = None
        self.interrupt: Callable[[], None] | None = None
        self.task: asyncio.Task[None] | None = None
        self._changed: asyncio.Event | None = None
        self._answered = asyncio.Event()
        self._signals: set[str] = set()
        self._wakes: tuple[str, asyncio.Event] | None = None

    @property
    def id(self) -> str:
        """The workflow id."""
        return self.view.workflow_id

    def change(self, **fields: Any) -> None:
        """Replace fields of the view and tell everybody who watches."""
        self.view = replace(self.view, **fields)
        self.touch()

    def touch(self) -> None:
        """Tell everybody who watches."""
        if self._changed:
            self._changed.set()
            self._changed = None

    async def changed(self) -> None:
        """Return after the next change."""
        self._changed = self._changed or asyncio.Event()
        await self._changed.wait()

    def cancel(self) -> None:
        """Ask the sync to stop, at once where it may be interrupted."""
        self.cancelled = True
        if self.interrupt:
            self.interrupt()

    def ask(self, candidates: tuple[ScoredCandidate, ...]) -> asyncio.Event:
        """Offer candidates to a person; what `give` sets."""
        self.candidates, self._answered = candidates, asyncio.Event()
        self.touch()
        return self._answered

    def give(self, answer: ReviewAnswer) -> None:
        """A person has answered."""
        self.answer = answer
        self._answered.set()

    def sleeps_for(self, event: str) -> asyncio.Event:
        """What `wake(event)` sets, or has set since `forget_signals`."""
        woken = asyncio.Event()
        self._wakes = (event, woken)
        if event in self._signals:
            woken.set()
        return woken

    def wake(self, event: str) -> None:
        """End the sync's wait if it waits for `event`, or is about to."""
        self._signals.add(event)
        if self._wakes and self._wakes[0] == event:
            self._wakes[1].set()

    def forget_signals(self) -> None:
        """What is asked from now on sees the world after them."""
        self._signals.clear()
