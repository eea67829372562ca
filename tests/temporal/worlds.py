"""The Temporal runner over the fakes: a worker, a service and a world for the shared scenarios."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from temporalio.client import Client

from musicsync.model import Policy, Song, SpotifyTrack, SyncRequest
from musicsync.policy import STEP_POLICIES
from musicsync.ports import SyncView
from musicsync.steps import Steps
from musicsync.temporal.service import TemporalService
from musicsync.temporal.worker import working
from tests.python.fakes import PLAYLIST_ID, FakeCatalogue, FakeSpotify, MemoryStore, fake_track, steps_over
from tests.python.scenarios import World

PATIENCE_S = 60.0
_RETRIED = ("spotify-search", "add-to-playlist", "verify-track-added", "remove-from-playlist")
QUICK = Policy(steps={name: replace(STEP_POLICIES[name], backoff_s=0.05, backoff_max_s=0.1) for name in _RETRIED})
"""The real policies with waits that a test can afford."""


class ShiftedClock:
    """The real time, `behind_s` seconds late: what is 300 s away for its owner is near for Temporal's server."""

    def __init__(self, behind_s: float = 0.0) -> None:
        self.behind_s = behind_s

    def now(self) -> float:
        """Seconds since the epoch, or so."""
        return time.time() - self.behind_s

    async def sleep(self, seconds: float) -> None:
        """Really."""
        await asyncio.sleep(max(0.0, seconds))


def request(title: str, artist: str = "Miles Davis", **fields: object) -> SyncRequest:
    """A song for the test playlist, under quick policies."""
    return replace(SyncRequest(Song(title, artist), PLAYLIST_ID, policy=QUICK), **fields)  # type: ignore[arg-type]


def tracks(count: int) -> list[SpotifyTrack]:
    """Different ones, `Song 0` and so on by Miles Davis."""
    return [fake_track(1000 + number, f"Song {number}", "Miles Davis") for number in range(count)]


@dataclass
class Lab:
    """One namespace. `working` runs a worker for as long as its body."""

    client: Client
    clock: ShiftedClock
    service_clock: ShiftedClock
    spotify: FakeSpotify
    store: MemoryStore
    steps: Steps
    service: TemporalService
    local: FakeCatalogue

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """With a worker."""
        async with working(self.client, self.steps):
            yield

    async def ended(self, workflow_id: str) -> SyncView:
        """The view once the sync has ended (or asks a person)."""
        view = await self.service.wait(workflow_id, PATIENCE_S)
        assert view.status.value != "running", view
        return view

    async def sync(self, asked: SyncRequest) -> SyncView:
        """Start and wait."""
        return await self.ended((await self.service.start(asked)).view.workflow_id)


def lab(
    client: Client, *, behind_s: float = 0.0, catalogue: list[SpotifyTrack] | None = None, late_look_s: float = 60.0
) -> Lab:
    """A lab in the client's namespace."""
    clock, service_clock, store, local = ShiftedClock(behind_s), ShiftedClock(), MemoryStore(), FakeCatalogue()
    spotify = FakeSpotify(clock, catalogue or [], request_timeout_s=0.3)
    steps = steps_over(spotify, clock, store=store, margin_s=0.2, late_look_s=late_look_s, local=local)
    return Lab(client, clock, service_clock, spotify, store, steps, TemporalService(client, service_clock), local)


@asynccontextmanager
async def temporal_world(client: Client, *, behind_s: float = 0.0) -> AsyncIterator[World]:
    """A world for `scenarios.play`. Time passes by itself here: `behind_s` makes long waits short."""

    async def pass_time(_: float) -> None:
        return None

    one = lab(client, behind_s=behind_s)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(one.working())
        yield World(one.service, one.spotify, one.store, one.clock, pass_time, one.local)


async def eventually(condition: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Return as soon as `condition()` is true."""
    async with asyncio.timeout(patience_s):
        while not condition():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.02)
