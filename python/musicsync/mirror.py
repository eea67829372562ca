"""What a playlist holds, as far as its one writer knows: bookkeeping, and how a whole list is read."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable, Sequence

from musicsync.errors import SpotifyUnavailable
from musicsync.model import ItemPage, SpotifyTrack

PAGE = 50
"""Items of a page."""
_SIDE_BY_SIDE = 8  # pages: the longest playlists (11,000 items) must be read within a step's time
_READINGS = 3
_RECENT_S = 5.0
_SNAPSHOTS_KEPT = 64
_ADDS_KEPT = 10_000

SameRecording = Callable[[SpotifyTrack, Sequence[SpotifyTrack]], int | None]


class Mirror:
    """The items of one playlist in order. `confirmed` counts the leading items that were read back from Spotify."""

    def __init__(
        self, items: Iterable[SpotifyTrack | None], snapshot_id: str, key: Callable[[SpotifyTrack], str]
    ) -> None:
        self._key = key
        self._snapshots = deque([snapshot_id], maxlen=_SNAPSHOTS_KEPT)
        self._items: list[SpotifyTrack | None] = []
        self._places: dict[str, list[int]] = {}
        self._by_key: dict[str, list[SpotifyTrack]] = {}
        self.extend(items)
        self.confirmed = len(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def knows(self, snapshot_id: str) -> bool:
        """True for a state that we read or made: then nobody else has changed the playlist."""
        return snapshot_id in self._snapshots

    def became(self, snapshot_id: str) -> None:
        """One of our own writes led to `snapshot_id`."""
        self._snapshots.append(snapshot_id)

    def extend(self, items: Iterable[SpotifyTrack | None]) -> None:
        """Append items; they are unconfirmed until they are read back."""
        for track in items:
            if track is not None:
                self._places.setdefault(track.uri, []).append(len(self._items))
                self._by_key.setdefault(self._key(track), []).append(track)
            self._items.append(track)

    def places(self, uri: str) -> Sequence[int]:
        """Positions of the uri."""
        return self._places.get(uri, ())

    def find(self, track: SpotifyTrack, same: SameRecording) -> SpotifyTrack | None:
        """The item that is the same recording: the same uri, else what the engine says of equal titles."""
        places = self.places(track.uri)
        if places:
            return self._items[places[0]]
        rivals = self._by_key.get(self._key(track), [])
        index = same(track, rivals) if rivals else None
        return None if index is None else rivals[index]

    def has_isrc(self, isrc: str) -> bool:
        """True where some item carries the ISRC (a relinked track keeps it, its uri changes)."""
        return any(track is not None and track.isrc == isrc for track in self._items)


async def read_items(
    page: Callable[[int], Awaitable[ItemPage]], offset: int
) -> tuple[list[SpotifyTrack | None], int]:  # fmt: skip
    """The items from `offset` on, and how many there are in all, by `page(offset)` of `PAGE` items. Of one state of the
    list, not of several: an item that moved from one page to another would be missed. Raises `SpotifyUnavailable`."""
    for _ in range(_READINGS):
        pages = [await page(offset)]
        total = pages[0].total
        rest = range(offset + PAGE, total, PAGE)
        for start in range(0, len(rest), _SIDE_BY_SIDE):
            pages += await asyncio.gather(*(page(at) for at in rest[start : start + _SIDE_BY_SIDE]))
        items = [item.track for one in pages for item in one.items]
        if all(one.total == total for one in pages) and len(items) == max(0, total - offset):
            return items, total
    raise SpotifyUnavailable("the playlist changes while it is read")


class RecentAdds:
    """What we added moments ago: a stale read must not hide it."""

    def __init__(self) -> None:
        self._of: dict[str, list[tuple[float, SpotifyTrack]]] = {}

    def added(self, playlist_id: str, tracks: Iterable[SpotifyTrack], now: float) -> None:
        """Note tracks; older ones are forgotten."""
        kept = [entry for entry in self._of.get(playlist_id, ()) if 0 <= now - entry[0] <= _RECENT_S]
        self._of[playlist_id] = kept + [(now, track) for track in tracks]

    def removed(self, playlist_id: str, uri: str) -> None:
        """We took it out again."""
        self._of[playlist_id] = [entry for entry in self._of.get(playlist_id, ()) if entry[1].uri != uri]

    def tracks(self, playlist_id: str, now: float, within_s: float = _RECENT_S) -> list[SpotifyTrack]:
        """Those of the last seconds."""
        return [track for at, track in self._of.get(playlist_id, ()) if 0 <= now - at <= within_s]


class Leaners:
    """Which syncs were told "already there" of a track that another sync had added: they lose it if that one is undone.
    Of the last adds of this process."""

    def __init__(self) -> None:
        self._of: OrderedDict[tuple[str, str], list[str]] = OrderedDict()

    def added(self, playlist_id: str, uris: Iterable[str]) -> None:
        """We added these just now."""
        for uri in uris:
            self._of[playlist_id, uri] = []
            self._of.move_to_end((playlist_id, uri))
        while len(self._of) > _ADDS_KEPT:
            self._of.popitem(last=False)

    def lean(self, playlist_id: str, uri: str, sync_id: str) -> None:
        """The sync found the track there; of no interest where we did not add it."""
        leaning = self._of.get((playlist_id, uri))
        if leaning is not None and sync_id not in leaning:
            leaning.append(sync_id)

    def heir(self, playlist_id: str, uri: str | None, sync_id: str) -> str | None:
        """Who keeps `uri` when `sync_id` gives it up; None where nobody else wants it. `sync_id` leans no more."""
        for leaning in self._of.values():
            if sync_id in leaning:
                leaning.remove(sync_id)
        leaning = self._of.get((playlist_id, uri or ""), [])
        return leaning[0] if leaning else None
