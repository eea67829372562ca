"""The standalone runner with its real journal and no sockets: what the pipeline itself costs."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from tests.python.fakes import PLAYLIST_ID, FakeSpotify, fake_track, steps_over

from musicsync.clock import SystemClock
from musicsync.model import Song, Status, SyncRequest
from musicsync.standalone.journal import Journal
from musicsync.standalone.service import StandaloneService


async def runner_rate(count: int, folder: Path) -> float:
    """Syncs a second from the first start to the last end; every one must have added its song."""
    clock = SystemClock()
    spotify = FakeSpotify(clock, [fake_track(n, f"Song {n}", "Band") for n in range(count)])
    journal = Journal(folder / "journal.db")
    await journal.open()
    service = StandaloneService(journal, lambda intents: steps_over(spotify, clock, intents=intents), clock)
    await service.start_up()
    try:
        started = time.perf_counter()
        ids = await asyncio.gather(
            *(service.start(SyncRequest(Song(f"Song {n}", "Band"), PLAYLIST_ID)) for n in range(count))
        )
        views = await asyncio.gather(*(service.wait(one.view.workflow_id, 300) for one in ids))
        seconds = time.perf_counter() - started
    finally:
        await service.close()
        await journal.close()
    if {one.status for one in views} != {Status.COMPLETED} or len(set(spotify.uris())) != count:
        raise SystemExit("the runner did not add every song once")
    return count / seconds
