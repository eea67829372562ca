"""The service's promises while one process runs: keys, order, cancelling, finding, a full disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from musicsync.errors import IdempotencyConflict, NotCancellable, Permanent, ReviewChoiceInvalid, SyncNotFound
from musicsync.model import OutcomeKind, ReviewAnswer, Song, Stage, Status, SyncRequest
from musicsync.ports import SyncFilter
from tests.python.fakes import PLAYLIST_ID, fake_track
from tests.python.scenarios import COVER, OTHER, RIGHT, SONG, Gate
from tests.python.standalone.houses import House, soon

Houses = Callable[..., House]
_REQUEST = SyncRequest(SONG, PLAYLIST_ID)
_AMBIGUOUS = SyncRequest(Song(SONG.title, "Somebody"), PLAYLIST_ID)


@pytest.fixture(autouse=True)
def _furnished(house: House) -> None:
    house.spotify.catalogue += [RIGHT, COVER, OTHER]


async def _stage(house: House, sync_id: str, stage: Stage) -> None:
    async for view in house.service.events(sync_id):
        if view.stage is stage:
            return


async def test_a_key_names_one_sync_for_ever(house: House) -> None:
    first = await house.run(_REQUEST, "key")
    await house.clock.advance(86_400)
    again = await house.service.start(_REQUEST, "key")
    assert (again.created, again.view) == (False, first)


async def test_a_key_with_another_body_is_a_conflict(house: House) -> None:
    await house.service.start(_REQUEST, "key")
    with pytest.raises(IdempotencyConflict):
        await house.service.start(_AMBIGUOUS, "key")
    other_user = await house.service.start(replace(_AMBIGUOUS, user_id="another"), "key")
    assert other_user.created


async def test_a_derived_key_is_reused_for_ten_minutes_after_a_good_end(house: House) -> None:
    first = await house.run(_REQUEST)
    await house.clock.advance(599)
    assert not (await house.service.start(_REQUEST)).created
    await house.clock.advance(2)
    second = await house.service.start(_REQUEST)
    assert (second.created, second.view.workflow_id) == (True, f"{first.workflow_id}-2")
    view = await house.end_of(second.view.workflow_id)
    assert view.outcome is not None
    assert view.outcome.outcome is OutcomeKind.ALREADY_THERE


async def test_a_derived_key_is_free_at_once_after_a_bad_end(house: House) -> None:
    request = replace(_REQUEST, playlist="0" * 22)
    assert (await house.run(request)).status is Status.FAILED
    assert (await house.service.start(request)).created


async def test_a_hundred_equal_requests_at_once_are_one_sync(house: House) -> None:
    started = await asyncio.gather(*(house.service.start(_REQUEST) for _ in range(100)))
    assert sum(one.created for one in started) == 1
    assert len({one.view.workflow_id for one in started}) == 1
    await house.end_of(started[0].view.workflow_id)
    assert house.spotify.uris() == [RIGHT.uri]


async def test_a_single_song_overtakes_a_batch_and_users_take_turns(unstarted: Houses) -> None:
    house = unstarted(max_syncs=1)
    await house.start()
    gate = Gate(house.spotify, "search", "before")
    order: list[str] = []

    async def ask(title: str, user: str, priority: int) -> None:
        request = SyncRequest(Song(title, "x"), PLAYLIST_ID, user, priority=priority)
        started = await house.service.start(request)
        await house.end_of(started.view.workflow_id)
        order.append(title)

    asking = [asyncio.create_task(ask("first", "a", 3))]
    await asyncio.wait_for(gate.reached.wait(), 30)
    for title, user, priority in (
        ("a1", "a", 3), ("a2", "a", 3), ("a3", "a", 3), ("scheduled", "a", 5), ("b1", "b", 3), ("phone", "c", 1),
    ):  # fmt: skip
        asking.append(asyncio.create_task(ask(title, user, priority)))
        await soon(partial(house.journal.read, "SELECT 1 FROM syncs WHERE track_key = ?", (title,)))
    gate.opened.set()
    await asyncio.gather(*asking)
    assert order == ["first", "phone", "a1", "b1", "a2", "a3", "scheduled"]


async def test_a_review_keeps_nobody_from_work(unstarted: Houses) -> None:
    house = unstarted(max_syncs=1)
    house.spotify.catalogue += [RIGHT, COVER]
    await house.start()
    asked = await house.service.start(_AMBIGUOUS)
    await house.service.wait(asked.view.workflow_id, 30)
    assert (await house.run(_REQUEST)).status is Status.COMPLETED


async def test_a_sync_is_cancelled_before_its_turn(unstarted: Houses) -> None:
    house = unstarted(max_syncs=1)
    await house.start()
    gate = Gate(house.spotify, "search", "before")
    running = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    waiting = await house.service.start(_AMBIGUOUS)
    view = await asyncio.wait_for(house.service.cancel(waiting.view.workflow_id), 30)
    assert (view.status, view.steps_completed) == (Status.CANCELLED, 0)
    gate.opened.set()
    await house.end_of(running.view.workflow_id)


async def test_a_queued_add_is_dropped_by_a_cancellation(house: House) -> None:
    gate = Gate(house.spotify, "add_items", "before")
    first = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    second = await house.service.start(SyncRequest(Song(OTHER.title, OTHER.artist), PLAYLIST_ID))
    await _stage(house, second.view.workflow_id, Stage.ADDING)
    cancelling = asyncio.create_task(house.service.cancel(second.view.workflow_id))
    await soon(lambda: house.journal.read("SELECT 1 FROM signals"))
    gate.opened.set()
    assert (await cancelling).status is Status.CANCELLED
    await house.end_of(first.view.workflow_id)
    assert house.spotify.groups == [(RIGHT.uri,)]


async def test_what_has_ended_cannot_be_cancelled(house: House) -> None:
    view = await house.run(_REQUEST)
    with pytest.raises(NotCancellable, match="completed"):
        await house.service.cancel(view.workflow_id)
    cancellable = await house.service.cancellable(view.workflow_id)
    assert (cancellable.can_cancel, cancellable.will_compensate) == (False, False)


async def test_it_is_told_whether_cancelling_takes_a_track_out(house: House) -> None:
    gate = Gate(house.spotify, "playlist_items", "before")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    cancellable = await house.service.cancellable(started.view.workflow_id)
    assert (cancellable.can_cancel, cancellable.will_compensate, cancellable.stage) == (True, True, Stage.ADDING)
    gate.opened.set()


async def test_an_answer_must_be_offered(house: House) -> None:
    started = await house.service.start(_AMBIGUOUS)
    await house.service.wait(started.view.workflow_id, 30)
    with pytest.raises(ReviewChoiceInvalid, match="'another'"):
        await house.service.answer_review(started.view.workflow_id, ReviewAnswer("another"))


async def test_unknown_ids_are_not_found(house: House) -> None:
    calls = (house.service.view, house.service.history, house.service.cancel, house.service.cancellable)
    for call in calls:
        with pytest.raises(SyncNotFound, match="sync-x"):
            await call("sync-x")
    with pytest.raises(SyncNotFound):
        await house.service.answer_review("sync-x", ReviewAnswer("none"))


async def test_syncs_are_found_page_by_page_newest_first(house: House) -> None:
    ids = []
    for n in range(5):
        ids.append((await house.run(SyncRequest(Song(f"Nothing {n}", "Nobody"), PLAYLIST_ID))).workflow_id)
        await house.clock.advance(1)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await house.service.find(SyncFilter(artist="NOBODY", limit=2, cursor=cursor))
        seen += [view.workflow_id for view in page.syncs]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == ids[::-1]
    with pytest.raises(Permanent, match="cursor"):
        await house.service.find(SyncFilter(cursor="nonsense"))


async def test_syncs_are_found_by_what_became_of_them(house: House) -> None:
    added = await house.run(replace(_REQUEST, playlist="test playlist"))
    asked = await house.service.start(_AMBIGUOUS)
    await house.service.wait(asked.view.workflow_id, 30)
    for query, expected in (
        (SyncFilter(status="completed"), [added.workflow_id]),
        (SyncFilter(match_method="exact"), [added.workflow_id]),
        (SyncFilter(status="waiting_for_review"), [asked.view.workflow_id]),
        (SyncFilter(playlist_id=PLAYLIST_ID, artist="miles davis"), [added.workflow_id]),
        (SyncFilter(user_id="another"), []),
        (SyncFilter(until=1.0), []),
    ):
        assert [view.workflow_id for view in (await house.service.find(query)).syncs] == expected, query


async def test_the_history_tells_every_attempt_with_its_result(house: House) -> None:
    view = await house.run(_REQUEST)
    history = await house.service.history(view.workflow_id)
    assert [one.step for one in history] == [
        "resolve-playlist", "recall-correction", "spotify-search", "spotify-search", "fuzzy-match", "add-to-playlist",
        "verify-track-added",
    ]  # fmt: skip
    assert isinstance(history[4].result, dict)
    assert history[4].result["verdict"] == "accept"
    assert all(one.ended_at is not None and one.error is None for one in history)
    assert view.steps_completed == len(history)


async def test_the_events_show_every_stage_and_then_the_end(house: House) -> None:
    started = await house.service.start(_REQUEST)
    views = [view async for view in house.service.events(started.view.workflow_id)]
    assert views[-1].status is Status.COMPLETED
    assert [view async for view in house.service.events(started.view.workflow_id)] == [views[-1]]


async def test_a_full_disk_pauses_a_sync_and_refuses_new_ones(house: House) -> None:
    gate = Gate(house.spotify, "search", "before")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    house.journal.full = True
    gate.opened.set()
    async for view in house.service.events(started.view.workflow_id):
        if view.status is Status.PAUSED:
            break
    assert "journal.db cannot be written" in (view.paused_reason or "")
    with pytest.raises(Exception, match=r"journal\.db cannot be written"):
        await house.service.start(_AMBIGUOUS)
    assert "cannot be written" in (await house.service.ready() or "")
    house.journal.full = False
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED
    assert await house.service.ready() is None
    assert house.spotify.uris() == [RIGHT.uri]


async def test_a_journal_that_fails_after_the_add_was_sent_adds_nothing_twice(house: House) -> None:
    gate = Gate(house.spotify, "add_items", "after")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    house.journal.full = True
    gate.opened.set()
    async for view in house.service.events(started.view.workflow_id):
        if view.status is Status.PAUSED:
            break
    house.journal.full = False
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED
    assert house.spotify.uris() == [RIGHT.uri]


async def test_waiting_adds_go_in_one_request_in_their_order(house: House) -> None:
    tracks = [fake_track(100 + n, f"Song number {n}.", "Somebody") for n in range(30)]
    house.spotify.catalogue += tracks
    gate = Gate(house.spotify, "add_items", "before")
    first = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    started = [await house.service.start(SyncRequest(Song(one.title, one.artist), PLAYLIST_ID)) for one in tracks]
    for one in started:
        await _stage(house, one.view.workflow_id, Stage.ADDING)
    decided = "SELECT DISTINCT sync_id FROM attempts WHERE step = 'fuzzy-match' AND ended_at > 0"
    await soon(lambda: len(house.journal.read(decided)) == 31)
    gate.opened.set()
    for one in (first, *started):
        await house.end_of(one.view.workflow_id)
    assert house.spotify.uris() == [RIGHT.uri, *(one.uri for one in tracks)]
    assert len(house.spotify.groups) <= 3


async def test_one_bad_uri_does_not_fail_the_others(house: House) -> None:
    tracks = [fake_track(100 + n, f"Song number {n}.", "Somebody") for n in range(5)]
    house.spotify.catalogue += tracks
    house.spotify.bad_uris.add(tracks[2].uri)
    gate = Gate(house.spotify, "add_items", "before")
    first = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    started = [await house.service.start(SyncRequest(Song(one.title, one.artist), PLAYLIST_ID)) for one in tracks]
    for one in started:
        await _stage(house, one.view.workflow_id, Stage.ADDING)
    gate.opened.set()
    views = [await house.end_of(one.view.workflow_id) for one in (first, *started)]
    assert [view.status is Status.FAILED for view in views] == [False, False, False, True, False, False]
    assert set(house.spotify.uris()) == {RIGHT.uri, *(one.uri for one in tracks)} - {tracks[2].uri}
