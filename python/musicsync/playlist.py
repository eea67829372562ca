"""Exactly-once changes of a playlist over an API whose adds are not idempotent.

Write the intent, send, record. An intent without a result is reconciled before anything else is written, by reading the
playlist: not earlier than its request's own time-out plus a margin after it was written, because a request that was
given up may still be applied; and once more later, since Spotify gives no bound. Only one `PlaylistEditor` call may run
per playlist at a time: the runners' writers see to that.
Kinds of intents: `add`, `remove` (an undo), `repair` (a duplicate of ours is taken out and put back: two requests).
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from musicsync.errors import (
    NeedsUser,
    Permanent,
    PlaylistNotFoundError,
    RateLimited,
    SpotifyRefused,
    SpotifyUnavailable,
)
from musicsync.mirror import PAGE, Leaners, Mirror, RecentAdds, read_items
from musicsync.model import Add, Added, OutcomeKind, SpotifyTrack
from musicsync.ports import Clock, Engine, IntentLog, SpotifyPort, WriteIntent

_LAG_S = 1.0  # Spotify's items are exact about 0.6 s after a write

_NOT_APPLIED = (RateLimited, Permanent, NeedsUser, SpotifyUnavailable)


class PlaylistEditor:
    """Adds, verifies and removes. `reconcile=False` is for one test only: it shows what reconciling prevents."""

    def __init__(
        self, spotify: SpotifyPort, engine: Engine, intents: IntentLog, clock: Clock, *, margin_s: float = 0.5,
        late_look_s: float = 60.0, reconcile: bool = True, new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:  # fmt: skip
        self._spotify, self._engine, self._intents, self._clock = spotify, engine, intents, clock
        self._margin_s, self._late_look_s, self._reconcile, self._new_id = margin_s, late_look_s, reconcile, new_id
        self._mirrors: dict[str, Mirror] = {}
        self._recent, self._leaners = RecentAdds(), Leaners()
        self._blind: set[str] = set()

    async def add(self, wishes: Sequence[Add]) -> list[Added]:
        """Add to one playlist what is not there, in order, in one request (at most 100 wishes)."""
        playlist_id = wishes[0].playlist_id
        await self.recover(playlist_id)
        mirror = await self._fresh(playlist_id)
        ours = Mirror(self._recent.tracks(playlist_id, self._clock.now()), "", self._engine.recording_key)
        missed = {sync: one for one in await self._intents.late_looks(playlist_id) for sync, _ in one.entries}
        results: list[Added] = []
        new: list[Add] = []
        for wish in wishes:
            there = await self._there(wish, mirror, ours, missed.get(wish.sync_id))
            if there:
                results.append(there)
            elif wish.dry_run:
                results.append(Added(OutcomeKind.WOULD_ADD, wish.track))
            else:
                new.append(wish)
                ours.extend([wish.track])
                results.append(Added(OutcomeKind.ADDED, wish.track))
        if new:
            await self._send(playlist_id, mirror, new)
        for wish, result in zip(wishes, results, strict=True):
            if result.outcome is OutcomeKind.ALREADY_THERE and not wish.dry_run:
                self._leaners.lean(playlist_id, result.track.uri, wish.sync_id)
        return results

    async def _there(self, wish: Add, mirror: Mirror, ours: Mirror, missed: WriteIntent | None) -> Added | None:
        """Why it needs no write: its own earlier add (also one looked for in vain: `missed`), or it is there."""
        if await self._intents.added_by(wish.sync_id):
            return Added(OutcomeKind.ADDED, wish.track)
        if wish.sync_id in self._blind:
            return None
        item = mirror.find(wish.track, self._engine.same_recording)
        if item and missed and (item.uri == wish.track.uri or (item.isrc and item.isrc == wish.track.isrc)):
            await self._intents.settle(missed.id, [(wish.sync_id, item.uri)], late_look_at=missed.late_look_at)
            return Added(OutcomeKind.ADDED, wish.track)
        if item is None:
            item = ours.find(wish.track, self._engine.same_recording)
        return Added(OutcomeKind.ALREADY_THERE, item) if item else None

    async def _send(self, playlist_id: str, mirror: Mirror, new: Sequence[Add]) -> None:
        entries = tuple((wish.sync_id, wish.track.uri) for wish in new)
        intent = await self._begin(playlist_id, entries)
        self._mirrors.pop(playlist_id, None)  # unknown until the answer is here
        try:
            snapshot = await self._spotify.add_items(playlist_id, [uri for _, uri in entries])
        except _NOT_APPLIED:
            await self._intents.settle(intent.id, ())
            self._mirrors[playlist_id] = mirror
            raise
        await self._intents.settle(intent.id, entries)
        mirror.extend(wish.track for wish in new)
        mirror.became(snapshot)
        self._mirrors[playlist_id] = mirror
        self._leaners.added(playlist_id, [uri for _, uri in entries])
        self._blind.difference_update(sync_id for sync_id, _ in entries)
        self._recent.added(playlist_id, (wish.track for wish in new), self._clock.now())

    async def _begin(
        self, playlist_id: str, entries: tuple[tuple[str, str], ...], kind: str = "add", position: int | None = None
    ) -> WriteIntent:
        """Write an intent down. One that took longer than the margin is void: its time would be wrong."""
        while True:
            intent = WriteIntent(self._new_id(), playlist_id, entries, self._clock.now(), kind, position)
            await self._intents.begin(intent)
            if self._clock.now() - intent.written_at <= self._margin_s:
                return intent
            await self._intents.settle(intent.id, ())

    async def contains(self, playlist_id: str, track: SpotifyTrack) -> bool:
        """True when the track (or, relinked, its ISRC) was read back. Reads only the tail that is not confirmed yet."""
        mirror = self._mirrors.get(playlist_id) or await self._read(playlist_id)
        places = mirror.places(track.uri)
        if places and places[0] < mirror.confirmed:
            return True
        if not places:
            mirror = await self._read(playlist_id)
            return bool(mirror.places(track.uri)) or (track.isrc is not None and mirror.has_isrc(track.isrc))
        tail, total = await self._items(playlist_id, mirror.confirmed)
        seen = {item.uri for item in tail if item} | {item.isrc for item in tail if item and item.isrc}
        found = track.uri in seen or track.isrc in seen
        if found and total == len(mirror):
            mirror.confirmed = len(mirror)
        elif found or total > len(mirror) or not self._recent.tracks(playlist_id, self._clock.now(), _LAG_S):
            self._mirrors.pop(playlist_id, None)  # somebody else changed it: read it all next time
        return found

    async def remove(self, sync_id: str, playlist_id: str, track: SpotifyTrack) -> bool:
        """Take out what this sync added. False where that is nothing, or is another's that was told "already there"."""
        await self.recover(playlist_id)
        uri = await self._intents.added_by(sync_id)
        heir = self._leaners.heir(playlist_id, uri, sync_id)
        if uri is None:
            return False
        if heir:
            inherited = await self._begin(playlist_id, ((heir, uri),))
            await self._intents.settle(inherited.id, inherited.entries)
            await self._intents.forget(sync_id)
            return False
        intent = await self._begin(playlist_id, ((sync_id, uri),), "remove")
        self._mirrors.pop(playlist_id, None)  # it may have been changed by others since it was read
        try:
            await self._spotify.remove_items(playlist_id, [uri])
            await self._clock.sleep(_LAG_S)  # a sync of the same song must not still find it there
        except _NOT_APPLIED:
            await self._intents.settle(intent.id, ())
            raise
        await self._intents.settle(intent.id, ())
        await self._intents.forget(sync_id)
        self._recent.removed(playlist_id, uri)
        return True

    async def recover(self, playlist_id: str) -> None:
        """Find out what became of every intent without a result, and take the late looks that are due."""
        for intent in await self._intents.unsettled(playlist_id):
            try:
                await self._look(intent)
            except PlaylistNotFoundError:  # deleted meanwhile: there is nothing left to find out
                await self._intents.settle(intent.id, ())
        for intent in await self._intents.late_looks(playlist_id):
            if self._clock.now() >= intent.late_look_at:
                with contextlib.suppress(PlaylistNotFoundError):
                    for entry in intent.entries:
                        await self._single(playlist_id, entry)
                await self._intents.looked(intent.id)

    async def next_look(self, playlist_id: str) -> float | None:
        """When `recover` has something to do next (epoch seconds), None when nothing is open."""
        now = self._clock.now()
        unsettled = [now + self._wait_s(one) for one in await self._intents.unsettled(playlist_id)]
        late = [one.late_look_at for one in await self._intents.late_looks(playlist_id)]
        return min(unsettled + late, default=None)

    def _wait_s(self, intent: WriteIntent) -> float:
        """Seconds until the intent's requests can neither take effect nor hide it any more. Never longer than from now
        on: the clock may have been set back since."""
        requests = 2 if intent.kind == "repair" else 1
        whole = requests * self._spotify.request_timeout_s + self._margin_s + _LAG_S
        return min(whole, intent.written_at + whole - self._clock.now())

    async def _look(self, intent: WriteIntent) -> None:
        if not self._reconcile:
            await self._intents.settle(intent.id, ())
            self._blind.update(sync_id for sync_id, _ in intent.entries)
            return
        await self._clock.sleep(self._wait_s(intent))
        if intent.kind == "remove":
            await self._intents.settle(intent.id, ())
        elif intent.kind == "repair":
            await self._single(intent.playlist_id, intent.entries[0], put_back_at=intent.position)
            late = self._clock.now() + self._late_look_s
            await self._intents.settle(intent.id, intent.entries, late_look_at=late)
        else:
            await self._look_for(intent)

    async def _look_for(self, intent: WriteIntent) -> None:
        """Settle an add by what the playlist holds. Only what is missing gets a late look: of what is there, its owner
        may have a second one."""
        mirror = await self._read(intent.playlist_id)
        added = [entry for entry in intent.entries if mirror.places(entry[1])]
        missing = tuple(entry for entry in intent.entries if entry not in added)
        late = self._clock.now() + self._late_look_s
        if added and missing:
            part = replace(intent, id=self._new_id(), entries=missing)
            await self._intents.begin(part)
            await self._intents.settle(part.id, (), late_look_at=late)
        await self._intents.settle(intent.id, added, late_look_at=0.0 if added else late)
        self._leaners.added(intent.playlist_id, [uri for _, uri in added])

    async def _single(self, playlist_id: str, entry: tuple[str, str], put_back_at: int | None = None) -> None:
        """Leave one occurrence of the entry's uri: an abandoned request was applied after we had looked. Removing takes
        out all of them, so one is put back where it was, under an intent of its own."""
        mirror, uri = await self._read(playlist_id), entry[1]
        places = mirror.places(uri)
        if len(places) == 1 or (not places and put_back_at is None):
            return
        position = min(places[0] if places else put_back_at or 0, len(mirror) - len(places))
        intent = await self._begin(playlist_id, (entry,), "repair", position)
        self._mirrors.pop(playlist_id, None)
        if places:
            await self._spotify.remove_items(playlist_id, [uri])
        try:
            await self._spotify.add_items(playlist_id, [uri], position=position)
            await self._intents.settle(intent.id, intent.entries)
        except SpotifyRefused:  # it was withdrawn this moment: nobody can put it back, and the others must go on
            await self._intents.settle(intent.id, ())

    async def _fresh(self, playlist_id: str) -> Mirror:
        """The mirror if nobody else has changed the playlist since, else the playlist read again."""
        mirror = self._mirrors.get(playlist_id)
        if mirror is not None:
            playlist = await self._spotify.playlist(playlist_id)
            # a write of ours that came after somebody else's made a snapshot that we know and items that we do not
            if mirror.knows(playlist.snapshot_id) and playlist.total in (0, len(mirror)):
                return mirror
        return await self._read(playlist_id)

    async def _read(self, playlist_id: str) -> Mirror:
        snapshot = (await self._spotify.playlist(playlist_id)).snapshot_id
        items, _ = await self._items(playlist_id, 0)
        mirror = self._mirrors[playlist_id] = Mirror(items, snapshot, self._engine.recording_key)
        return mirror

    async def _items(self, playlist_id: str, offset: int) -> tuple[list[SpotifyTrack | None], int]:
        return await read_items(lambda at: self._spotify.playlist_items(playlist_id, offset=at, limit=PAGE), offset)
