"""Playlists as Spotify keeps them: a version with every change, and for a while what they looked like before."""

from __future__ import annotations

import base64
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from musicsync.emulator.ids import made_id
from musicsync.emulator.store import Entry, Facts, Store

FIRST_PLAYLIST = "37i9dQZF1DXcBWIGoYBM5M"
MOST_ITEMS = 11_000


@dataclass(frozen=True, slots=True)
class State:
    """A playlist's content at a time."""

    version: int
    entries: tuple[Entry, ...] = ()


@dataclass(slots=True)
class Playlist:
    """The content now, and earlier ones with the time until which they were current (kept as long as faults ask)."""

    facts: Facts
    state: State
    mark: int
    earlier: deque[tuple[float, State]] = field(default_factory=deque)
    writes_under_way: int = 0

    @property
    def id(self) -> str:
        return self.facts.id

    def as_of(self, when: float) -> State:
        """The content at a time; the oldest that is remembered for times before that."""
        return next((state for until, state in self.earlier if until > when), self.state)

    def snapshot_id(self, state: State) -> str:
        """The name of a state."""
        name = f"{self.mark}:{self.id}:{state.version}".encode()
        digest = hashlib.sha1(name, usedforsecurity=False).hexdigest()
        return base64.b64encode(f"{state.version},{digest}".encode()).decode()

    def knows_snapshot(self, snapshot_id: str) -> bool:
        """True for the name of the present state or of any earlier one."""
        try:
            version = int(base64.b64decode(snapshot_id, validate=True).split(b",")[0])
        except ValueError:
            return False
        return 1 <= version <= self.state.version and snapshot_id == self.snapshot_id(State(version))

    def editable_by(self, user: str) -> bool:
        return self.facts.owner == user or self.facts.collaborative


class Playlists:
    """All playlists, in memory and in the store. `horizon_s` says how long earlier states are remembered."""

    def __init__(self, store: Store, owner: str, now: Callable[[], float], horizon_s: Callable[[], float]) -> None:
        self._store, self._now, self._horizon_s = store, now, horizon_s
        self._all: dict[str, Playlist] = {}
        for facts, version, entries in store.playlists():
            self._all[facts.id] = Playlist(facts, State(version, entries), store.mark)
        if FIRST_PLAYLIST not in self._all:
            self.create("Today's Top Hits", owner, playlist_id=FIRST_PLAYLIST)

    def get(self, playlist_id: str) -> Playlist | None:
        return self._all.get(playlist_id)

    def every(self) -> list[Playlist]:
        """All of them, oldest first."""
        return list(self._all.values())

    def of(self, owner: str) -> list[Playlist]:
        """An owner's playlists, newest first, as Spotify lists them."""
        return [playlist for playlist in reversed(self._all.values()) if playlist.facts.owner == owner]

    def create(
        self, name: str, owner: str, *, description: str = "", public: bool = True, collaborative: bool = False,
        playlist_id: str | None = None,
    ) -> Playlist:  # fmt: skip
        playlist_id = playlist_id or made_id("playlist", owner, name, len(self._all), self._now())
        facts = Facts(playlist_id, name, owner, description, public, collaborative)
        self._store.create(facts)
        self._all[playlist_id] = Playlist(facts, State(1), self._store.mark)
        return self._all[playlist_id]

    def add(self, playlist: Playlist, uris: Sequence[str], position: int | None, user: str) -> str:
        """Append or insert; the new snapshot id. A position beyond the end means the end."""
        old, new = playlist.state.entries, self._entries(uris, user)
        if position is None or position >= len(old):
            version = playlist.state.version + 1
            self._store.append(playlist.id, version, len(old), new)
            return self._became(playlist, State(version, old + new))
        return self._rewrite(playlist, old[:position] + new + old[position:])

    def replace(self, playlist: Playlist, uris: Sequence[str], user: str) -> str:
        """Put these in place of everything."""
        return self._rewrite(playlist, self._entries(uris, user))

    def move(self, playlist: Playlist, start: int, length: int, before: int) -> str:
        """Move `length` entries from `start` to before the entry that was at `before`."""
        old = playlist.state.entries
        moved = old[start : start + length]
        if start <= before <= start + length:
            return self._rewrite(playlist, old)
        head = [*old[:start], *old[start + length :]]
        place = before if before < start else before - len(moved)
        return self._rewrite(playlist, (*head[:place], *moved, *head[place:]))

    def remove(self, playlist: Playlist, uris: Iterable[str]) -> str:
        """Take out every occurrence of each; without any the playlist stays at its snapshot."""
        gone, old = set(uris), playlist.state.entries
        kept = tuple(entry for entry in old if entry.uri not in gone)
        if len(kept) == len(old):
            return playlist.snapshot_id(playlist.state)
        return self._rewrite(playlist, kept)

    def _entries(self, uris: Sequence[str], user: str) -> tuple[Entry, ...]:
        added_at = datetime.fromtimestamp(self._now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return tuple(Entry(uri, added_at, user) for uri in uris)

    def _rewrite(self, playlist: Playlist, entries: tuple[Entry, ...]) -> str:
        version = playlist.state.version + 1
        self._store.rewrite(playlist.id, version, entries)
        return self._became(playlist, State(version, entries))

    def _became(self, playlist: Playlist, state: State) -> str:
        now, horizon = self._now(), self._horizon_s()
        if horizon:
            playlist.earlier.append((now, playlist.state))
        while playlist.earlier and playlist.earlier[0][0] < now - horizon:
            playlist.earlier.popleft()
        playlist.state = state
        return playlist.snapshot_id(state)
