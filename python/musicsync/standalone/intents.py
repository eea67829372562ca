"""The journal's record of playlist writes. Open intents are kept in memory as well: every add asks for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from musicsync import codec
from musicsync.errors import StorageUnavailable
from musicsync.ports import WriteIntent

if TYPE_CHECKING:
    from musicsync.standalone.journal import Journal


class JournalIntents:
    """`ports.IntentLog` over the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._open: dict[str, WriteIntent] = {}
        self._late: dict[str, WriteIntent] = {}

    def load(self) -> None:
        """Read what an earlier process left open."""
        rows = self._journal.read(
            "SELECT intent, settled, late_look_at FROM intents WHERE settled = 0 OR late_look_at > 0"
            " ORDER BY written_at"
        )
        for body, settled, late_look_at in rows:
            intent = codec.loads(WriteIntent, body)
            if settled:
                self._late[intent.id] = replace(intent, late_look_at=late_look_at)
            else:
                self._open[intent.id] = intent

    def playlists(self) -> set[str]:
        """Playlists with something to recover."""
        return {one.playlist_id for one in (*self._open.values(), *self._late.values())}

    async def begin(self, intent: WriteIntent) -> None:
        """Durable before anything is sent."""
        row = (intent.id, intent.playlist_id, intent.written_at, codec.dumps(intent))
        self._open[intent.id] = intent  # at once: a caller that is cancelled meanwhile leaves it to be reconciled
        try:
            await self._journal.execute(
                "INSERT INTO intents (id, playlist_id, written_at, intent) VALUES (?, ?, ?, ?)", row
            )
        except StorageUnavailable:
            del self._open[intent.id]
            raise

    async def settle(self, intent_id: str, added: Sequence[tuple[str, str]], *, late_look_at: float = 0.0) -> None:
        """Durable before the result is told. A settled intent that needs no second look is of no more use."""

        def job(db: sqlite3.Connection) -> None:
            if late_look_at > 0:
                db.execute("UPDATE intents SET settled = 1, late_look_at = ? WHERE id = ?", (late_look_at, intent_id))
            else:
                db.execute("DELETE FROM intents WHERE id = ?", (intent_id,))
            db.executemany("INSERT OR REPLACE INTO added VALUES (?, ?)", added)

        await self._journal.write(job)
        intent = self._open.pop(intent_id, None)
        if intent and late_look_at > 0:
            self._late[intent_id] = replace(intent, late_look_at=late_look_at)

    async def unsettled(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Oldest first."""
        return tuple(one for one in self._open.values() if playlist_id in (None, one.playlist_id))

    async def late_looks(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Settled ones that wait for their second look."""
        return tuple(one for one in self._late.values() if playlist_id in (None, one.playlist_id))

    async def looked(self, intent_id: str) -> None:
        """The second look is done."""
        await self._journal.execute("DELETE FROM intents WHERE id = ?", (intent_id,))
        self._late.pop(intent_id, None)

    async def added_by(self, sync_id: str) -> str | None:
        """The uri that this sync added."""
        rows = self._journal.read("SELECT uri FROM added WHERE sync_id = ?", (sync_id,))
        return rows[0][0] if rows else None

    async def forget(self, sync_id: str) -> None:
        """Its add was undone."""
        await self._journal.execute("DELETE FROM added WHERE sync_id = ?", (sync_id,))
