"""Callers go away, looks fail, processes end: what was accepted goes on all the same, and in its order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from musicsync.model import OutcomeKind, ReviewAnswer, Song, Status, SyncRequest
from tests.python.fakes import PLAYLIST_ID
from tests.python.scenarios import COVER, RIGHT, SONG, Gate
from tests.python.standalone.houses import House, soon

_REQUEST = SyncRequest(SONG, PLAYLIST_ID)
_AMBIGUOUS = SyncRequest(Song(SONG.title, "Somebody"), PLAYLIST_ID)


@pytest.fixture(autouse=True)
def _furnished(house: House) -> None:
    house.spotify.catalogue += [RIGHT, COVER]


async def _ask_and_go_away(asking: Coroutine[object, object, object]) -> None:
    """The caller is cancelled as soon as its request is on the way to the disk."""
    task = asyncio.ensure_future(asking)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()


async def test_a_sync_runs_although_its_caller_went_away(house: House) -> None:
    await _ask_and_go_away(house.service.start(_REQUEST))
    started = await house.service.start(_REQUEST)
    assert not started.created
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED
    assert house.spotify.uris() == [RIGHT.uri]


async def test_a_sync_is_cancelled_although_its_caller_went_away(house: House) -> None:
    gate = Gate(house.spotify, "add_items", "after")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    await _ask_and_go_away(house.service.cancel(started.view.workflow_id))
    await soon(lambda: house.journal.read("SELECT 1 FROM signals"))
    await asyncio.sleep(0)
    gate.opened.set()
    assert (await house.end_of(started.view.workflow_id)).status is Status.CANCELLED
    assert house.spotify.uris() == []


async def test_an_answer_counts_although_its_caller_went_away(house: House) -> None:
    started = await house.service.start(_AMBIGUOUS)
    await house.service.wait(started.view.workflow_id, 30)
    await _ask_and_go_away(house.service.answer_review(started.view.workflow_id, ReviewAnswer(COVER.id or "")))
    view = await asyncio.wait_for(house.end_of(started.view.workflow_id), 10)
    assert view.outcome is not None
    assert view.outcome.outcome is OutcomeKind.ADDED


async def test_a_look_that_fails_for_no_known_reason_keeps_nobody_waiting(house: House) -> None:
    """At the start of a process the look at what the last one left comes first; the syncs wait behind it."""
    gate = Gate(house.spotify, "add_items", "after")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    await house.kill()
    errors = [RuntimeError("what is this?")]

    async def fail_once(call: str, phase: str) -> None:
        if errors and (call, phase) == ("playlist_items", "before"):
            raise errors.pop()

    house.spotify.hook = fail_once
    await house.start()
    await soon(lambda: not errors)
    assert (await asyncio.wait_for(house.end_of(started.view.workflow_id), 10)).status is Status.COMPLETED
    assert house.spotify.uris() == [RIGHT.uri]


async def test_what_had_begun_before_a_crash_does_not_wait_behind_all_that_had_not(
    unstarted: Callable[..., House],
) -> None:
    house = unstarted(max_syncs=1)
    house.spotify.catalogue.append(RIGHT)
    await house.start()
    gate = Gate(house.spotify, "add_items", "after")
    first = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    others = [await house.service.start(SyncRequest(Song(f"Nothing {n}", "Nobody"), PLAYLIST_ID)) for n in range(5)]
    await house.kill()
    house.spotify.hook = None
    await house.start()
    ended = await house.end_of(first.view.workflow_id)
    views = [await house.end_of(one.view.workflow_id) for one in others]
    assert ended.completed_at is not None
    assert all(ended.completed_at <= (view.completed_at or 0.0) for view in views)
    calls = [call for _, call in house.spotify.log]
    assert calls.index("search", calls.index("add_items")) > len(calls) - 1 - calls[::-1].index("playlist_items")
