"""Spotify in memory, with faults on request."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field

from musicsync.errors import PlaylistNotFoundError, SpotifyRefused, TrackNotFoundError, UncertainWrite
from musicsync.model import ItemPage, Playlist, PlaylistItem, SpotifyTrack
from musicsync.ports import Clock

PLAYLIST_ID = "37i9dQZF1DXcBWIGoYBM5M"
ACCOUNT = "tester"

Hook = Callable[[str, str], Awaitable[None]]


@dataclass
class _Fault:
    call: str
    error: Callable[[], Exception]
    times: int
    applied: bool


@dataclass
class FakeSpotify:
    """Playlists and a catalogue. `calls` counts requests by method, `log` holds (time, method).

    `hook(method, phase)` is awaited with phase `before` (nothing has happened) and `after` (the effect is there,
    the answer is not). `apply_late_s` delays the effect of writes on `clock`, whatever becomes of the caller.
    """

    clock: Clock
    catalogue: list[SpotifyTrack] = field(default_factory=list)
    playlists: dict[str, list[SpotifyTrack]] = field(default_factory=lambda: {PLAYLIST_ID: []})
    names: dict[str, str] = field(default_factory=lambda: {PLAYLIST_ID: "Test playlist"})
    request_timeout_s: float = 2.0
    apply_late_s: float = 0.0
    hook: Hook | None = None
    bad_uris: set[str] = field(default_factory=set)
    calls: Counter[str] = field(default_factory=Counter)
    log: list[tuple[float, str]] = field(default_factory=list)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    _faults: list[_Fault] = field(default_factory=list)
    _versions: Counter[str] = field(default_factory=Counter)
    _late: set[asyncio.Task[None]] = field(default_factory=set)

    def fail(self, call: str, error: Callable[[], Exception], *, times: int = 1, applied: bool = False) -> None:
        """The next `times` requests of method `call` raise `error()`; with `applied` after their effect."""
        self._faults.append(_Fault(call, error, times, applied))

    def lose_answer(self, call: str = "add_items", *, times: int = 1, applied: bool = True) -> None:
        """The next `times` writes get no answer, applied or not."""
        self.fail(call, lambda: UncertainWrite("the answer was lost"), times=times, applied=applied)

    def heal(self) -> None:
        """Forget every fault that was asked for."""
        self._faults.clear()

    def uris(self, playlist_id: str = PLAYLIST_ID) -> list[str]:
        """What the playlist holds, in order."""
        return [track.uri for track in self.playlists[playlist_id]]

    async def search(self, query: str, *, limit: int = 10) -> tuple[SpotifyTrack, ...]:
        """By `isrc:…`, by `title|artist`, or by a part of the title."""
        await self._request("search")
        if query.startswith("isrc:"):
            found = [one for one in self.catalogue if one.isrc == query[5:]]
        elif "|" in query:
            found = [one for one in self.catalogue if f"{one.title}|{one.artist}".casefold() == query.casefold()]
        else:
            found = [one for one in self.catalogue if query.casefold() in one.title.casefold()]
        return tuple(found[:limit])

    async def track(self, track_id: str) -> SpotifyTrack:
        """Raises `TrackNotFoundError`."""
        await self._request("track")
        for one in self.catalogue:
            if one.id == track_id:
                return one
        raise TrackNotFoundError(f"no track {track_id}")

    async def playlist(self, playlist_id: str) -> Playlist:
        """Raises `PlaylistNotFoundError`."""
        await self._request("playlist")
        return self._playlist(playlist_id)

    async def my_playlists(self) -> tuple[Playlist, ...]:
        """All of them."""
        await self._request("my_playlists")
        return tuple(self._playlist(one) for one in self.playlists)

    async def playlist_items(self, playlist_id: str, *, offset: int = 0, limit: int = 50) -> ItemPage:
        """A page of the playlist."""
        await self._request("playlist_items")
        tracks = self._tracks(playlist_id)
        return ItemPage(tuple(PlaylistItem(one) for one in tracks[offset : offset + limit]), offset, len(tracks))

    async def add_items(self, playlist_id: str, uris: Sequence[str], *, position: int | None = None) -> str:
        """Append or insert; raises `SpotifyRefused` for a uri of `bad_uris`."""
        tracks = self._tracks(playlist_id)
        self.groups.append(tuple(uris))
        if bad := self.bad_uris.intersection(uris):
            await self._request("add_items")
            raise SpotifyRefused(f"invalid uri: {', '.join(sorted(bad))}")

        def effect() -> None:
            at = len(tracks) if position is None else position
            tracks[at:at] = [self._by_uri(uri) for uri in uris]
            self._versions[playlist_id] += 1

        await self._request("add_items", effect)
        return self._snapshot(playlist_id)

    async def remove_items(self, playlist_id: str, uris: Sequence[str]) -> str:
        """Remove every occurrence."""
        tracks = self._tracks(playlist_id)

        def effect() -> None:
            tracks[:] = [one for one in tracks if one.uri not in uris]
            self._versions[playlist_id] += 1

        await self._request("remove_items", effect)
        return self._snapshot(playlist_id)

    async def _request(self, call: str, effect: Callable[[], None] | None = None) -> None:
        self.calls[call] += 1
        self.log.append((self.clock.now(), call))
        if self.hook:
            await self.hook(call, "before")
        fault = next((one for one in self._faults if one.call in (call, "*") and one.times > 0), None)
        if fault:
            fault.times -= 1
        if effect and (fault is None or fault.applied):
            applied = self._apply(effect)
            if fault is None:
                await asyncio.shield(applied)
        if self.hook:
            await self.hook(call, "after")
        if fault:
            raise fault.error()

    def _apply(self, effect: Callable[[], None]) -> asyncio.Future[None]:
        """Apply now or late; Spotify goes on although its caller may be gone."""
        if not self.apply_late_s:
            effect()
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done

        async def later() -> None:
            await self.clock.sleep(self.apply_late_s)
            effect()

        task = asyncio.create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        return task

    def _tracks(self, playlist_id: str) -> list[SpotifyTrack]:
        if playlist_id not in self.playlists:
            raise PlaylistNotFoundError(f"no playlist {playlist_id}")
        return self.playlists[playlist_id]

    def _playlist(self, playlist_id: str) -> Playlist:
        tracks = self._tracks(playlist_id)
        name = self.names.get(playlist_id, playlist_id)
        return Playlist(playlist_id, name, self._snapshot(playlist_id), len(tracks), ACCOUNT)

    def _snapshot(self, playlist_id: str) -> str:
        return f"{playlist_id}-{self._versions[playlist_id]}"

    def _by_uri(self, uri: str) -> SpotifyTrack:
        known: Iterable[SpotifyTrack] = (one for one in self.catalogue if one.uri == uri)
        return next(iter(known), SpotifyTrack(uri.rsplit(":", 1)[-1], uri, "?"))
