"""A process may die at any instruction: whatever was accepted ends as if nothing had happened, with no track twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from musicsync.model import OutcomeKind, SearchSource, Song, Status, SyncRequest
from musicsync.ports import SyncFilter
from tests.python.fakes import PLAYLIST_ID, fake_track
from tests.python.scenarios import COVER, OTHER, RELEASED_AGAIN, RIGHT, SONG, Gate, looking
from tests.python.standalone.houses import House

Houses = Callable[..., House]
_REQUEST = SyncRequest(SONG, PLAYLIST_ID)
_CALLS = ("catalogue", "search", "playlist", "playlist_items", "add_items")
_BOTH = looking(SearchSource.BOTH)
"""Passes through every step: what the catalogue has is asked about, what Spotify has is accepted."""


def _furnish(house: House) -> None:
    assert house.local is not None
    house.local.tracks[:] = [COVER]
    house.spotify.catalogue.append(RIGHT)
    house.spotify.playlists[PLAYLIST_ID].append(OTHER)


def _hook(house: House, hook: Callable[[str, str], Awaitable[None]] | None) -> None:
    assert house.local is not None
    house.spotify.hook = house.local.hook = hook


async def _ends_right_after_a_restart(house: House, request: SyncRequest) -> None:
    """Start again; the client asks again with the same request, as it does when it got no answer."""
    _hook(house, None)
    await house.start()
    view = await house.run(request)
    assert view.outcome is not None
    assert (view.status, view.outcome.outcome) == (Status.COMPLETED, OutcomeKind.ADDED)
    await house.clock.advance(120)  # the late looks
    assert house.spotify.uris() == [OTHER.uri, RIGHT.uri]
    assert len((await house.service.find(SyncFilter())).syncs) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before its commit", "after its commit"])
@pytest.mark.parametrize("number", range(1, 10))
@pytest.mark.parametrize(("wanted", "writes"), [(_REQUEST, 6), (_BOTH, 8)], ids=["spotify", "both"])
async def test_a_death_at_every_write_of_the_journal(
    unstarted: Houses, wanted: SyncRequest, writes: int, number: int, after: bool
) -> None:
    house = unstarted()
    _furnish(house)
    await house.start(dies_at=number, after=after)
    client = asyncio.create_task(house.service.start(wanted))
    died = asyncio.create_task(house.journal.dead.wait())
    ended = asyncio.create_task(_ended(house, wanted))
    await asyncio.wait((died, ended), return_when=asyncio.FIRST_COMPLETED, timeout=30)
    died_first = died.done()
    for task in (client, died, ended):
        task.cancel()
    assert died_first or number > writes, "the sync wrote less often than this test believes"
    await house.kill()
    await _ends_right_after_a_restart(house, wanted)


async def _ended(house: House, request: SyncRequest) -> None:
    started = await house.service.start(request)
    await house.end_of(started.view.workflow_id)


@pytest.mark.parametrize("phase", ["before", "after"])
@pytest.mark.parametrize("call", _CALLS)
async def test_a_death_at_every_request(unstarted: Houses, call: str, phase: str) -> None:
    house = unstarted()
    _furnish(house)
    await house.start()
    reached = asyncio.Event()

    async def die_here(this_call: str, this_phase: str) -> None:
        if (this_call, this_phase) == (call, phase):
            reached.set()
            await asyncio.Event().wait()

    _hook(house, die_here)
    await house.service.start(_BOTH)
    await asyncio.wait_for(reached.wait(), 30)
    await house.kill()
    await _ends_right_after_a_restart(house, _BOTH)


@pytest.mark.parametrize("phase", ["before", "after"])
@pytest.mark.parametrize("call", _CALLS)
async def test_an_exception_at_every_request(unstarted: Houses, call: str, phase: str) -> None:
    """One that nobody has foreseen."""
    house = unstarted()
    _furnish(house)
    await house.start()
    errors = [RuntimeError("what is this?")]

    async def fail_here(this_call: str, this_phase: str) -> None:
        if errors and (this_call, this_phase) == (call, phase):
            raise errors.pop()

    _hook(house, fail_here)
    view = await house.run(_BOTH)
    assert view.outcome is not None
    assert view.outcome.outcome is OutcomeKind.ADDED, view.outcome
    assert view.retry_count == 1
    await house.clock.advance(120)
    assert house.spotify.uris() == [OTHER.uri, RIGHT.uri]


async def test_a_decision_is_on_disk_before_it_is_acted_on(unstarted: Houses) -> None:
    """Spotify finds another release after the restart; what was decided, and added, stays."""
    house = unstarted()
    _furnish(house)
    await house.start()
    gate = Gate(house.spotify, "add_items", "after")
    started = await house.service.start(_REQUEST)
    await asyncio.wait_for(gate.reached.wait(), 30)
    await house.kill()
    house.spotify.hook = None
    house.spotify.catalogue[:] = [RELEASED_AGAIN]
    await house.start()
    view = await house.end_of(started.view.workflow_id)
    assert view.outcome is not None
    assert view.outcome.track == RIGHT
    assert house.spotify.uris() == [OTHER.uri, RIGHT.uri]


class _Fuse:
    """Holds every request from the moment it has burnt down: a process that is about to die. Adds burn it fast."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._left = chance, chance.randrange(1, 4)
        self.burnt = asyncio.Event()

    async def __call__(self, call: str, phase: str) -> None:
        self._left -= (call, phase) == ("add_items", "after") or self._chance.random() < 0.03
        if self._left <= 0:
            self.burnt.set()
            await asyncio.Event().wait()


