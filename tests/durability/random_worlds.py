"""Small worlds in which anything goes wrong, by a seed: a Spotify with every fault of its writes, callers that
are cut off, processes that end, owners who change their playlist, syncs that are undone. The editor is the real one."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence

from musicsync.errors import RateLimited, SpotifyUnavailable, UncertainWrite
from musicsync.model import Add, ItemPage, Playlist, PlaylistItem, SpotifyTrack
from musicsync.playlist import PlaylistEditor
from musicsync.ports import WriteIntent
from tests.python.fake_clock import VirtualClock
from tests.python.fakes import PLAYLIST_ID, FakeEngine, FakeSpotify, MemoryIntents, fake_track

TRACKS = [fake_track(n, f"Song {n}", "Band", isrc=f"XXA0126{n:05d}") for n in range(60)]
OWNERS, FOREIGN, WANTED = TRACKS[:6], TRACKS[6:16], TRACKS[16:46]
_STALE_S = 0.6
_PATIENCE = 300
_TURNS = 20


class QuickClock(VirtualClock):
    """No threads here: time passes as soon as every task waits."""

    async def _run(self) -> None:
        while self._next_is_due():
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            if self._next_is_due():
                self._wake_next()


class FaultySpotify(FakeSpotify):
    """Half of the writes go wrong; some reads do, or show what was there 0.6 s ago. With `very_late` a write whose
    answer is lost may be applied long after it was given up."""

    def __init__(self, chance: random.Random, *, very_late: bool) -> None:
        super().__init__(QuickClock(), list(TRACKS))
        self._chance, self._very_late = chance, very_late
        self.playlists[PLAYLIST_ID].extend(OWNERS)
        self._states: list[tuple[float, list[SpotifyTrack], int]] = [(float("-inf"), list(OWNERS), 0)]
        self.out: set[asyncio.Task[None]] = set()
        self.lost = 0

    def changed(self, change: Callable[[list[SpotifyTrack]], object]) -> None:
        """Somebody changes the playlist."""
        change(self.playlists[PLAYLIST_ID])
        self._versions[PLAYLIST_ID] += 1
        self._note()

    def _note(self) -> None:
        self._states.append((self.clock.now(), list(self.playlists[PLAYLIST_ID]), self._versions[PLAYLIST_ID]))

    def _seen(self) -> tuple[list[SpotifyTrack], int]:
        when = self.clock.now() - (_STALE_S if self._chance.random() < 0.15 else 0.0)
        return next((items, version) for at, items, version in reversed(self._states) if at <= when)

    async def playlist(self, playlist_id: str) -> Playlist:
        await self._request("playlist")
        items, version = self._seen()
        return Playlist(playlist_id, "", f"{playlist_id}-{version}", len(items), "tester")

    async def playlist_items(self, playlist_id: str, *, offset: int = 0, limit: int = 50) -> ItemPage:
        await self._request("playlist_items")
        items, _ = self._seen()
        return ItemPage(tuple(PlaylistItem(one) for one in items[offset : offset + limit]), offset, len(items))

    async def _request(self, call: str, effect: Callable[[], None] | None = None) -> None:
        self.calls[call] += 1
        chance = self._chance
        await self.clock.sleep(chance.uniform(0.01, 0.05))
        if chance.random() < (0.2 if effect else 0.08):
            raise RateLimited("429", until=self.clock.now() + 1) if chance.random() < 0.5 else SpotifyUnavailable("503")
        if effect is None:
            return
        late = self._very_late and call == "add_items" and chance.random() < 0.2
        longest = self.request_timeout_s * (10 if late else 1)
        applied, answered = chance.random() < 0.75, chance.random() < 0.5
        task = asyncio.create_task(self._later(effect, chance.uniform(0, longest))) if applied else None
        if task and answered and not late:
            return await asyncio.shield(task)
        self.lost += 1
        await self.clock.sleep(self.request_timeout_s - 0.05)
        raise UncertainWrite("the answer was lost")

    async def _later(self, effect: Callable[[], None], seconds: float) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.out.add(task)
        await self.clock.sleep(seconds)
        effect()
        self._note()
        self.out.discard(task)


class CountedIntents(MemoryIntents):
    """`begun` counts intents by kind."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: Counter[str] = Counter()

    async def begin(self, intent: WriteIntent) -> None:
        """Write it down."""
        self.begun[intent.kind] += 1
        await super().begin(intent)


