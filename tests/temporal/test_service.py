"""The service's promises over a real server: keys, finding, asking, cancelling, and what is shown without a worker."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest
from temporalio.testing import WorkflowEnvironment

from musicsync.errors import (
    IdempotencyConflict,
    NotCancellable,
    Permanent,
    ReviewChoiceInvalid,
    ReviewConflict,
    SettingsError,
    StorageUnavailable,
    SyncNotFound,
)
from musicsync.model import OutcomeKind, ReviewAnswer, Stage, Status
from musicsync.ports import SyncFilter, SyncView
from musicsync.temporal.listing import cursor_of
from musicsync.temporal.messages import writer_id
from musicsync.temporal.worker import Server, connect
from tests.python.fakes import PLAYLIST_ID
from tests.python.scenarios import COVER, OTHER, RIGHT
from tests.temporal import servers
from tests.temporal.servers import Namespaces
from tests.temporal.worlds import PATIENCE_S, Lab, lab, request, tracks

BLUE = request("Blue in Green")
WHICH = request("Blue in Green", "Somebody")


async def _lab(namespaces: Namespaces) -> Lab:
    return lab(await namespaces.client(), catalogue=[RIGHT, COVER, OTHER])


async def test_the_same_song_is_the_same_sync_until_ten_minutes_after_it_ended(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    first = await here.service.start(BLUE)
    again = await here.service.start(BLUE)
    async with here.working():
        await here.ended(first.view.workflow_id)
        soon = await here.service.start(BLUE)
        here.service_clock.behind_s = here.clock.behind_s = -601.0
        await here.spotify.remove_items(PLAYLIST_ID, [RIGHT.uri])  # somebody took it out meanwhile
        later = await here.service.start(BLUE)
        ended = await here.ended(later.view.workflow_id)
    assert (first.created, again.created, soon.created, later.created) == (True, False, False, True)
    assert soon.view.outcome is not None
    assert later.view.workflow_id == f"{first.view.workflow_id}-2"
    assert ended.outcome is not None
    assert ended.outcome.outcome is OutcomeKind.ADDED
    assert here.spotify.uris() == [RIGHT.uri]


async def test_a_sync_that_failed_or_was_cancelled_can_be_asked_again_at_once(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    async with here.working():
        failed = await here.sync(replace(BLUE, playlist="0" * 22))
        again = await here.service.start(replace(BLUE, playlist="0" * 22))
        which = await here.sync(WHICH)
        cancelled = await here.service.cancel(which.workflow_id)
        once_more = await here.service.start(WHICH)
    assert failed.status is Status.FAILED
    assert cancelled.status is Status.CANCELLED
    assert again.created
    assert once_more.created


async def test_a_key_names_one_sync_for_ever_and_conflicts_with_another_body(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    first = await here.service.start(BLUE, "key")
    here.service_clock.behind_s = -100_000.0
    again = await here.service.start(BLUE, "key")
    assert (again.created, again.view.workflow_id) == (False, first.view.workflow_id)
    with pytest.raises(IdempotencyConflict, match="key"):
        await here.service.start(WHICH, "key")


async def test_one_of_many_simultaneous_requests_starts_the_sync(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    started = await asyncio.gather(*(here.service.start(BLUE) for _ in range(8)))
    assert sum(one.created for one in started) == 1
    assert len({one.view.workflow_id for one in started}) == 1


async def test_what_is_no_sync_is_named(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    async with here.working():
        await here.sync(BLUE)
        for unknown in ("sync-x", writer_id(PLAYLIST_ID)):
            for call in (
                here.service.view(unknown), here.service.wait(unknown, 1), here.service.history(unknown),
                here.service.cancel(unknown), here.service.cancellable(unknown), anext(here.service.events(unknown)),
                here.service.answer_review(unknown, ReviewAnswer("none")),
            ):  # fmt: skip
                with pytest.raises(SyncNotFound, match=unknown):
                    await call


async def test_a_sync_waits_for_a_worker_and_is_accepted_meanwhile(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    started = await here.service.start(BLUE)
    waiting = await here.service.wait(started.view.workflow_id, 0.1)
    assert (waiting.status, waiting.stage, waiting.request) == (Status.ACCEPTED, Stage.INITIALIZING, BLUE)
    async with here.working():
        ended = await here.ended(started.view.workflow_id)
    assert (ended.status, ended.stage, ended.steps_completed) == (Status.COMPLETED, Stage.COMPLETED, 7)
    assert (ended.match_strategy, ended.candidates_found) == ("fields", 1)
    assert ended.completed_at is not None
    assert 0 < ended.completed_at - ended.started_at < PATIENCE_S


async def test_a_question_is_shown_also_while_no_worker_runs(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    async with here.working():
        which = await here.sync(WHICH)
    shown = await here.service.view(which.workflow_id)
    assert (shown.status, shown.stage) == (Status.WAITING_FOR_REVIEW, Stage.REVIEWING)
    assert shown.resumes_at is not None
    assert shown.resumes_at - shown.started_at > 6 * 86_400
    assert (await here.service.cancellable(which.workflow_id)).will_compensate is False


async def test_an_answer_must_be_offered_and_is_given_once(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    async with here.working():
        blue = await here.sync(BLUE)
        which = (await here.sync(WHICH)).workflow_id
        with pytest.raises(ReviewChoiceInvalid, match=OTHER.id or ""):
            await here.service.answer_review(which, ReviewAnswer(OTHER.id or ""))
        assert (await here.service.view(which)).status is Status.WAITING_FOR_REVIEW
        answers = await asyncio.gather(
            *(here.service.answer_review(which, ReviewAnswer(COVER.id or "", "tester")) for _ in range(3)),
            return_exceptions=True,
        )
        await here.ended(which)
        with pytest.raises(ReviewConflict, match="ended"):
            await here.service.answer_review(which, ReviewAnswer("none"))
        with pytest.raises(ReviewConflict):
            await here.service.answer_review(blue.workflow_id, ReviewAnswer("none"))
    assert sorted(type(one).__name__ for one in answers) == ["ReviewConflict", "ReviewConflict", "SyncView"]
    assert here.spotify.uris() == [RIGHT.uri, COVER.uri]


async def test_a_sync_that_asks_nobody_refuses_an_answer(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    asked, goes_on = asyncio.Event(), asyncio.Event()

    async def hold(call: str, phase: str) -> None:
        asked.set()
        await goes_on.wait()

    here.spotify.hook = hold
    async with here.working():
        started = await here.service.start(BLUE)
        await asked.wait()
        with pytest.raises(ReviewConflict):
            await here.service.answer_review(started.view.workflow_id, ReviewAnswer("none"))
        goes_on.set()
        assert (await here.ended(started.view.workflow_id)).status is Status.COMPLETED


async def test_a_sync_that_ended_cannot_be_cancelled(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    async with here.working():
        view = await here.sync(BLUE)
        with pytest.raises(NotCancellable, match="completed"):
            await here.service.cancel(view.workflow_id)
        assert (await here.service.cancellable(view.workflow_id)).can_cancel is False
    assert here.spotify.uris() == [RIGHT.uri]


async def test_a_sync_can_be_cancelled_before_a_worker_saw_it(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    started = await here.service.start(BLUE)
    cancelling = asyncio.create_task(here.service.cancel(started.view.workflow_id))
    async with here.working():
        view = await cancelling
    assert view.status is Status.CANCELLED
    assert not here.spotify.calls["add_items"]


async def test_a_workflow_that_was_terminated_has_failed(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    started = await here.service.start(BLUE)
    await here.client.get_workflow_handle(started.view.workflow_id).terminate()
    view = await here.service.wait(started.view.workflow_id, 5)
    assert view.status is Status.FAILED
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert view.outcome.error.type == "WorkflowEnded"


async def _found(here: Lab, least: int, query: SyncFilter) -> tuple[SyncView, ...]:
    """The first page, once the server's list has caught up."""
    async with asyncio.timeout(PATIENCE_S):
        while len(page := (await here.service.find(query)).syncs) < least:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.05)
    return page


