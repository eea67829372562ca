"""A worker process is killed in the middle: every sync ends, and the playlist holds each song once."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from musicsync.clock import SystemClock
from musicsync.model import Policy, Song, Status, SyncRequest
from musicsync.policy import STEP_POLICIES
from musicsync.temporal.service import TemporalService
from musicsync.temporal.worker import Server, connect
from tests.durability.processes import PLAYLIST, Emulator, settings, sign_in, songs
from tests.temporal.servers import Namespaces

_SONGS = 30
_PATIENCE_S = 120.0
_LOST_SOON = Policy(steps={name: replace(one, heartbeat_s=1.5) for name, one in STEP_POLICIES.items()})


@asynccontextmanager
async def _worker(environment: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """`musicsync worker` as a process of its own."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "musicsync", "worker", env=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 30)


async def _added(emulator: Emulator, count: int) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while len(await emulator.uris()) < count:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


async def test_a_worker_is_killed_among_thirty_syncs(namespaces: Namespaces, tmp_path: Path) -> None:
    server: Server = namespaces.next()
    bodies = songs(_SONGS, tmp_path / "catalogue.jsonl")
    with Emulator(tmp_path / "catalogue.jsonl", tmp_path / "emulator", ("--apply-delay-ms", "5")) as emulator:
        environment = settings(
            emulator, tmp_path / "data", MUSICSYNC_MODE="temporal", MUSICSYNC_TEMPORAL_HOST=server.address,
            MUSICSYNC_TEMPORAL_NAMESPACE=server.namespace,
        )  # fmt: skip
        await sign_in(environment)
        service = TemporalService(await connect(server), SystemClock())
        async with _worker(environment) as first:
            starts = asyncio.gather(*(service.start(_request(body)) for body in bodies))
            await _added(emulator, 1)
            first.kill()
            await first.wait()
        started = await starts
        before = len(await emulator.uris())
        async with _worker(environment) as second:
            views = await asyncio.gather(*(service.wait(one.view.workflow_id, _PATIENCE_S) for one in started))
            uris = await emulator.uris()
        assert second.returncode == 0
    assert before < _SONGS, "the worker was killed too late to show anything"
    assert {one.status for one in views} == {Status.COMPLETED}
    assert sorted(uris) == sorted(f"spotify:track:{body['id']}" for body in bodies)


def _request(body: dict[str, object]) -> SyncRequest:
    song = Song(str(body["track_name"]), str(body["artist"]), duration_ms=int(float(str(body["duration"])) * 1000))
    return SyncRequest(song, PLAYLIST, policy=_LOST_SOON)
