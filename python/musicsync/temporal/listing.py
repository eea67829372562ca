"""Syncs, newest first, out of a server that lists workflows in an order of its own (open ones, then by their end).

Windows of time are read one after the other, from the newest back, each ten times as long as the one before: a page
costs a few calls however long the list is, and no more than what began in the windows that it needs.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import AsyncIterator

from temporalio.client import Client

from musicsync.errors import Permanent
from musicsync.ports import SyncFilter, SyncView
from musicsync.temporal.views import matches, view_of, visibility

_FIRST_WINDOW_S = 600.0
_WIDER = 10
_WINDOWS = 6
"""The last one has no beginning."""

Place = tuple[float, str]
"""When a sync began and its id: pages go down this order."""


def place(view: SyncView) -> Place:
    """Where a sync stands in the list."""
    return view.started_at, view.workflow_id


def cursor_of(at: Place) -> str:
    """A page's end as a text."""
    return base64.urlsafe_b64encode(json.dumps(at).encode()).decode()


def place_of(cursor: str) -> Place:
    """What `cursor_of` wrote; raises `Permanent` for anything else."""
    try:
        started_at, sync_id = json.loads(base64.urlsafe_b64decode(cursor))
        at = float(started_at), str(sync_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise Permanent("the cursor is none that was given out") from error
    if not math.isfinite(at[0]) or not 0 <= at[0] < 1e11:
        raise Permanent("the cursor is none that was given out")
    return at


async def newest_first(client: Client, query: SyncFilter, now: float) -> AsyncIterator[SyncView]:
    """What the filter wants, after its cursor. Outcomes and a worker's word are left out: see `views.view_of`."""
    after = place_of(query.cursor) if query.cursor else None
    bounds = [one for one in (query.until, after[0] if after else None) if one is not None]
    until, before = min(bounds, default=None), None
    start, length = min([now, *bounds]), _FIRST_WINDOW_S
    for window in range(_WINDOWS):
        since: float | None = start - length if window < _WINDOWS - 1 else None
        if since is None or (query.since is not None and query.since >= since):
            since = query.since
        for view in await _window(client, query, since, until, before):
            if after is None or place(view) < after:
                yield view
        if since == query.since:
            return
        until, before, length = None, since, length * _WIDER


async def _window(client: Client, query: SyncFilter, *bounds: float | None) -> list[SyncView]:
    views: list[SyncView] = []
    async for execution in client.list_workflows(visibility(query, *bounds)):
        memo = await execution.memo()
        view = view_of(execution, memo)
        if matches(view, memo, query):
            views.append(view)
    return sorted(views, key=place, reverse=True)