async def test_syncs_are_found_by_what_they_are(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    async with here.working():
        blue = (await here.sync(replace(BLUE, playlist="test playlist"))).workflow_id
        which = (await here.sync(replace(WHICH, user_id="anna"))).workflow_id
        lost = (await here.sync(request("Nothing"))).workflow_id
        everything = await _found(here, 3, SyncFilter())
        await _found(here, 1, SyncFilter(status="not_found"))
        await _found(here, 1, SyncFilter(status="waiting_for_review"))
        assert [one.workflow_id for one in everything] == [lost, which, blue]
        for query, expected in (
            (SyncFilter(user_id="anna"), [which]),
            (SyncFilter(track_name="BLUE in green"), [which, blue]),
            (SyncFilter(artist="somebody"), [which]),
            (SyncFilter(status="completed"), [blue]),
            (SyncFilter(status="Waiting_For_Review"), [which]),
            (SyncFilter(status="paused"), []),
            (SyncFilter(match_method="exact"), [blue]),
            (SyncFilter(playlist_id=PLAYLIST_ID), [lost, which, blue]),
            (SyncFilter(since=everything[1].started_at), [lost, which]),
            (SyncFilter(until=everything[1].started_at), [which, blue]),
        ):
            assert [one.workflow_id for one in (await here.service.find(query)).syncs] == expected, query
    assert everything[2].outcome is not None
    assert everything[1].status is Status.WAITING_FOR_REVIEW


async def test_pages_show_every_sync_once(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    started = await asyncio.gather(*(here.service.start(request(f"Song {number}")) for number in range(11)))
    for one in started:
        await here.client.get_workflow_handle(one.view.workflow_id).terminate()
    await _found(here, 11, SyncFilter(status="failed"))
    pages: list[tuple[SyncView, ...]] = []
    cursor: str | None = None
    while cursor is not None or not pages:
        page = await here.service.find(SyncFilter(status="failed", limit=4, cursor=cursor))
        pages.append(page.syncs)
        cursor = page.cursor
    assert [len(one) for one in pages] == [4, 4, 3]
    assert {view.workflow_id for page in pages for view in page} == {one.view.workflow_id for one in started}


@pytest.mark.parametrize(
    "cursor", ["x", "WzFd", "e30=", cursor_of((float("nan"), "")), cursor_of((1e300, "")), cursor_of((-1.0, ""))]
)
async def test_a_cursor_that_was_not_given_out_is_refused(cursor: str, namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    with pytest.raises(Permanent, match="cursor"):
        await here.service.find(SyncFilter(cursor=cursor))


async def test_events_follow_a_sync_to_its_end(namespaces: Namespaces) -> None:
    here = lab(await namespaces.client(), catalogue=tracks(1))
    started = await here.service.start(request("Song 0"))
    async with here.working():
        seen = [view async for view in here.service.events(started.view.workflow_id)]
    assert not seen[-1].status.is_open
    assert seen[-1].outcome is not None
    assert all(one.status.is_open for one in seen[:-1])
    assert all(one != other for one, other in pairwise(seen))


@pytest.mark.temporal
async def test_a_server_that_is_gone_is_storage_unavailable() -> None:
    path = servers.binary()
    if path is None:
        pytest.skip("needs a Temporal server: `temporal` on PATH or MUSICSYNC_TEMPORAL_BINARY (./dev test sets it)")
    server = await WorkflowEnvironment.start_local(
        dev_server_existing_path=path, dev_server_extra_args=["--namespace", "test-0"]
    )
    address = server.client.service_client.config.target_host
    here = lab(await Namespaces(address).impatient())
    assert await here.service.ready() is None
    await server.shutdown()
    for call in (
        here.service.start(BLUE), here.service.view("sync-x"), here.service.find(SyncFilter()),
        here.service.signal("signed-in"), here.service.cancel("sync-x"), here.service.wait("sync-x", 1),
    ):  # fmt: skip
        with pytest.raises(StorageUnavailable, match="Temporal"):
            await call
    assert "Temporal" in (await here.service.ready() or "")
    with pytest.raises(SettingsError, match=address):
        await connect(Server(address))
