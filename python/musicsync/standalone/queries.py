"""Find syncs in the journal."""

from __future__ import annotations

import base64
import binascii
import json

from musicsync.errors import Permanent
from musicsync.ports import SyncFilter, SyncPage
from musicsync.standalone.journal import Journal
from musicsync.standalone.records import VIEW_COLUMNS, view_of

_MOST = 500


async def find(journal: Journal, query: SyncFilter) -> SyncPage:
    """A page, newest first. Raises `Permanent` for a cursor that is none."""
    where: list[str] = []
    values: list[object] = []
    for sql, value in (
        ("user_id = ?", query.user_id),
        ("track_key = ?", query.track_name and query.track_name.casefold()),
        ("artist_key = ?", query.artist and query.artist.casefold()),
        ("status = ?", query.status and query.status.casefold()),
        ("match_method = ?", query.match_method and query.match_method.casefold()),
        ("started_at >= ?", query.since),
        ("started_at <= ?", query.until),
    ):
        if value is not None:
            where.append(sql)
            values.append(value)
    if query.playlist_id is not None:
        where.append("? IN (playlist, playlist_id)")
        values.append(query.playlist_id)
    if query.cursor:
        where.append("(started_at, id) < (?, ?)")
        values += _from_cursor(query.cursor)
    limit = max(1, min(query.limit, _MOST))
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    sql = f"SELECT {VIEW_COLUMNS} FROM syncs{condition} ORDER BY started_at DESC, id DESC LIMIT {limit + 1}"
    rows = await journal.read_aside(sql, values)
    views = tuple(view_of(row) for row in rows[:limit])
    more = len(rows) > limit
    return SyncPage(views, _cursor(views[-1].started_at, views[-1].workflow_id) if more else None)


def _cursor(started_at: float, sync_id: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([started_at, sync_id]).encode()).decode()


def _from_cursor(text: str) -> tuple[float, str]:
    try:
        started_at, sync_id = json.loads(base64.urlsafe_b64decode(text))
        return float(started_at), str(sync_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise Permanent("the cursor is none that was given out") from error
