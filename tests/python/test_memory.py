"""The in-memory runner plays every scenario."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from musicsync.errors import IdempotencyConflict, NotCancellable, ReviewChoiceInvalid, ReviewConflict, SyncNotFound
from musicsync.memory import MemoryService
from musicsync.model import ReviewAnswer, Song, Status, SyncRequest
from musicsync.ports import SyncFilter
from tests.python.fakes import PLAYLIST_ID, FakeCatalogue, FakeSpotify, MemoryStore, VirtualClock, steps_over
from tests.python.scenarios import COVER, MOST_AUTOMATIC_S, RIGHT, SCENARIOS, SONG, Scenario, World, play


@asynccontextmanager
async def in_memory(_: Scenario | None = None) -> AsyncIterator[World]:
    """A world whose runner is the one in memory."""
    clock = VirtualClock(auto_s=MOST_AUTOMATIC_S)
    spotify, store, local = FakeSpotify(clock), MemoryStore(), FakeCatalogue()
    service = MemoryService(steps_over(spotify, clock, store=store, local=local), clock)
    try:
        yield World(service, spotify, store, clock, clock.skip, local)
    finally:
        await service.close()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
async def test_a_scenario_ends_as_it_must(scenario: Scenario) -> None:
    await play(scenario, in_memory)


async def test_the_same_song_is_the_same_sync_for_ten_minutes_after_it_ended() -> None:
    async with in_memory() as world:
        world.spotify.catalogue.append(RIGHT)
        first = await world.service.start(SyncRequest(SONG, PLAYLIST_ID))
        await world.service.wait(first.view.workflow_id, 10)
        again = await world.service.start(SyncRequest(SONG, PLAYLIST_ID))
        await world.clock.advance(601)  # type: ignore[attr-defined]
        later = await world.service.start(SyncRequest(SONG, PLAYLIST_ID))
    assert (first.created, again.created, later.created) == (True, False, True)
    assert again.view.workflow_id == first.view.workflow_id != later.view.workflow_id


async def test_a_key_with_another_body_is_a_conflict() -> None:
    async with in_memory() as world:
        await world.service.start(SyncRequest(SONG, PLAYLIST_ID), "key")
        with pytest.raises(IdempotencyConflict):
            await world.service.start(SyncRequest(Song("other", "song"), PLAYLIST_ID), "key")


async def test_an_unknown_sync_is_named() -> None:
    async with in_memory() as world:
        with pytest.raises(SyncNotFound, match="sync-x"):
            await world.service.view("sync-x")


async def test_a_sync_that_ended_cannot_be_cancelled() -> None:
    async with in_memory() as world:
        started = await world.service.start(SyncRequest(SONG, PLAYLIST_ID))
        await world.service.wait(started.view.workflow_id, 10)
        with pytest.raises(NotCancellable):
            await world.service.cancel(started.view.workflow_id)


async def test_an_answer_must_be_offered_and_is_given_once() -> None:
    async with in_memory() as world:
        world.spotify.catalogue.append(COVER)
        started = await world.service.start(SyncRequest(SONG, PLAYLIST_ID))
        sync_id = started.view.workflow_id
        view = await world.service.wait(sync_id, 10)
        assert view.status is Status.WAITING_FOR_REVIEW
        with pytest.raises(ReviewChoiceInvalid):
            await world.service.answer_review(sync_id, ReviewAnswer("another"))
        await world.service.answer_review(sync_id, ReviewAnswer(COVER.id or ""))
        with pytest.raises(ReviewConflict):
            await world.service.answer_review(sync_id, ReviewAnswer("none"))
        await asyncio.wait_for(_end(world, sync_id), 10)


async def test_syncs_are_found_by_title_without_case() -> None:
    async with in_memory() as world:
        started = await world.service.start(SyncRequest(SONG, PLAYLIST_ID))
        found = await world.service.find(SyncFilter(track_name="BLUE IN GREEN"))
        other = await world.service.find(SyncFilter(track_name="blue"))
    assert [view.workflow_id for view in found.syncs] == [started.view.workflow_id]
    assert other.syncs == ()


async def _end(world: World, sync_id: str) -> None:
    async for _ in world.service.events(sync_id):
        pass


async def test_an_unforeseen_exception_is_retried_and_then_named() -> None:
    async with in_memory() as world:
        raised = []

        async def fail(call: str, phase: str) -> None:
            raised.append(call)
            raise RuntimeError("what is this?")

        world.spotify.hook = fail
        started = await world.service.start(SyncRequest(SONG, PLAYLIST_ID))
        await _end(world, started.view.workflow_id)
        view = await world.service.view(started.view.workflow_id)
    assert len(raised) == 5
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert (view.outcome.error.type, view.outcome.error.message) == ("Permanent", "RuntimeError: what is this?")
