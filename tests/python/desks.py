"""A playlist, its editor and its record, for tests of the editor alone."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field

import pytest

from musicsync.errors import UncertainWrite
from musicsync.model import Add, OutcomeKind, SpotifyTrack
from musicsync.playlist import PlaylistEditor
from tests.python.fakes import PLAYLIST_ID, FakeEngine, FakeSpotify, MemoryIntents, VirtualClock, fake_track
from tests.python.standalone.houses import soon

TRACKS = [fake_track(n, f"Song {n}", "Band", isrc=f"XXA0126{n:05d}") for n in range(400)]
LATE_LOOK_S = 60.0


@dataclass
class Desk:
    """One playlist with its editor; `restart` is the next process."""

    spotify: FakeSpotify = field(default_factory=lambda: FakeSpotify(VirtualClock(), list(TRACKS)))
    intents: MemoryIntents = field(default_factory=MemoryIntents)

    def __post_init__(self) -> None:
        assert isinstance(self.spotify.clock, VirtualClock)
        self.clock = self.spotify.clock
        self.restart()

    def restart(self) -> None:
        self.editor = PlaylistEditor(self.spotify, FakeEngine(), self.intents, self.clock, late_look_s=LATE_LOOK_S)

    @property
    def held(self) -> list[SpotifyTrack]:
        return self.spotify.playlists[PLAYLIST_ID]

    async def add(self, *numbers: int, sync: str = "sync") -> list[OutcomeKind]:
        """Sync `sync-n` wants song n."""
        wishes = [Add(f"{sync}-{n}", PLAYLIST_ID, TRACKS[n]) for n in numbers]
        return [one.outcome for one in await self.editor.add(wishes)]

    async def undo(self, number: int, sync: str = "sync") -> bool:
        return await self.editor.remove(f"{sync}-{number}", PLAYLIST_ID, TRACKS[number])

    async def add_in_vain(self, *numbers: int, applied: bool = False) -> None:
        self.spotify.lose_answer(applied=applied)
        with pytest.raises(UncertainWrite):
            await self.add(*numbers)

    async def cut_off(self, work: Coroutine[object, object, object], call: str = "add_items") -> None:
        """Cancel `work` while its next request of `call` is out: a step's time-out, or the end of the process."""
        before, task = self.spotify.calls[call], asyncio.ensure_future(work)
        await soon(lambda: task.done() or self.spotify.calls[call] > before)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    async def late_look(self) -> None:
        await self.clock.sleep(LATE_LOOK_S + 1)
        await self.editor.recover(PLAYLIST_ID)
        assert await self.editor.next_look(PLAYLIST_ID) is None