class World:
    """One playlist and the syncs that want something of it, one after the other as the playlist's writer would."""

    def __init__(self, seed: int, *, undos: bool = True, very_late: bool = False) -> None:
        self.chance = random.Random(seed)
        self.spotify = FaultySpotify(self.chance, very_late=very_late)
        self.intents, self._undos = CountedIntents(), undos
        self.expected = Counter(one.uri for one in OWNERS)
        self.restart()

    def restart(self) -> None:
        """The next process."""
        self.editor = PlaylistEditor(self.spotify, FakeEngine(), self.intents, self.spotify.clock)

    async def run(self) -> Counter[str]:
        """Everybody gets what they want; what the playlist holds when nothing is open any more."""
        waiting = [Add(f"sync-{n}", PLAYLIST_ID, track) for n, track in enumerate([*WANTED, *OWNERS[:3]])]
        self.chance.shuffle(waiting)
        while waiting:
            group = waiting[: self.chance.randint(1, 5)]
            await self._until_done(lambda group=group: self.editor.add(group))  # type: ignore[misc]
            del waiting[: len(group)]
            self.expected.update({one.track.uri: 1 for one in group if one.track not in OWNERS})
            waiting += await self._meanwhile(group)
        for _ in range(_PATIENCE):
            await self.spotify.clock.sleep(61)
            await self._until_done(lambda: self.editor.recover(PLAYLIST_ID))
            if await self.editor.next_look(PLAYLIST_ID) is None:
                assert not self.spotify.out
                return Counter(self.spotify.uris())
        raise AssertionError("there is always something left to look for")

    async def _meanwhile(self, group: Sequence[Add]) -> list[Add]:
        """What others do; the wishes that somebody has again."""
        again: list[Add] = []
        chance = self.chance
        if chance.random() < 0.3:
            one = chance.choice(FOREIGN)
            self.expected[one.uri] += 1
            self.spotify.changed(lambda items: items.insert(chance.randint(0, len(items)), one))
        if chance.random() < 0.2:
            self.restart()
        for wish in group if self._undos else ():
            if chance.random() < 0.2:
                await self._until_done(
                    lambda wish=wish: self.editor.remove(wish.sync_id, PLAYLIST_ID, wish.track)  # type: ignore[misc]
                )
                if wish.track not in OWNERS:
                    self.expected[wish.track.uri] -= 1
                if chance.random() < 0.5:
                    again.append(Add(f"{wish.sync_id}-again", PLAYLIST_ID, wish.track))
        return again

    async def _until_done(self, call: Callable[[], Coroutine[object, object, object]]) -> None:
        for _ in range(_PATIENCE):
            task = asyncio.create_task(call())
            if self.chance.random() < 0.25:  # cut off: a step's time-out, or the process ends
                await self._cut_off(task, self.chance.uniform(0.0, 3.0))
                if self.chance.random() < 0.5:
                    self.restart()
            try:
                await task
                return
            except (UncertainWrite, RateLimited, SpotifyUnavailable, asyncio.CancelledError):
                await self.spotify.clock.sleep(self.chance.uniform(0.1, 1.0))
        raise AssertionError("it never ended")

    async def _cut_off(self, task: asyncio.Task[object], seconds: float) -> None:
        timer = asyncio.create_task(self.spotify.clock.sleep(seconds))
        await asyncio.wait((task, timer), return_when=asyncio.FIRST_COMPLETED)
        timer.cancel()
        task.cancel()
        await asyncio.wait((task,))


async def exact(seed: int, *, undos: bool = True, very_late: bool = False) -> None:
    """Raises `AssertionError` where a world does not end as it must, or where a duplicate had to be repaired although
    every request took effect while it may."""
    world = World(seed, undos=undos, very_late=very_late)
    held = await world.run()
    assert held == +world.expected, f"seed {seed}: too many {held - world.expected}, too few {world.expected - held}"
    assert very_late or not world.intents.begun["repair"], f"seed {seed}: a duplicate had to be repaired"
