"""Where a standalone service lives in tests: the outside world goes on while processes come and go."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from musicsync.model import SyncRequest
from musicsync.ports import SyncView
from musicsync.standalone.journal import Journal
from musicsync.standalone.service import StandaloneService
from tests.python.fakes import FakeCatalogue, FakeSpotify, MemoryStore, VirtualClock, steps_over
from tests.python.scenarios import MOST_AUTOMATIC_S


async def soon(condition: Callable[[], object]) -> None:
    """Return once the condition holds."""
    async with asyncio.timeout(30):
        for _ in itertools.repeat(None):
            if condition():
                return
            await asyncio.sleep(0)


class MortalJournal(Journal):
    """A journal whose process can die: what is not committed by then never will be, and nobody gets an answer.

    While `full` is set, the disk takes nothing. With `dies_at` it dies by itself: before its transaction of that number
    (1-based) commits, or, with `after`, when it has committed and before anybody knows.
    """

    def __init__(self, path: Path, *, dies_at: int | None = None, after: bool = False) -> None:
        super().__init__(path)
        self.commits = 0
        self.full = False
        self.dead = asyncio.Event()
        self._dies_at, self._after, self._is_dead = dies_at, after, False

    def _commit(self, db: Any, batch: Any) -> None:
        self.commits += 1
        if self._is_dead:
            return
        if self.commits == self._dies_at:
            self._is_dead = True
            if self._after:
                self._try(db, batch)
            assert self._loop is not None
            self._loop.call_soon_threadsafe(self.dead.set)
            return
        super()._commit(db, batch)

    def _try(self, db: Any, batch: Any) -> Any:
        db.execute(f"PRAGMA query_only = {'ON' if self.full else 'OFF'}")
        return super()._try(db, batch)

    async def die(self) -> None:
        """Nothing is written any more; the file is free for the next process."""
        self._is_dead = True
        await self.close()


@dataclass
class House:
    """`spotify`, `store`, `clock` and the `local` catalogue outlive the processes."""

    path: Path
    max_syncs: int = 50
    reconcile: bool = True
    engine: Any = None
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(auto_s=MOST_AUTOMATIC_S))
    store: MemoryStore = field(default_factory=MemoryStore)
    local: FakeCatalogue | None = field(default_factory=FakeCatalogue)

    def __post_init__(self) -> None:
        self.spotify = FakeSpotify(self.clock)
        self._journal: MortalJournal | None = None
        self._service: StandaloneService | None = None

    @property
    def service(self) -> StandaloneService:
        """The running service."""
        assert self._service is not None
        return self._service

    @property
    def journal(self) -> MortalJournal:
        """Its journal."""
        assert self._journal is not None
        return self._journal

    async def start(self, **mortality: Any) -> None:
        """Start a process."""
        self._journal = MortalJournal(self.path, **mortality)
        await self._journal.open()
        self._service = StandaloneService(
            self._journal,
            lambda intents: steps_over(
                self.spotify,
                self.clock,
                intents=intents,
                store=self.store,
                engine=self.engine,
                reconcile=self.reconcile,
                local=self.local,
            ),
            self.clock,
            max_syncs=self.max_syncs,
        )
        await self._service.start_up()

    async def kill(self) -> None:
        """End the process without a chance to write anything."""
        await self.journal.die()
        await self.service.close(grace_s=0.0)
        self._service = None

    async def close(self) -> None:
        """End the process in good order."""
        if self._service:
            await self._service.close()
            await self.journal.close()
            self._service = None

    async def end_of(self, sync_id: str) -> SyncView:
        """Wait for a sync's end."""
        async with asyncio.timeout(60):
            async for view in self.service.events(sync_id):
                if not view.status.is_open:
                    return view
        raise AssertionError("the events ended before the sync")

    async def run(self, request: SyncRequest, key: str | None = None) -> SyncView:
        """Start a sync and wait for its end."""
        started = await self.service.start(request, key)
        return await self.end_of(started.view.workflow_id)
