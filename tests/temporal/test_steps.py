"""Steps as activities: retries, time-outs, waits, mistakes, and the history that all of it leaves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from musicsync.errors import InvalidCredentialsError, MusicSyncError, RateLimited, SpotifyUnavailable
from musicsync.model import OutcomeKind, Policy, Status, StepPolicy
from musicsync.ports import SIGNED_IN, HistoryEntry
from musicsync.standalone.journal import Journal
from musicsync.standalone.service import StandaloneService
from tests.python.fakes import FakeSpotify, MemoryStore, steps_over
from tests.python.scenarios import COVER, OTHER, RIGHT
from tests.temporal.servers import Namespaces
from tests.temporal.worlds import QUICK, Lab, ShiftedClock, lab, request

BLUE = request("Blue in Green")


async def _lab(namespaces: Namespaces, *, behind_s: float = 0.0) -> Lab:
    return lab(await namespaces.client(), behind_s=behind_s, catalogue=[RIGHT, COVER, OTHER])


def _shapes(history: tuple[HistoryEntry, ...]) -> list[tuple[object, ...]]:
    return [(one.step, one.attempt, one.error, one.result) for one in history]


async def test_the_history_is_the_same_as_in_the_standalone_runner(namespaces: Namespaces, tmp_path: Path) -> None:
    here = await _lab(namespaces)
    async with here.working():
        view = await here.sync(BLUE)
        history = await here.service.history(view.workflow_id)

    clock, journal = ShiftedClock(), Journal(tmp_path / "journal.db")
    spotify = FakeSpotify(clock, [RIGHT, COVER, OTHER])
    await journal.open()
    alone = StandaloneService(journal, lambda log: steps_over(spotify, clock, intents=log, store=MemoryStore()), clock)
    await alone.start_up()
    other = await alone.wait((await alone.start(BLUE)).view.workflow_id, 10)
    expected = await alone.history(other.workflow_id)
    await alone.close()
    await journal.close()

    assert _shapes(history) == _shapes(expected)
    assert len(history) == 7
    assert all(one.ended_at is not None and one.ended_at >= one.started_at for one in history)
    assert replace(view, started_at=0, completed_at=0) == replace(other, started_at=0, completed_at=0)


async def test_failed_attempts_are_counted_and_the_last_one_is_in_the_history(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    here.spotify.fail("search", lambda: SpotifyUnavailable("Spotify answered 503"), times=2)
    here.spotify.fail("add_items", lambda: SpotifyUnavailable("Spotify answered 503"), times=3)
    async with here.working():
        view = await here.sync(BLUE)
        history = {one.step: one for one in await here.service.history(view.workflow_id)}
    assert (view.status, view.retry_count) == (Status.COMPLETED, 5)
    assert (history["spotify-search"].attempt, history["add-to-playlist"].attempt) == (3, 4)
    assert history["add-to-playlist"].error is None


async def test_a_step_that_fails_to_the_end_says_why_in_outcome_and_history(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    here.spotify.fail("search", lambda: SpotifyUnavailable("Spotify answered 503"), times=3)
    async with here.working():
        view = await here.sync(BLUE)
        history = await here.service.history(view.workflow_id)
    assert (view.status, view.retry_count) == (Status.FAILED, 2)
    assert (history[-1].step, history[-1].attempt) == ("spotify-search", 3)
    assert history[-1].error == "SpotifyUnavailable: Spotify answered 503"


@pytest.mark.parametrize("call", ["search", "add_items"])
async def test_a_mistake_of_ours_is_retried_and_then_named(call: str, namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    policies = dict(QUICK.steps) | {"add-to-playlist": StepPolicy(30, 3, 0.05, 0.1)}
    here.spotify.fail(call, lambda: cast(MusicSyncError, KeyError("uri")), times=100)
    async with here.working():
        view = await here.sync(replace(BLUE, policy=Policy(steps=policies)))
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert view.outcome.error.type == "Permanent"
    assert "KeyError" in view.outcome.error.message
    assert here.spotify.calls[call] == 3


async def test_a_step_that_hangs_times_out_and_is_not_run_twice_at_once(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    running, most = 0, 0

    async def hang(call: str, phase: str) -> None:
        nonlocal running, most
        if (call, phase) == ("add_items", "before"):
            running += 1
            most = max(most, running)
            try:
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(0.3)  # it takes its time to end
                running -= 1

    here.spotify.hook = hang
    policies = dict(QUICK.steps) | {"add-to-playlist": StepPolicy(1.5, 2, 0.01, 0.01)}
    async with here.working():
        view = await here.sync(replace(BLUE, policy=Policy(steps=policies)))
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert view.outcome.error.type == "StepTimeout"
    assert most == 1


def _limited(here: Lab, seconds: float) -> None:
    until = here.clock.now() + seconds
    here.spotify.fail("search", lambda: RateLimited("too many requests", until=until, endpoint="search"))


async def test_a_short_rate_limit_uses_no_attempt_and_does_not_pause(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    _limited(here, 1.0)
    async with here.working():
        started = await here.service.start(BLUE)
        seen = [view async for view in here.service.events(started.view.workflow_id)]
        history = await here.service.history(started.view.workflow_id)
    asked = [at for at, call in here.spotify.log if call == "search"]
    assert asked[1] - asked[0] >= 1.0
    assert Status.PAUSED not in {one.status for one in seen}
    assert any(one.resumes_at for one in seen)
    assert (seen[-1].status, seen[-1].retry_count) == (Status.COMPLETED, 0)
    assert [one.attempt for one in history if one.step == "spotify-search"] == [1, 1]


async def test_a_long_rate_limit_pauses_and_says_until_when(namespaces: Namespaces) -> None:
    here = await _lab(namespaces, behind_s=99.0)
    _limited(here, 100.0)
    async with here.working():
        started = await here.service.start(BLUE)
        seen = [view async for view in here.service.events(started.view.workflow_id)]
    paused = next(view for view in seen if view.status is Status.PAUSED)
    assert paused.resumes_at is not None
    assert paused.resumes_at - paused.started_at < 10
    assert "rate limited" in (paused.paused_reason or "")
    assert (seen[-1].status, seen[-1].retry_count, seen[-1].resumes_at) == (Status.COMPLETED, 0, None)


async def test_a_sign_in_wakes_every_sync_that_waits_for_it(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    here.spotify.fail("*", _signed_out, times=1_000_000)
    async with here.working():
        ids = [(await here.service.start(one)).view.workflow_id for one in (BLUE, request("So What"))]
        for one in ids:
            async for view in here.service.events(one):
                if view.status is Status.PAUSED:
                    break
        here.spotify.heal()
        await here.service.signal(SIGNED_IN)
        ended = [await here.ended(one) for one in ids]
    assert [one.status for one in ended] == [Status.COMPLETED, Status.COMPLETED]
    assert sorted(here.spotify.uris()) == sorted([RIGHT.uri, OTHER.uri])


def _signed_out() -> MusicSyncError:
    return InvalidCredentialsError("signed out")


async def test_a_cancelled_sync_whose_undoing_is_limited_waits_and_undoes(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    added, goes_on = asyncio.Event(), asyncio.Event()

    async def hold(call: str, phase: str) -> None:
        if (call, phase) == ("add_items", "after"):
            added.set()
            await goes_on.wait()

    here.spotify.hook = hold
    until = here.clock.now() + 3.0
    here.spotify.fail("remove_items", lambda: RateLimited("too many requests", until=until, endpoint="remove"))
    async with here.working():
        started = await here.service.start(BLUE)
        await added.wait()
        assert (await here.service.cancellable(started.view.workflow_id)).will_compensate
        cancelling = asyncio.create_task(here.service.cancel(started.view.workflow_id))
        goes_on.set()
        view = await cancelling
    assert view.outcome is not None
    assert (view.outcome.status, view.outcome.outcome) == (Status.CANCELLED, OutcomeKind.REMOVED)
    assert here.spotify.uris() == []


async def test_an_undoing_that_fails_is_said(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    here.spotify.fail("remove_items", lambda: SpotifyUnavailable("Spotify answered 503"), times=100)
    added, goes_on = asyncio.Event(), asyncio.Event()

    async def hold(call: str, phase: str) -> None:
        if (call, phase) == ("add_items", "after"):
            added.set()
            await goes_on.wait()

    here.spotify.hook = hold
    async with here.working():
        started = await here.service.start(BLUE)
        await added.wait()
        cancelling = asyncio.create_task(here.service.cancel(started.view.workflow_id))
        goes_on.set()
        view = await cancelling
    assert view.outcome is not None
    assert view.outcome.compensation_error is not None
    assert view.outcome.compensation_error.type == "SpotifyUnavailable"
    assert here.spotify.uris() == [RIGHT.uri]
