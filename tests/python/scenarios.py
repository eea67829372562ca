"""The pipeline's scenarios, for every runner: what is there, what is asked, what happens meanwhile, how it must end.

A runner's test gives `play` a `World` and compares the outcomes of all runners with those in memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace

from musicsync.errors import InvalidCredentialsError, RateLimited, SpotifyUnavailable
from musicsync.model import (
    NONE_CHOSEN,
    NOT_ON_SPOTIFY,
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
from musicsync.ports import Clock, Correction, Store, SyncService, SyncView
from tests.python.fakes import PLAYLIST_ID, FakeCatalogue, FakeEngine, FakeSpotify, fake_track

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


async def _cancel_review(world: World, sync_id: str) -> None:
    await until(world, sync_id, Status.WAITING_FOR_REVIEW)
    await world.service.cancel(sync_id)
    assert await world.store.reviews() == ()


async def _expire(world: World, sync_id: str) -> None:
    await until(world, sync_id, Status.WAITING_FOR_REVIEW)
    await world.pass_time(7 * 86_400 + 1)


def _remembered(choice: str, track: SpotifyTrack | None) -> Prepare:
    async def prepare(_: FakeSpotify, store: Store) -> None:
        await store.remember("default", FakeEngine().song_keys(SONG), Correction(choice, track))

    return prepare


def _failing(call: str, times: int) -> Prepare:
    async def prepare(spotify: FakeSpotify, _: Store) -> None:
        spotify.fail(call, lambda: SpotifyUnavailable("Spotify answered 503"), times=times)

    return prepare


def _lost(applied: bool) -> Prepare:
    async def prepare(spotify: FakeSpotify, _: Store) -> None:
        spotify.lose_answer(applied=applied)

    return prepare


def _limited(call: str, seconds: float) -> Prepare:
    async def prepare(spotify: FakeSpotify, _: Store) -> None:
        def error() -> RateLimited:
            return RateLimited("too many requests", until=spotify.clock.now() + seconds, endpoint=call)

        spotify.fail(call, error)

    return prepare


async def _signed_out(spotify: FakeSpotify, _: Store) -> None:
    spotify.fail("*", lambda: InvalidCredentialsError("signed out"), times=1_000_000)


async def _sign_in(world: World, sync_id: str) -> None:
    view = await until(world, sync_id, Status.PAUSED)
    assert view.status is Status.PAUSED
    world.spotify.heal()
    await world.service.signal("signed-in")


async def _wait_out(world: World, sync_id: str) -> None:
    view = await until(world, sync_id, Status.PAUSED)
    assert view.status is Status.PAUSED
    assert view.resumes_at is not None
    await world.pass_time(301)


_ADDED = (Status.COMPLETED, OutcomeKind.ADDED, (RIGHT,))
_AMBIGUOUS = SyncRequest(Song("Blue in Green", "Somebody"), PLAYLIST_ID)
_NOTHING = (Status.COMPLETED, OutcomeKind.NONE_CHOSEN)
_CANCELLED = (Status.CANCELLED, OutcomeKind.NONE_CHOSEN)


def _asking(**fields: object) -> SyncRequest:
    return replace(SyncRequest(SONG, PLAYLIST_ID), **fields)  # type: ignore[arg-type]


def looking(source: SearchSource, song: Song = SONG) -> SyncRequest:
    """A request whose candidates are looked for there."""
    return SyncRequest(song, PLAYLIST_ID, policy=Policy(search_source=source))


def _cancelled_at(name: str, call: str, phase: str, *, compensated: bool, before: tuple[SpotifyTrack, ...]) -> Scenario:
    prepare, act = cancelling_at(call, phase)
    kind = OutcomeKind.REMOVED if compensated else OutcomeKind.NONE_CHOSEN
    return Scenario(
        name, Status.CANCELLED, kind, before, before=before, prepare=prepare, act=act, compensated=compensated
    )


SCENARIOS: tuple[Scenario, ...] = (
    Scenario("found by its ISRC", *_ADDED, MatchMethod.EXACT, request=_asking(song=replace(SONG, isrc=RIGHT.isrc))),
    Scenario("found by the fields", *_ADDED, MatchMethod.EXACT),
    Scenario("a wrong ISRC climbs", *_ADDED, MatchMethod.EXACT, request=_asking(song=replace(SONG, isrc=OTHER.isrc))),
    Scenario("nothing is found", Status.NOT_FOUND, OutcomeKind.NOT_FOUND, catalogue=(OTHER,)),
    Scenario(
        "what is found is another song", Status.NOT_FOUND, OutcomeKind.NOT_FOUND, catalogue=(OTHER,),
        request=_asking(song=replace(SONG, isrc=OTHER.isrc)),
    ),
    Scenario(
        "a person chooses", Status.COMPLETED, OutcomeKind.ADDED, (COVER,), MatchMethod.HUMAN, request=_AMBIGUOUS,
        act=answering(COVER.id or ""),
    ),
    Scenario("a person chooses none", *_NOTHING, (), MatchMethod.HUMAN, request=_AMBIGUOUS, act=answering(NONE_CHOSEN)),
    Scenario(
        "a person says it is not on Spotify", Status.NOT_FOUND, OutcomeKind.NOT_FOUND, method=MatchMethod.HUMAN,
        request=_AMBIGUOUS, act=answering(NOT_ON_SPOTIFY),
    ),
    Scenario("nobody answers in time", Status.EXPIRED, OutcomeKind.NONE_CHOSEN, request=_AMBIGUOUS, act=_expire),
    Scenario("a dry run asks nobody", *_NOTHING, request=replace(_AMBIGUOUS, dry_run=True)),
    Scenario(
        "an answer is remembered", Status.COMPLETED, OutcomeKind.ADDED, (COVER,), MatchMethod.REMEMBERED,
        prepare=_remembered(COVER.id or "", COVER),
    ),
    Scenario(
        "an absence is remembered", Status.NOT_FOUND, OutcomeKind.NOT_FOUND, method=MatchMethod.REMEMBERED,
        prepare=_remembered(NOT_ON_SPOTIFY, None),
    ),
    Scenario(
        "the track is there already", Status.COMPLETED, OutcomeKind.ALREADY_THERE, (OTHER, RIGHT), MatchMethod.EXACT,
        before=(OTHER, RIGHT),
    ),
    Scenario(
        "another release of the recording is there", Status.COMPLETED, OutcomeKind.ALREADY_THERE, (RELEASED_AGAIN,),
        MatchMethod.EXACT, before=(RELEASED_AGAIN,),
    ),
    Scenario(
        "a dry run changes nothing", Status.COMPLETED, OutcomeKind.WOULD_ADD, (), MatchMethod.EXACT,
        request=_asking(dry_run=True),
    ),
    Scenario("a playlist by its name", *_ADDED, MatchMethod.EXACT, request=_asking(playlist="test playlist")),
    Scenario("a short rate limit is waited out", *_ADDED, MatchMethod.EXACT, prepare=_limited("search", 10.0)),
    Scenario(
        "a long rate limit pauses", *_ADDED, MatchMethod.EXACT, prepare=_limited("add_items", 300.0), act=_wait_out
    ),
    Scenario("a sign-in is waited for", *_ADDED, MatchMethod.EXACT, prepare=_signed_out, act=_sign_in),
    Scenario("two failures are retried", *_ADDED, MatchMethod.EXACT, prepare=_failing("search", 2)),
    Scenario("an add that was refused by 503 is retried", *_ADDED, MatchMethod.EXACT, prepare=_failing("add_items", 3)),
    Scenario(
        "three failures end a search", Status.FAILED, OutcomeKind.FAILED, error="SpotifyUnavailable",
        prepare=_failing("search", 3),
    ),
    Scenario("a lost answer of an applied add", *_ADDED, MatchMethod.EXACT, prepare=_lost(True)),
    Scenario("a lost answer of an add that was not applied", *_ADDED, MatchMethod.EXACT, prepare=_lost(False)),
    Scenario(
        "an unknown playlist", Status.FAILED, OutcomeKind.FAILED, error="PlaylistNotFoundError",
        request=_asking(playlist="0" * 22),
    ),
    Scenario(
        "a text that is no playlist", Status.FAILED, OutcomeKind.FAILED, error="InvalidPlaylistError",
        request=_asking(playlist="https://example.org/x"),
    ),
    Scenario(
        "found in the catalogue alone", *_ADDED, MatchMethod.EXACT, request=looking(SearchSource.CATALOGUE),
        catalogue=(), local=(COVER, RIGHT), searches=0,
    ),
    Scenario(
        "the catalogue alone lacks it", Status.NOT_FOUND, OutcomeKind.NOT_FOUND, local=(OTHER,), searches=0,
        request=looking(SearchSource.CATALOGUE),
    ),
    Scenario(
        "the catalogue alone has one to ask about", Status.COMPLETED, OutcomeKind.ADDED, (COVER,), MatchMethod.HUMAN,
        request=looking(SearchSource.CATALOGUE), local=(COVER,), searches=0, act=answering(COVER.id or ""),
    ),
    Scenario(
        "what is accepted in the catalogue is not searched at Spotify", *_ADDED, MatchMethod.EXACT, catalogue=(),
        request=looking(SearchSource.BOTH), local=(RIGHT,), searches=0,
    ),
    Scenario(
        "what the catalogue lacks is found at Spotify", *_ADDED, MatchMethod.EXACT, local=(OTHER,), searches=1,
        request=looking(SearchSource.BOTH),
    ),
    Scenario(
        "what is not accepted in the catalogue is judged with what Spotify has", Status.COMPLETED, OutcomeKind.ADDED,
        (COVER,), MatchMethod.HUMAN, request=looking(SearchSource.BOTH, Song("Blue in Green", "Somebody")),
        catalogue=(RELEASED_AGAIN, COVER), local=(COVER,), act=answering(COVER.id or ""),
    ),
    Scenario("cancelled while a person is asked", *_CANCELLED, request=_AMBIGUOUS, act=_cancel_review),
    _cancelled_at("cancelled while it searches", "search", "before", compensated=False, before=(OTHER,)),
    _cancelled_at("cancelled before the add is applied", "add_items", "before", compensated=True, before=(OTHER,)),
    _cancelled_at("cancelled before the add is answered", "add_items", "after", compensated=True, before=(OTHER,)),
    _cancelled_at("cancelled but there before", "playlist_items", "before", compensated=False, before=(OTHER, RIGHT)),
)  # fmt: skip
