"""The playlist's writer: groups, order, one bad song among good ones, its end and its new beginnings."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.client import WorkflowExecutionStatus

from musicsync.errors import TrackNotVerified
from musicsync.model import Outcome, Status
from musicsync.ports import SyncView
from musicsync.temporal.activities import Activities
from musicsync.temporal.messages import TASK_QUEUE as QUEUE
from musicsync.temporal.messages import WRITER_WORKFLOW, WriterState, WriterTask, writer_id
from tests.python.fakes import PLAYLIST_ID
from tests.temporal.servers import Namespaces
from tests.temporal.worlds import PATIENCE_S, Lab, eventually, lab, request, tracks

_MOMENT_S = 1.5


async def _lab(namespaces: Namespaces, songs: int) -> Lab:
    return lab(await namespaces.client(), catalogue=tracks(songs))


async def _start(here: Lab, number: int, priority: int = 1) -> str:
    return (await here.service.start(request(f"Song {number}", priority=priority))).view.workflow_id


async def _all_ended(here: Lab, ids: list[str]) -> list[SyncView]:
    return list(await asyncio.gather(*(here.ended(one) for one in ids)))


class Hold:
    """Holds the first add until it is let go, and says when it came."""

    def __init__(self) -> None:
        self.reached, self.released = asyncio.Event(), asyncio.Event()

    async def __call__(self, call: str, phase: str) -> None:
        if (call, phase) == ("add_items", "before"):
            self.reached.set()
            await self.released.wait()


async def _asked(here: Lab, count: int) -> None:
    """Return once so many tasks have reached the writer."""
    writer, reached = here.client.get_workflow_handle(writer_id(PLAYLIST_ID)), 0
    async with asyncio.timeout(PATIENCE_S):
        while reached < count:
            events = (await writer.fetch_history()).events
            reached = sum(one.HasField("workflow_execution_signaled_event_attributes") for one in events)


async def test_syncs_that_wait_are_added_in_few_requests_in_their_order_once_each(namespaces: Namespaces) -> None:
    here = await _lab(namespaces, 30)
    here.spotify.hook = hold = Hold()
    async with here.working():
        first = await _start(here, 0)
        await hold.reached.wait()
        ids = [await _start(here, number) for number in range(1, 30)]
        await _asked(here, 30)
        hold.released.set()
        views = await _all_ended(here, [first, *ids])
    assert {one.status for one in views} == {Status.COMPLETED}
    assert [len(one) for one in here.spotify.groups] == [1, 29]
    assert sorted(here.spotify.uris()) == sorted(track.uri for track in tracks(30))
    assert sum(here.spotify.calls.values()) < 3 * 30


async def test_one_bad_song_in_a_group_fails_alone(namespaces: Namespaces) -> None:
    here = await _lab(namespaces, 8)
    here.spotify.hook = hold = Hold()
    bad = tracks(8)[5].uri
    here.spotify.bad_uris.add(bad)
    async with here.working():
        ids = [await _start(here, 0)]
        await hold.reached.wait()
        ids += [await _start(here, number) for number in range(1, 8)]
        await _asked(here, 8)
        hold.released.set()
        views = await _all_ended(here, ids)
    outcomes: list[Outcome] = [one.outcome for one in views if one.outcome]
    assert [one.status for one in outcomes].count(Status.FAILED) == 1
    assert outcomes[5].error is not None
    assert outcomes[5].error.type == "SpotifyRefused"
    assert sorted(here.spotify.uris()) == sorted(one.uri for one in tracks(8) if one.uri != bad)


async def test_a_song_from_a_phone_overtakes_a_batch_that_waits(namespaces: Namespaces) -> None:
    here = await _lab(namespaces, 4)
    here.spotify.hook = hold = Hold()
    async with here.working():
        ids = [await _start(here, 0)]
        await hold.reached.wait()
        ids += [await _start(here, number, priority=3) for number in (1, 2)]
        await _asked(here, 3)
        ids.append(await _start(here, 3, priority=1))
        await _asked(here, 4)
        hold.released.set()
        await _all_ended(here, ids)
    uris = here.spotify.uris()
    assert uris.index(tracks(4)[3].uri) == 1


async def test_a_sync_that_is_cancelled_while_its_add_waits_leaves_the_playlist_as_it_was(
    namespaces: Namespaces,
) -> None:
    here = await _lab(namespaces, 3)
    here.spotify.hook = hold = Hold()
    async with here.working():
        first = await _start(here, 0)
        await hold.reached.wait()
        second = await _start(here, 1)
        await _asked(here, 2)
        cancelling = asyncio.create_task(here.service.cancel(second))
        await _asked(here, 3)  # its removal waits behind its add
        hold.released.set()
        view = await cancelling
        await here.ended(first)
    assert view.status is Status.CANCELLED
    assert here.spotify.uris() == [tracks(1)[0].uri]


async def test_a_track_that_does_not_show_fails_only_its_own_sync(namespaces: Namespaces) -> None:
    here = await _lab(namespaces, 3)
    missing = tracks(3)[1]
    execute = here.steps.execute

    async def hiding(name: str, argument: object) -> object:
        if name == "verify-track-added" and getattr(argument, "track", None) == missing:
            raise TrackNotVerified("not there yet")
        return await execute(name, argument)

    here.steps.execute = hiding  # type: ignore[method-assign]
    async with here.working():
        views = await _all_ended(here, [await _start(here, number) for number in range(3)])
    assert [one.status for one in views] == [Status.COMPLETED, Status.FAILED, Status.COMPLETED]
    assert views[1].outcome is not None
    assert views[1].outcome.error is not None
    assert views[1].outcome.error.type == "TrackNotVerified"


async def test_a_writer_that_continues_as_new_forgets_nobody(namespaces: Namespaces) -> None:
    here = await _lab(namespaces, 12)
    state = WriterState(PLAYLIST_ID, rounds=1)
    writer = await here.client.start_workflow(WRITER_WORKFLOW, state, id=writer_id(PLAYLIST_ID), task_queue=QUEUE)
    async with here.working():
        views = await _all_ended(here, [await _start(here, number) for number in range(12)])
        first = await here.client.get_workflow_handle(writer.id, run_id=writer.first_execution_run_id).describe()
    assert {one.status for one in views} == {Status.COMPLETED}
    assert first.status is WorkflowExecutionStatus.CONTINUED_AS_NEW
    assert sorted(here.spotify.uris()) == sorted(track.uri for track in tracks(12))


async def test_a_writer_without_work_ends_and_the_next_sync_starts_another(namespaces: Namespaces) -> None:
    here = await _lab(namespaces, 2)
    state = WriterState(PLAYLIST_ID, idle_s=0.3)
    writer = await here.client.start_workflow(WRITER_WORKFLOW, state, id=writer_id(PLAYLIST_ID), task_queue=QUEUE)
    async with here.working():
        assert (await here.ended(await _start(here, 0))).status is Status.COMPLETED
        await writer.result()
        assert (await here.ended(await _start(here, 1))).status is Status.COMPLETED
    assert here.spotify.uris() == [track.uri for track in tracks(2)]


async def test_a_request_that_is_applied_after_all_is_repaired_though_no_sync_comes(namespaces: Namespaces) -> None:
    here = lab(await namespaces.client(), catalogue=tracks(1), late_look_s=1.5)
    here.spotify.lose_answer(applied=False)
    async with here.working():
        view = await here.ended(await _start(here, 0))
        uri = tracks(1)[0].uri
        await here.spotify.add_items(PLAYLIST_ID, [uri])  # the request that was given up
        assert here.spotify.uris() == [uri, uri]
        await eventually(lambda: here.spotify.uris() == [uri])
    assert view.status is Status.COMPLETED


async def test_a_cancellation_during_the_hand_over_does_not_leave_the_add_behind(
    namespaces: Namespaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await _lab(namespaces, 2)
    reached, released = asyncio.Event(), asyncio.Event()
    start_writer = Activities._start_writer

    async def slow(self: Activities, task: WriterTask, task_queue: str) -> None:
        if task.add and not reached.is_set():
            reached.set()
            await released.wait()
        await start_writer(self, task, task_queue)

    monkeypatch.setattr(Activities, "_start_writer", slow)
    async with here.working():
        sync_id = await _start(here, 0)
        await reached.wait()
        cancelling = asyncio.create_task(here.service.cancel(sync_id))
        await asyncio.wait({cancelling}, timeout=_MOMENT_S)  # a flow that gave the hand-over up would end now
        released.set()
        assert (await cancelling).status is Status.CANCELLED
        await here.ended(await _start(here, 1))
    assert here.spotify.uris() == [tracks(2)[1].uri]
