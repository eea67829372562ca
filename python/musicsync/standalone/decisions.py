"""The recorded match decisions of a journal, read beside a running service: the file is opened for reading only."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from musicsync import codec
from musicsync.errors import StorageUnavailable
from musicsync.model import MatchDecision, Song, SyncRequest
from musicsync.steps import FUZZY_MATCH

_LAST = """
SELECT syncs.request, attempts.result FROM attempts JOIN syncs ON syncs.id = attempts.sync_id
WHERE attempts.step = ? AND attempts.result IS NOT NULL AND syncs.started_at >= ? AND attempts.seq = (
    SELECT max(seq) FROM attempts AS later
    WHERE later.sync_id = attempts.sync_id AND later.step = attempts.step AND later.result IS NOT NULL
) ORDER BY syncs.started_at, syncs.id
"""


def stored_decisions(path: Path, since: float) -> list[tuple[Song, float | None, MatchDecision]]:
    """Song, the request's own threshold and the last decision of every sync that started at `since` (epoch seconds) or
    later and had candidates. Raises `StorageUnavailable`."""
    if not path.is_file():
        raise StorageUnavailable(f"{path} does not exist: no sync has run in this data folder in standalone mode")
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10.0)) as db:
            rows = db.execute(_LAST, (FUZZY_MATCH.name, since)).fetchall()
    except sqlite3.Error as error:
        raise StorageUnavailable(f"{path.name} cannot be read: {error}") from error
    found = [(codec.loads(SyncRequest, request), codec.loads(MatchDecision, result)) for request, result in rows]
    return [(asked.song, asked.match_threshold, one) for asked, one in found if one.candidates]
