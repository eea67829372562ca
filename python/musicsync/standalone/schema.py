"""The tables of the journal, and how an older file becomes this release's."""

from __future__ import annotations

import sqlite3

from musicsync.errors import Permanent

_VERSION_1 = """
CREATE TABLE syncs (
    id TEXT PRIMARY KEY, base_id TEXT NOT NULL, run INTEGER NOT NULL, fingerprint TEXT NOT NULL, request BLOB NOT NULL,
    user_id TEXT NOT NULL, playlist TEXT NOT NULL, playlist_id TEXT NOT NULL, track_key TEXT NOT NULL,
    artist_key TEXT NOT NULL, status TEXT NOT NULL, stage TEXT NOT NULL, started_at REAL NOT NULL, ended_at REAL,
    outcome BLOB, match_method TEXT NOT NULL DEFAULT '', match_strategy TEXT NOT NULL DEFAULT '',
    steps_completed INTEGER NOT NULL DEFAULT 0, candidates_found INTEGER NOT NULL DEFAULT 0,
    retry_count INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX syncs_by_base ON syncs (base_id, run);
CREATE INDEX syncs_by_start ON syncs (started_at, id);
CREATE INDEX syncs_open ON syncs (started_at) WHERE ended_at IS NULL;
CREATE TABLE attempts (
    sync_id TEXT NOT NULL, seq INTEGER NOT NULL, attempt INTEGER NOT NULL, step TEXT NOT NULL, started_at REAL NOT NULL,
    ended_at REAL, error_type TEXT, error TEXT, next_at REAL, result BLOB, PRIMARY KEY (sync_id, seq, attempt)
) WITHOUT ROWID;
CREATE TABLE timers (sync_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, deferred BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE signals (
    sync_id TEXT NOT NULL, kind TEXT NOT NULL, at REAL NOT NULL, body BLOB, PRIMARY KEY (sync_id, kind)
) WITHOUT ROWID;
CREATE TABLE intents (
    id TEXT PRIMARY KEY, playlist_id TEXT NOT NULL, written_at REAL NOT NULL, intent BLOB NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0, late_look_at REAL NOT NULL DEFAULT 0
);
CREATE INDEX intents_open ON intents (playlist_id, written_at) WHERE settled = 0 OR late_look_at > 0;
CREATE TABLE added (sync_id TEXT PRIMARY KEY, uri TEXT NOT NULL) WITHOUT ROWID;
"""

_MIGRATIONS = (_VERSION_1,)
"""Script n leads from schema version n to n + 1. Released scripts never change."""


def migrate(db: sqlite3.Connection, name: str) -> None:
    """Bring the file to this release's schema. Raises `Permanent` for a file of a newer release."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(_MIGRATIONS):
        raise Permanent(
            f"{name} was written by a newer musicsync (journal schema {version}; this one knows {len(_MIGRATIONS)})"
        )
    for number in range(version, len(_MIGRATIONS)):
        db.executescript(f"BEGIN IMMEDIATE; {_MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;")
