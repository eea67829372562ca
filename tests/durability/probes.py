"""What must hold, each in a function that raises `AssertionError` where it does not: `test_mutants.py` runs them with
the protection and without it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from musicsync.errors import RateLimited, SpotifyUnavailable
from musicsync.model import Add, OutcomeKind, Status, SyncRequest
from musicsync.ports import SyncFilter
from tests.durability.random_worlds import exact
from tests.python.desks import LATE_LOOK_S, TRACKS, Desk
from tests.python.fakes import PLAYLIST_ID
from tests.python.scenarios import OTHER, RELEASED_AGAIN, RIGHT, SONG, Gate
from tests.python.standalone.houses import House

WORLDS = 40
Probe = Callable[[Path], Awaitable[None]]
_REQUEST = SyncRequest(SONG, PLAYLIST_ID)


async def worlds(_: Path) -> None:
    """Everything goes wrong, requests take effect while they may."""
    for seed in range(WORLDS):
        await exact(seed)


async def late_worlds(_: Path) -> None:
    """Requests take effect up to ten time-outs later: only the late look can put that right."""
    for seed in range(WORLDS):
        await exact(seed, undos=False, very_late=True)


@asynccontextmanager
async def a_house(path: Path) -> AsyncIterator[House]:
    house = House(path / "journal.db")
    house.spotify.catalogue.append(RIGHT)
    house.spotify.playlists[PLAYLIST_ID].append(OTHER)
    await house.start()
    yield house
    await house.close()


async def many_limits(path: Path) -> None:
    """More 429 than the policy has attempts are waited out."""
    async with a_house(path) as house:
        until = house.clock.now
        house.spotify.fail("*", lambda: RateLimited("too many", until=until() + 2, endpoint="any"), times=30)
        view = await house.run(_REQUEST)
        assert (view.status, view.retry_count) == (Status.COMPLETED, 0)


async def equal_requests(path: Path) -> None:
    """A request that comes a hundred times is run once."""
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # most runs of the mutant fail
    async with a_house(path) as house:
        await asyncio.gather(*(house.service.start(_REQUEST) for _ in range(100)))
        (view,) = (await house.service.find(SyncFilter())).syncs
        await house.end_of(view.workflow_id)
        assert house.spotify.calls["search"] == 1


async def cancelled(path: Path) -> None:
    """A cancellation while the add is unanswered leaves the playlist as it was."""
    async with a_house(path) as house:
        gate = Gate(house.spotify, "add_items", "after")
        started = await house.service.start(_REQUEST)
        await asyncio.wait_for(gate.reached.wait(), 30)
        cancelling = asyncio.create_task(house.service.cancel(started.view.workflow_id))
        await asyncio.sleep(0.02)
        gate.opened.set()
        assert (await cancelling).status is Status.CANCELLED
        assert house.spotify.uris() == [OTHER.uri]


async def decided(path: Path) -> None:
    """What was decided before a crash is what is done after it, although Spotify finds something else now."""
    async with a_house(path) as house:
        house.spotify.fail("add_items", lambda: SpotifyUnavailable("503"), times=1_000)
        started = await house.service.start(_REQUEST)
        async for view in house.service.events(started.view.workflow_id):
            if view.retry_count:
                break
        await house.kill()
        house.spotify.heal()
        house.spotify.catalogue[:] = [RELEASED_AGAIN]
        await house.start()
        await house.end_of(started.view.workflow_id)
        assert house.spotify.uris() == [OTHER.uri, RIGHT.uri]


async def two_of_one_recording(_: Path) -> None:
    """The first is undone, the second keeps its track."""
    desk = Desk()
    await desk.editor.add([Add(sync, PLAYLIST_ID, TRACKS[1]) for sync in ("first", "second")])
    await desk.editor.remove("first", PLAYLIST_ID, TRACKS[1])
    assert desk.held == [TRACKS[1]]


async def a_repair_is_cut_off(_: Path) -> None:
    """While the second of its two requests is out."""
    desk = Desk()
    await desk.add_in_vain(1)
    await desk.add(1)
    desk.held.append(TRACKS[1])
    await desk.clock.sleep(LATE_LOOK_S + 1)
    desk.spotify.apply_late_s = 1.9
    await desk.cut_off(desk.editor.recover(PLAYLIST_ID))
    desk.spotify.apply_late_s = 0.0
    await desk.editor.recover(PLAYLIST_ID)
    await desk.clock.sleep(5)
    assert desk.held == [TRACKS[1]]


async def an_undo_is_applied_late(_: Path) -> None:
    """Its song is wanted again meanwhile."""
    desk = Desk()
    await desk.add(1)
    desk.spotify.apply_late_s = 1.9
    await desk.cut_off(desk.undo(1), "remove_items")
    desk.spotify.apply_late_s = 0.0
    await desk.undo(1)
    await desk.add(1, sync="again")
    await desk.clock.sleep(10)
    assert desk.held == [TRACKS[1]]


async def shifting_pages(_: Path) -> None:
    """An item that moves between two pages while they are read is seen."""
    desk = Desk()
    desk.held.extend(TRACKS[100:300])
    reads: list[str] = []

    async def shorten(call: str, phase: str) -> None:
        if (call, phase) == ("playlist_items", "before"):
            reads.append(call)
            if len(reads) == 2:
                del desk.held[0]

    desk.spotify.hook = shorten
    assert await desk.add(150) == [OutcomeKind.ALREADY_THERE]