async def _storm(house: House, seed: int, *, songs: int, kills: int) -> Counter[str]:
    """Syncs of `songs` songs while the process dies `kills` times at random requests; what the playlist holds then."""
    chance = random.Random(seed)
    tracks = [fake_track(100 + n, f"Song number {n}.", "Somebody") for n in range(songs)]
    house.spotify.catalogue.extend(tracks)
    requests = [SyncRequest(Song(one.title, one.artist), PLAYLIST_ID) for one in tracks]
    for _ in range(kills):
        fuse = house.spotify.hook = _Fuse(chance)
        await house.start()
        waits = [asyncio.create_task(one) for one in (_ask_for_all(house, requests), fuse.burnt.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        for one in waits:
            one.cancel()
        await house.kill()
    house.spotify.hook = None
    await house.start()
    await _ask_for_all(house, requests)
    await house.clock.advance(200)
    return Counter(house.spotify.uris())


async def _ask_for_all(house: House, requests: list[SyncRequest]) -> None:
    views = await asyncio.gather(*(house.run(one) for one in requests))
    assert {view.status for view in views} == {Status.COMPLETED}


@pytest.mark.parametrize("late_s", [0.0, 1.9], ids=["applied at once", "applied up to the time-out later"])
@pytest.mark.parametrize("seed", range(3))
async def test_random_kills_lose_nothing_and_add_nothing_twice(unstarted: Houses, seed: int, late_s: float) -> None:
    house = unstarted(max_syncs=5)
    house.spotify.apply_late_s = late_s
    held = await _storm(house, seed, songs=30, kills=8)
    assert held == Counter({f"spotify:track:{100 + n:022d}": 1 for n in range(30)}), f"seed {seed}"


async def test_without_reconciling_the_same_kills_show_duplicates(unstarted: Houses) -> None:
    """The storm can fail: this is what reconciliation prevents."""
    most = 0
    for seed in range(5):
        house = unstarted(max_syncs=5, reconcile=False)
        house.spotify.apply_late_s = 1.9
        held = await _storm(house, seed, songs=30, kills=8)
        most = max(most, *held.values())
        if most > 1:
            break
    assert most > 1
