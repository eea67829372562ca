"""Two runners, one outcome: seeded faults end a sync the same way in memory and in the journal."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from musicsync.errors import InvalidCredentialsError, RateLimited, SpotifyUnavailable
from musicsync.memory import MemoryService
from musicsync.model import Outcome, Song, SyncRequest
from musicsync.ports import SyncService
from tests.python.fakes import PLAYLIST_ID, FakeSpotify, MemoryStore, VirtualClock, steps_over
from tests.python.scenarios import COVER, OTHER, RIGHT
from tests.python.standalone.houses import House

_CALLS = ("search", "playlist", "playlist_items", "add_items", "*")


def _fault(chance: random.Random, spotify: FakeSpotify) -> None:
    """Break something for a while."""
    call, times = chance.choice(_CALLS), chance.choice((1, 1, 2, 3, 5))
    wait_s = chance.choice((2.0, 30.0, 90.0))
    errors: tuple[Callable[[], Exception], ...] = (
        lambda: SpotifyUnavailable("Spotify answered 503"),
        lambda: RateLimited("too many", until=spotify.clock.now() + wait_s, endpoint=call),
        lambda: InvalidCredentialsError("signed out"),
        lambda: KeyError("a field is missing"),
    )
    kind = chance.randrange(6)
    if kind < 4:
        spotify.fail(call, errors[kind], times=times)
    else:
        spotify.lose_answer(times=times, applied=kind == 5)


def _furnish(seed: int, spotify: FakeSpotify) -> SyncRequest:
    """Equal for equal seeds."""
    chance = random.Random(seed)
    spotify.catalogue += [RIGHT, COVER, OTHER]
    spotify.playlists[PLAYLIST_ID] += chance.choice(([], [OTHER], [OTHER, RIGHT], [COVER]))
    for _ in range(chance.randrange(1, 4)):
        _fault(chance, spotify)
    title, artist = chance.choice(((RIGHT.title, RIGHT.artist), (OTHER.title, OTHER.artist), ("Absent", "Nobody")))
    song = Song(title, artist, isrc=chance.choice((None, RIGHT.isrc, "XXA019999999")))
    return SyncRequest(song, PLAYLIST_ID, dry_run=chance.random() < 0.2)


async def _outcome(service: SyncService, request: SyncRequest) -> Outcome | None:
    started = await service.start(request)
    last = [view async for view in service.events(started.view.workflow_id)][-1]
    return last.outcome


@pytest.mark.parametrize("seed", range(60))
async def test_equal_faults_end_equally(seed: int, tmp_path: Path) -> None:
    clock = VirtualClock()
    spotify = FakeSpotify(clock)
    memory = MemoryService(steps_over(spotify, clock, store=MemoryStore()), clock)
    expected = await _outcome(memory, _furnish(seed, spotify))
    house = House(tmp_path / "journal.db", clock=VirtualClock())
    await house.start()
    outcome = await _outcome(house.service, _furnish(seed, house.spotify))
    await house.close()
    assert outcome == expected, f"seed {seed}"
    assert house.spotify.uris() == spotify.uris(), f"seed {seed}"
    assert len(set(spotify.uris())) == len(spotify.uris())
