"""What a playlist holds, as far as its one writer knows: pure bookkeeping, no calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from musicsync.model import SpotifyTrack

_SNAPSHOTS_KEPT = 64

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

    def without(self, uri: str, snapshot_id: str) -> Mirror:
        """The mirror after every occurrence of `uri` was taken out."""
        left = [track for track in self._items if track is None or track.uri != uri]
        return Mirror(left, snapshot_id, self._key)

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
