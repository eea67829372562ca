"""The pipeline's scenarios, for every runner, and one door to what they are made of.

A runner's test gives `play` a `World` and compares the outcomes of all runners with those in memory.
"""

from __future__ import annotations

from dataclasses import replace

from musicsync.errors import InvalidCredentialsError, RateLimited, SpotifyUnavailable
from musicsync.model import (
    NONE_CHOSEN,
    NOT_ON_SPOTIFY,
    MatchMethod,
    OutcomeKind,
    SearchSource,
    Song,
    SpotifyTrack,
    Status,
    SyncRequest,
)
from musicsync.ports import Correction, Store
from tests.python.fakes import PLAYLIST_ID, FakeEngine, FakeSpotify
from tests.python.plays import (
    COVER,
    MOST_AUTOMATIC_S,
    OTHER,
    RELEASED_AGAIN,
    RIGHT,
    SONG,
    Act,
    Gate,
    Prepare,
    Scenario,
    World,
    WorldFactory,
    answering,
    cancelling_at,
    looking,
    play,
    until,
)

__all__ = [
    "COVER",
    "MOST_AUTOMATIC_S",
    "OTHER",
    "RELEASED_AGAIN",
    "RIGHT",
    "SCENARIOS",
    "SONG",
    "Act",
    "Gate",
    "Prepare",
    "Scenario",
    "World",
    "WorldFactory",
    "answering",
    "cancelling_at",
    "looking",
    "play",
    "until",
]


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
