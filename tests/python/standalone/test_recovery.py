"""What an earlier process left is taken up where it was: timers, attempts, questions, answers, cancellations."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from musicsync.errors import (
    InvalidCredentialsError,
    MusicSyncError,
    RateLimited,
    ReviewConflict,
    SpotifyUnavailable,
)
from musicsync.model import MatchDecision, OutcomeKind, ReviewAnswer, Song, Status, SyncRequest
from musicsync.ports import SyncView
from tests.python.fakes import PLAYLIST_ID, FakeEngine
from tests.python.scenarios import COVER, OTHER, RIGHT, SONG, Gate
from tests.python.standalone.houses import House, soon

Houses = Callable[..., House]
_REQUEST = SyncRequest(SONG, PLAYLIST_ID)
_AMBIGUOUS = SyncRequest(Song(SONG.title, "Somebody"), PLAYLIST_ID)


@pytest.fixture(autouse=True)
def _furnished(house: House) -> None:
    house.spotify.catalogue += [RIGHT, COVER, OTHER]


async def _until(house: House, sync_id: str, *statuses: Status) -> SyncView:
    async with asyncio.timeout(30):
        async for view in house.service.events(sync_id):
            if view.status in statuses or not view.status.is_open:
                return view
    raise AssertionError("the events ended before the sync")


async def _restart(house: House) -> None:
    await house.kill()
    await house.start()


async def _retries(house: House, sync_id: str, number: int) -> None:
    async with asyncio.timeout(30):
        async for view in house.service.events(sync_id):
            if view.retry_count >= number:
                return


async def test_a_pause_outlives_the_process_and_nothing_is_sent_before_it_is_over(house: House) -> None:
    until = house.clock.now() + 300

    def limited() -> MusicSyncError:
        return RateLimited("too many", until=until, endpoint="add")

    house.spotify.fail("add_items", limited)
    started = await house.service.start(_REQUEST)
    view = await _until(house, started.view.workflow_id, Status.PAUSED)
    assert (view.status, view.resumes_at) == (Status.PAUSED, until)
    await _restart(house)
    requests = len(house.spotify.log)
    view = await _until(house, started.view.workflow_id, Status.PAUSED)
    assert (view.status, view.resumes_at, view.paused_reason) == (
        Status.PAUSED, until, "rate limited by Spotify (add)"
    )  # fmt: skip
    await house.clock.skip(299)
    assert len(house.spotify.log) == requests
    await house.clock.skip(2)
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED
    assert house.spotify.log[requests][0] >= until


async def test_attempts_are_counted_over_restarts(house: House) -> None:
    """Three attempts in all, not three a process."""
    house.spotify.fail("search", lambda: SpotifyUnavailable("503"), times=100)
    started = await house.service.start(_REQUEST)
    await _retries(house, started.view.workflow_id, 1)
    await _restart(house)
    view = await house.end_of(started.view.workflow_id)
    assert (view.status, view.retry_count) == (Status.FAILED, 2)
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert view.outcome.error.type == "SpotifyUnavailable"
    history = await house.service.history(started.view.workflow_id)
    assert [(one.attempt, one.error) for one in history if one.error] == [
        (n, "SpotifyUnavailable: 503") for n in (1, 2, 3)
    ]


async def test_a_backoff_is_not_started_again_by_a_restart(house: House) -> None:
    house.spotify.fail("add_items", lambda: SpotifyUnavailable("503"), times=6)
    started = await house.service.start(_REQUEST)
    await _retries(house, started.view.workflow_id, 6)  # the next attempt is 60 s away: the clock stands still
    failed_at = house.clock.now()
    await house.clock.advance(30)
    await _restart(house)
    view = await house.end_of(started.view.workflow_id)
    assert view.status is Status.COMPLETED
    assert view.completed_at is not None
    assert 59 <= view.completed_at - failed_at <= 63


async def test_a_question_and_its_answer_outlive_the_process(house: House) -> None:
    started = await house.service.start(_AMBIGUOUS)
    sync_id = started.view.workflow_id
    asked = await house.service.wait(sync_id, 30)
    await _restart(house)
    view = await house.service.answer_review(sync_id, ReviewAnswer(COVER.id or ""))  # at once: it is replayed meanwhile
    assert view.status is Status.WAITING_FOR_REVIEW
    assert view.resumes_at == asked.resumes_at, "the time to answer does not start again"
    with pytest.raises(ReviewConflict):
        await house.service.answer_review(sync_id, ReviewAnswer("none"))
    await _restart(house)
    view = await house.end_of(sync_id)
    assert view.outcome is not None
    assert (view.outcome.outcome, house.spotify.uris()) == (OutcomeKind.ADDED, [COVER.uri])


async def test_a_question_expires_while_no_process_runs(house: House) -> None:
    started = await house.service.start(_AMBIGUOUS)
    await house.service.wait(started.view.workflow_id, 30)
    await house.kill()
    await house.clock.advance(8 * 86_400)
    await house.start()
    assert (await house.end_of(started.view.workflow_id)).status is Status.EXPIRED


async def test_a_cancellation_outlives_the_process(house: House) -> None:
    gate = Gate(house.spotify, "add_items", "after")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    cancelling = asyncio.create_task(house.service.cancel(started.view.workflow_id))
    await soon(lambda: house.journal.read("SELECT 1 FROM signals"))
    await house.kill()
    cancelling.cancel()
    house.spotify.hook = None
    assert house.spotify.uris() == [RIGHT.uri]
    await house.start()
    view = await house.end_of(started.view.workflow_id)
    assert view.outcome is not None
    assert (view.status, view.outcome.compensated, house.spotify.uris()) == (Status.CANCELLED, True, [])


async def test_a_compensation_goes_on_after_a_restart(house: House) -> None:
    house.spotify.fail("remove_items", lambda: SpotifyUnavailable("503"), times=3)
    gate = Gate(house.spotify, "add_items", "after")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    cancelling = asyncio.create_task(house.service.cancel(started.view.workflow_id))
    await soon(lambda: house.journal.read("SELECT 1 FROM signals"))
    gate.opened.set()
    await _retries(house, started.view.workflow_id, 1)
    await house.kill()
    cancelling.cancel()
    await house.start()
    view = await house.end_of(started.view.workflow_id)
    assert view.outcome is not None
    assert (view.status, view.outcome.compensated, house.spotify.uris()) == (Status.CANCELLED, True, [])
    removals = [one for one in await house.service.history(view.workflow_id) if one.step == "remove-from-playlist"]
    assert [one.attempt for one in removals] == [1, 2, 3, 4]


async def test_a_waiting_sign_in_is_noticed_after_a_restart(house: House) -> None:
    house.spotify.fail("*", lambda: InvalidCredentialsError("signed out"), times=1_000)
    started = await house.service.start(_REQUEST)
    await _until(house, started.view.workflow_id, Status.PAUSED)
    await _restart(house)
    await _until(house, started.view.workflow_id, Status.PAUSED)
    house.spotify.heal()
    await house.service.signal("signed-in")
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED


class _DeadlyEngine(FakeEngine):
    """Holds the process in `decide` until the test has killed it."""

    def __init__(self) -> None:
        self.reached, self.harmless = asyncio.Event(), False

    async def decide(self, *arguments: Any) -> MatchDecision:
        self.reached.set()
        if not self.harmless:
            await asyncio.Event().wait()
        return await super().decide(*arguments)


async def test_a_song_that_kills_five_processes_is_given_up(unstarted: Houses) -> None:
    house = unstarted(engine=_DeadlyEngine())
    house.spotify.catalogue.append(RIGHT)
    await house.start()
    started = await house.service.start(_REQUEST)
    for _ in range(5):
        await asyncio.wait_for(house.engine.reached.wait(), 30)
        house.engine.reached.clear()
        await _restart(house)
    view = await house.end_of(started.view.workflow_id)
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert "given up: the process ended or the time ran out 5 times" in view.outcome.error.message


async def test_a_restart_in_good_order_is_no_lost_attempt(unstarted: Houses) -> None:
    house = unstarted(engine=_DeadlyEngine())
    house.spotify.catalogue.append(RIGHT)
    await house.start()
    started = await house.service.start(_REQUEST)
    for _ in range(6):
        await asyncio.wait_for(house.engine.reached.wait(), 30)
        house.engine.reached.clear()
        await house.close()
        await house.start()
    house.engine.harmless = True
    await _restart(house)
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED


async def test_a_journal_of_another_flow_ends_a_sync_clearly(house: House) -> None:
    gate = Gate(house.spotify, "add_items", "before")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    await house.journal.execute("UPDATE attempts SET step = 'recall-correction' WHERE seq = 0")
    await house.kill()
    house.spotify.hook = None
    await house.start()
    view = await house.end_of(started.view.workflow_id)
    assert view.outcome is not None
    assert "holds recall-correction at step 0 where the flow asks for resolve-playlist" in view.outcome.message


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_does_not_stop_a_sync(house: House, hours: int) -> None:
    house.spotify.fail("search", lambda: SpotifyUnavailable("503"), times=2)
    started = await house.service.start(_REQUEST)
    await _retries(house, started.view.workflow_id, 1)
    house.clock.jump(hours * 3600)
    await _restart(house)
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED
    assert house.spotify.uris() == [RIGHT.uri]


async def test_every_open_sync_goes_on_once(house: House) -> None:
    gate = Gate(house.spotify, "search", "before")
    titles = [f"Song number {n}." for n in range(20)]
    house.spotify.catalogue += [
        replace(RIGHT, uri=f"spotify:track:{n:022d}", title=title) for n, title in enumerate(titles)
    ]
    requests = [SyncRequest(Song(title, RIGHT.artist), PLAYLIST_ID) for title in titles]
    started = await asyncio.gather(*(house.service.start(one) for one in requests))
    await asyncio.wait_for(gate.reached.wait(), 30)
    await house.kill()
    house.spotify.hook = None
    await house.start()
    again = await asyncio.gather(*(house.service.start(one) for one in requests))  # the clients ask again at once
    assert not any(one.created for one in again)
    for one in started:
        assert (await house.end_of(one.view.workflow_id)).status is Status.COMPLETED
    assert sorted(house.spotify.uris()) == [f"spotify:track:{n:022d}" for n in range(20)]


async def test_a_write_that_is_applied_long_after_its_process_died_is_repaired(house: House) -> None:
    """Later than anybody waits: the late look takes the second one out."""
    house.spotify.apply_late_s = 55.0
    started = await house.service.start(_REQUEST)
    await soon(lambda: house.spotify.calls["add_items"] == 1)
    await house.kill()
    house.spotify.apply_late_s = 0.0
    await house.start()
    assert (await house.end_of(started.view.workflow_id)).status is Status.COMPLETED
    await house.clock.skip(54)
    assert house.spotify.uris() == [RIGHT.uri, RIGHT.uri]
    await house.clock.skip(10)
    await soon(lambda: house.spotify.uris() == [RIGHT.uri])


async def test_a_write_without_a_result_is_reconciled_although_no_sync_asks(house: House) -> None:
    gate = Gate(house.spotify, "add_items", "after")
    await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    await house.journal.execute("UPDATE syncs SET ended_at = 1.0, status = 'failed'")
    await house.kill()
    house.spotify.hook = None
    await house.start()
    await soon(lambda: not house.journal.intents.playlists())
    assert house.journal.read("SELECT uri FROM added") == [(RIGHT.uri,)]
