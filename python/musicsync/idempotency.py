"""One key, one sync: how the key is derived where the caller sends none, and what a workflow is called."""

from __future__ import annotations

import hashlib
import json
import unicodedata

from musicsync.model import SyncRequest

REUSE_S = 600.0
"""A derived key names the same sync while it is open and this long after it ended well."""


def _plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def fingerprint(request: SyncRequest) -> str:
    """Equal for two requests that ask for the same thing of the same playlist."""
    song = request.song
    return _digest([
        request.user_id, request.playlist.strip(), _plain(song.title), _plain(song.artist), _plain(song.album),
        song.duration_ms, _plain(song.isrc), request.match_threshold, request.use_ai, request.dry_run,
    ])  # fmt: skip


def workflow_id(request: SyncRequest, key: str | None) -> str:
    """The id of the sync: from the caller's key and user, else from the fingerprint."""
    return "sync-" + _digest([request.user_id, "key" if key else "derived", key or fingerprint(request)])[:24]
