"""What a scenario of the pipeline is, and how one is played: what is there, what is asked, what happens meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from musicsync.model import (
    MatchMethod,
    Outcome,
    OutcomeKind,
    Policy,
    ReviewAnswer,
    SearchSource,
    Song,
    SpotifyTrack,
    Status,
    SyncRequest,
)
from musicsync.ports import Clock, Store, SyncService, SyncView
from tests.python.fakes import PLAYLIST_ID, FakeCatalogue, FakeSpotify, fake_track

RIGHT = fake_track(1, "Blue in Green", "Miles Davis", isrc="XXA010000001")
COVER = fake_track(2, "Blue in Green", "Bill Evans")
OTHER = fake_track(3, "So What", "Miles Davis", isrc="XXA010000003")
RELEASED_AGAIN = fake_track(4, "Blue in Green", "Miles Davis", isrc="XXA010000004")
SONG = Song("Blue in Green", "Miles Davis")
MOST_AUTOMATIC_S = 50.0
"""Longer waits than this end only by `World.pass_time`."""
_PATIENCE_S = 60.0


@dataclass
class World:
    """One runner with its surroundings. `pass_time(seconds)` lets the runner's time pass."""

    service: SyncService
    spotify: FakeSpotify
    store: Store
    clock: Clock
    pass_time: Callable[[float], Awaitable[None]]
    local: FakeCatalogue


WorldFactory = Callable[["Scenario"], AbstractAsyncContextManager[World]]
Prepare = Callable[[FakeSpotify, Store], Awaitable[None]]
Act = Callable[[World, str], Coroutine[object, object, None]]


async def _nothing(*_: object) -> None:
    return None


@dataclass(frozen=True)
class Scenario:
    """`prepare` runs before the sync starts, `act` beside it. `playlist` is what must be there afterwards; `searches`
    is how many must have been sent to Spotify."""

    name: str
    status: Status
    outcome: OutcomeKind
    playlist: tuple[SpotifyTrack, ...] = ()
    method: MatchMethod = MatchMethod.NONE
    error: str | None = None
    request: SyncRequest = field(default_factory=lambda: SyncRequest(SONG, PLAYLIST_ID))
    catalogue: tuple[SpotifyTrack, ...] = (RIGHT, COVER, OTHER)
    local: tuple[SpotifyTrack, ...] = ()
    searches: int | None = None
    before: tuple[SpotifyTrack, ...] = ()
    prepare: Prepare = _nothing
    act: Act = _nothing
    compensated: bool = False


async def play(scenario: Scenario, factory: WorldFactory) -> Outcome:
    """Run a scenario to its end, check it, and return the outcome."""
    async with factory(scenario) as world:
        world.spotify.catalogue.extend(scenario.catalogue)
        world.local.tracks.extend(scenario.local)
        world.spotify.playlists[PLAYLIST_ID].extend(scenario.before)
        await scenario.prepare(world.spotify, world.store)
        started = await world.service.start(scenario.request)
        acting = asyncio.create_task(scenario.act(world, started.view.workflow_id))
        view = await until(world, started.view.workflow_id)
        await acting
        outcome = view.outcome
        assert outcome is not None
        assert (outcome.status, outcome.outcome) == (scenario.status, scenario.outcome), outcome
        assert view.status is outcome.status
        assert outcome.method is scenario.method
        assert (outcome.error.type if outcome.error else None) == scenario.error
        assert outcome.compensated is scenario.compensated
        assert world.spotify.uris() == [track.uri for track in scenario.playlist]
        assert scenario.searches in (None, world.spotify.calls["search"])
        return outcome


async def until(world: World, sync_id: str, *statuses: Status) -> SyncView:
    """Wait until the sync has one of the statuses, or has ended."""
    async with asyncio.timeout(_PATIENCE_S):
        async for view in world.service.events(sync_id):
            if view.status in statuses or not view.status.is_open:
                return view
    raise AssertionError("the events ended before the sync")


class Gate:
    """Holds the first request of `call` in `phase` until it is opened."""

    def __init__(self, spotify: FakeSpotify, call: str, phase: str) -> None:
        self._call, self._phase = call, phase
        self.reached, self.opened = asyncio.Event(), asyncio.Event()
        spotify.hook = self._hold

    async def _hold(self, call: str, phase: str) -> None:
        if (call, phase) == (self._call, self._phase):
            self.reached.set()
            await self.opened.wait()


def answering(choice: str) -> Act:
    """A person who answers the review."""

    async def act(world: World, sync_id: str) -> None:
        view = await until(world, sync_id, Status.WAITING_FOR_REVIEW)
        assert view.status is Status.WAITING_FOR_REVIEW
        await world.service.answer_review(sync_id, ReviewAnswer(choice, "tester", 1.0))

    return act


def cancelling_at(call: str, phase: str) -> tuple[Prepare, Act]:
    """A person who cancels while a request of `call` is under way."""
    gates: list[Gate] = []

    async def prepare(spotify: FakeSpotify, _: Store) -> None:
        gates[:] = [Gate(spotify, call, phase)]

    async def act(world: World, sync_id: str) -> None:
        await asyncio.wait_for(gates[0].reached.wait(), _PATIENCE_S)
        cancelling = asyncio.create_task(world.service.cancel(sync_id))
        while not cancelling.done() and not gates[0].opened.is_set():
            await asyncio.sleep(0.02)  # the request to cancel is on its way; then the call may end
            gates[0].opened.set()
        assert (await cancelling).status is Status.CANCELLED

    return prepare, act


def looking(source: SearchSource, song: Song = SONG) -> SyncRequest:
    """A request whose candidates are looked for there."""
    return SyncRequest(song, PLAYLIST_ID, policy=Policy(search_source=source))
