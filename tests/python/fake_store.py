"""The store and the intent log in memory: what they promise, without a disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from musicsync.model import ReviewAnswer
from musicsync.ports import Correction, ReviewEntry, WriteIntent


class MemoryStore:
    """Corrections and reviews in dictionaries."""

    def __init__(self) -> None:
        self.corrections: dict[tuple[str, str], Correction] = {}
        self.entries: dict[str, ReviewEntry] = {}

    async def recall(self, user_id: str, keys: Sequence[str]) -> Correction | None:
        """The correction of the first key that has one."""
        return next((self.corrections[user_id, key] for key in keys if (user_id, key) in self.corrections), None)

    async def remember(self, user_id: str, keys: Sequence[str], correction: Correction) -> None:
        """Under every key."""
        self.corrections.update({(user_id, key): correction for key in keys})

    async def open_review(self, entry: ReviewEntry) -> None:
        """Idempotent: an entry that exists stays."""
        self.entries.setdefault(entry.sync_id, entry)

    async def close_review(self, sync_id: str, answer: ReviewAnswer | None) -> None:
        """Idempotent; an unknown id is no error."""
        if sync_id in self.entries:
            self.entries[sync_id] = replace(self.entries[sync_id], answer=answer, closed=True)

    async def review(self, sync_id: str) -> ReviewEntry | None:
        """One entry."""
        return self.entries.get(sync_id)

    async def reviews(self, user_id: str | None = None, *, open_only: bool = True) -> tuple[ReviewEntry, ...]:
        """Oldest first."""
        wanted = (one for one in self.entries.values() if user_id in (None, one.user_id))
        return tuple(one for one in wanted if not (open_only and one.closed))


class MemoryIntents:
    """An intent log that dies with the process."""

    def __init__(self) -> None:
        self.open: dict[str, WriteIntent] = {}
        self.late: dict[str, WriteIntent] = {}
        self.added: dict[str, str] = {}

    async def begin(self, intent: WriteIntent) -> None:
        """Write it down."""
        self.open[intent.id] = intent

    async def settle(self, intent_id: str, added: Sequence[tuple[str, str]], *, late_look_at: float = 0.0) -> None:
        """Exactly `added` took effect."""
        intent = self.open.pop(intent_id, None)
        self.added.update(dict(added))
        if intent and late_look_at:
            self.late[intent_id] = replace(intent, late_look_at=late_look_at)

    async def unsettled(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Oldest first."""
        return tuple(one for one in self.open.values() if playlist_id in (None, one.playlist_id))

    async def late_looks(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Those that wait for their second look."""
        return tuple(one for one in self.late.values() if playlist_id in (None, one.playlist_id))

    async def looked(self, intent_id: str) -> None:
        """Done."""
        self.late.pop(intent_id, None)

    async def added_by(self, sync_id: str) -> str | None:
        """The uri this sync added."""
        return self.added.get(sync_id)

    async def forget(self, sync_id: str) -> None:
        """Its add was undone."""
        self.added.pop(sync_id, None)
