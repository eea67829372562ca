"""What outlives the process: playlists and sign-ins, in one SQLite file that one emulator at a time may have open."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_VERSION = 1
_SCHEMA = """
CREATE TABLE playlists (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, public INTEGER NOT NULL,
    collaborative INTEGER NOT NULL, owner TEXT NOT NULL, version INTEGER NOT NULL
);
CREATE TABLE items (
    playlist TEXT NOT NULL REFERENCES playlists (id), place INTEGER NOT NULL, uri TEXT NOT NULL,
    added_at TEXT NOT NULL, added_by TEXT NOT NULL, PRIMARY KEY (playlist, place)
) WITHOUT ROWID;
CREATE TABLE codes (
    code TEXT PRIMARY KEY, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL,
    scope TEXT NOT NULL, user TEXT NOT NULL, expires_at REAL NOT NULL
);
CREATE TABLE refresh_tokens (
    token TEXT PRIMARY KEY, client_id TEXT NOT NULL, scope TEXT NOT NULL, user TEXT NOT NULL, consented_at REAL NOT NULL
);
CREATE TABLE access_tokens (
    token TEXT PRIMARY KEY, client_id TEXT NOT NULL, scope TEXT NOT NULL, user TEXT NOT NULL, expires_at REAL NOT NULL
);
"""


class StoreError(RuntimeError):
    """The data directory cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a playlist. `added_at` is a UTC time such as 2026-11-21T03:00:00Z."""

    uri: str
    added_at: str
    added_by: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A playlist without its entries."""

    id: str
    name: str
    owner: str
    description: str = ""
    public: bool = True
    collaborative: bool = False


class Store:
    """One connection, used from one thread. A write is a transaction; a process killed at any point loses none that
    had returned."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "emulator.db"
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(self._path, isolation_level=None, timeout=0, check_same_thread=False)
            self._open()
        except (OSError, sqlite3.Error) as error:
            hint = " (is another emulator using it?)" if "locked" in str(error) else ""
            raise StoreError(f"{self._path}: {error}{hint}") from error

    def _open(self) -> None:
        self.connection.executescript(
            "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        )
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            mark = f"PRAGMA application_id={secrets.randbits(31)}; PRAGMA user_version={_VERSION};"
            self.connection.executescript(f"BEGIN; {_SCHEMA} {mark} COMMIT;")
        elif version != _VERSION:
            raise StoreError(f"{self._path}: written by another release (format {version}, this one has {_VERSION})")
        with self.transaction():  # takes the lock: a second emulator fails here, not at its first write
            self.connection.execute("DELETE FROM codes WHERE expires_at < unixepoch()")

    @property
    def mark(self) -> int:
        """A number that is this file's alone: names of states differ where it does."""
        return int(self.connection.execute("PRAGMA application_id").fetchone()[0])

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block's statements or none of them."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def playlists(self) -> list[tuple[Facts, int, tuple[Entry, ...]]]:
        """Every playlist with its version and entries, oldest first."""
        rows = self.connection.execute(
            "SELECT id, name, owner, description, public, collaborative, version FROM playlists ORDER BY rowid"
        ).fetchall()
        return [
            (Facts(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5])), row[6], self._entries(row[0]))
            for row in rows
        ]

    def _entries(self, playlist_id: str) -> tuple[Entry, ...]:
        rows = self.connection.execute(
            "SELECT uri, added_at, added_by FROM items WHERE playlist = ? ORDER BY place", (playlist_id,)
        )
        return tuple(Entry(*row) for row in rows)

    def create(self, facts: Facts) -> None:
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO playlists (id, name, owner, description, public, collaborative, version)"
                " VALUES (?, ?, ?, ?, ?, ?, 1)",
                (facts.id, facts.name, facts.owner, facts.description, facts.public, facts.collaborative),
            )

    def append(self, playlist_id: str, version: int, place: int, entries: Sequence[Entry]) -> None:
        """Add entries from `place` (the playlist's length) on."""
        with self.transaction() as connection:
            self._write(connection, playlist_id, version, place, entries)

    def rewrite(self, playlist_id: str, version: int, entries: Sequence[Entry]) -> None:
        """Put these entries in place of all others."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM items WHERE playlist = ?", (playlist_id,))
            self._write(connection, playlist_id, version, 0, entries)

    def _write(
        self, connection: sqlite3.Connection, playlist_id: str, version: int, place: int, entries: Sequence[Entry]
    ) -> None:
        connection.executemany(
            "INSERT INTO items (playlist, place, uri, added_at, added_by) VALUES (?, ?, ?, ?, ?)",
            ((playlist_id, place + n, one.uri, one.added_at, one.added_by) for n, one in enumerate(entries)),
        )
        connection.execute("UPDATE playlists SET version = ? WHERE id = ?", (version, playlist_id))
