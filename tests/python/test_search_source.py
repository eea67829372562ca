"""Where a sync looks for candidates: in the local catalogue, at Spotify, or in one and then the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from musicsync import Catalog
from musicsync.catalogue import AMONG, Catalogue
from musicsync.engine import NativeEngine
from musicsync.errors import EngineFailed, StepTimeout
from musicsync.local_catalogue import LocalCatalogue
from musicsync.memory import MemoryService
from musicsync.model import OutcomeKind, SearchSource, Song, SpotifyTrack, Status, SyncRequest
from musicsync.ports import Engine, HistoryEntry, SyncView
from tests.python.fakes import PLAYLIST_ID, FakeCatalogue, FakeSpotify, VirtualClock, fake_track, steps_over
from tests.python.scenarios import COVER, MOST_AUTOMATIC_S, OTHER, RIGHT, SONG, looking

CATALOGUE, BOTH = SearchSource.CATALOGUE, SearchSource.BOTH
_FOREIGN = replace(RIGHT, id=None)


class Place:
    """A service over fakes. `steps` are those of a sync's history."""

    def __init__(self, local: Catalogue | None, *found: SpotifyTrack, engine: Engine | None = None) -> None:
        self.clock = VirtualClock(auto_s=MOST_AUTOMATIC_S)
        self.spotify = FakeSpotify(self.clock, list(found))
        self.service = MemoryService(steps_over(self.spotify, self.clock, local=local, engine=engine), self.clock)

    async def run(self, request: SyncRequest) -> SyncView:
        started = await self.service.start(request)
        return await self.service.wait(started.view.workflow_id, 20)

    async def history(self, view: SyncView) -> tuple[HistoryEntry, ...]:
        return await self.service.history(view.workflow_id)


@asynccontextmanager
async def place(local: Catalogue | None, *found: SpotifyTrack, engine: Engine | None = None) -> AsyncIterator[Place]:
    one = Place(local, *found, engine=engine)
    yield one
    await one.service.close()


async def test_the_steps_are_recorded_in_their_order() -> None:
    async with place(FakeCatalogue([COVER]), RIGHT) as here:
        view = await here.run(looking(BOTH))
        steps = [one.step for one in await here.history(view)]
    assert steps == [
        "resolve-playlist", "recall-correction", "catalogue-search", "fuzzy-match", "spotify-search", "spotify-search",
        "fuzzy-match", "add-to-playlist", "verify-track-added",
    ]  # fmt: skip


async def test_the_strategy_says_where_it_was_found() -> None:
    async with place(FakeCatalogue([RIGHT])) as here:
        view = await here.run(looking(BOTH))
    assert (view.match_strategy, view.outcome and view.outcome.outcome) == ("catalogue", OutcomeKind.ADDED)


async def test_a_track_that_both_know_is_one_candidate_as_spotify_describes_it() -> None:
    outdated = replace(COVER, album="An older name", isrc="XXA010000009")
    async with place(FakeCatalogue([outdated]), COVER) as here:
        view = await here.run(looking(BOTH, Song("Blue in Green", "Somebody")))
        await here.service.cancel(view.workflow_id)
        matches = [one.result for one in await here.history(view) if one.step == "fuzzy-match"]
    candidates = [[one["track"] for one in match["candidates"]] for match in matches]  # type: ignore[index]
    assert [[(one["id"], one["album"]) for one in found] for found in candidates] == [
        [(COVER.id, "An older name")], [(COVER.id, None)],
    ]  # fmt: skip


async def test_what_spotify_could_not_add_is_no_candidate() -> None:
    async with place(FakeCatalogue([_FOREIGN])) as here:
        view = await here.run(looking(CATALOGUE))
    assert view.status is Status.NOT_FOUND
    assert view.outcome is not None
    assert view.outcome.message == "“Blue in Green” by Miles Davis was not found in the catalogue."


async def test_tracks_that_cannot_be_added_do_not_take_the_places_of_others() -> None:
    async with place(FakeCatalogue([_FOREIGN] * AMONG + [RIGHT])) as here:
        view = await here.run(looking(CATALOGUE))
    assert view.status is Status.COMPLETED


@pytest.mark.parametrize("error", [EngineFailed("too long"), StepTimeout("too slow"), KeyError("unforeseen")])
async def test_where_the_catalogue_fails_spotify_is_asked_if_it_may_be(error: Exception) -> None:
    local = FakeCatalogue([RIGHT], [error] * 10)
    async with place(local, RIGHT) as here:
        view = await here.run(looking(BOTH))
    assert view.status is Status.COMPLETED
    assert here.spotify.calls["search"] == 1


async def test_where_the_catalogue_fails_and_is_alone_the_sync_says_so() -> None:
    async with place(FakeCatalogue([RIGHT], [EngineFailed("too long")]), RIGHT) as here:
        view = await here.run(looking(CATALOGUE))
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert (view.status, view.outcome.error.type) == (Status.FAILED, "EngineFailed")
    assert here.spotify.calls["search"] == 0


async def test_a_sync_that_needs_a_catalogue_waits_for_one_and_says_why() -> None:
    async with place(None, RIGHT) as here:
        started = await here.service.start(looking(CATALOGUE))
        async for view in here.service.events(started.view.workflow_id):
            if view.status is Status.PAUSED:
                break
        await here.service.cancel(started.view.workflow_id)
    assert view.paused_reason == "the local catalogue is not there: set MUSICSYNC_CATALOGUE and start again"
    assert view.resumes_at is not None


async def test_a_sync_that_may_ask_spotify_does_not_wait_for_a_catalogue() -> None:
    async with place(None, RIGHT) as here:
        view = await here.run(looking(BOTH))
    assert (view.status, view.match_strategy) == (Status.COMPLETED, "fields")


async def test_the_real_catalogue_and_engine_find_and_add_it(tmp_path: Path) -> None:
    rows = [
        {"id": one.id, "title": one.title, "artists": list(one.artists), "isrc": one.isrc, "duration_ms": 200_000}
        for one in (OTHER, COVER, RIGHT, fake_track(9, "Blue in Green - Live", "Miles Davis"))
    ]
    rows[2]["id"] = f"spotify:track:{RIGHT.id}"
    Catalog.from_tracks(rows).save(tmp_path / "songs.msc")
    engine = NativeEngine()
    async with place(LocalCatalogue(tmp_path / "songs.msc"), engine=engine) as here:
        view = await here.run(looking(CATALOGUE, replace(SONG, duration_ms=200_000)))
        by_code = await here.run(looking(CATALOGUE, Song("Bleu im Grün", "Davis", isrc=RIGHT.isrc)))
        (match,) = (one.result for one in await here.history(by_code) if one.step == "fuzzy-match")
    engine.close()
    assert view.outcome is not None
    assert (view.outcome.outcome, here.spotify.uris(PLAYLIST_ID)) == (OutcomeKind.ADDED, [RIGHT.uri])
    found = [one["track"]["id"] for one in match["candidates"]]  # type: ignore[index]
    assert RIGHT.id in found, "the ISRC alone is enough to be looked at"
