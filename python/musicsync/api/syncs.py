"""`/sync`: accept, look, list, follow, cancel."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BeforeValidator

from musicsync.api import bodies, schemas
from musicsync.api.context import SyncId, answer, context_of, urls
from musicsync.api.problems import FieldProblem, documented, problem
from musicsync.api.requests import SyncBody, epoch, iso
from musicsync.errors import NotCancellable, Permanent, SyncNotFound
from musicsync.model import MatchMethod, Status
from musicsync.ports import SyncFilter, SyncView

router = APIRouter(tags=["syncs"])
_KEEP_ALIVE_S = 15.0
_ID = re.compile(r"[0-9A-Za-z_.:-]{1,200}")

Wait = Annotated[
    float | None,
    Query(ge=0, le=60, allow_inf_nan=False, description="Seconds to wait for the end (or for a question to a person)."),
]
_Text = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="Equal without regard to case.")]
_Time = Annotated[datetime | None, BeforeValidator(iso), Query(description="ISO 8601; without a zone: UTC.")]
_Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", max_length=255, pattern=r"^[!-~]([ -~]*[!-~])?$",
        description="Names this request: sent again, it is the same sync. Derived from the request where absent.",
    ),
]  # fmt: skip


def known(workflow_id: str) -> str:
    """The id, or 404 for a text that can be none."""
    if not _ID.fullmatch(workflow_id):
        raise SyncNotFound("there is no sync of that id")
    return workflow_id


def settled(view: SyncView) -> bool:
    """True when nothing more happens without a person."""
    return not view.status.is_open or view.status is Status.WAITING_FOR_REVIEW


@router.post(
    "/sync", status_code=202, response_model=None, summary="Put a song into a playlist",
    responses={
        200: {"model": schemas.Finished, "description": "It ended, or asks a person, within `wait`."},
        202: {"model": schemas.Accepted, "description": "Accepted: it will be done, also after a crash."},
        **documented(400, 408, 409, 413),
    },
)  # fmt: skip
async def start(request: Request, body: SyncBody, wait: Wait = None, key: _Key = None) -> Response:
    """Accept a song durably; with `wait`, answer with the result when it comes in time."""
    context = context_of(request)
    started = await context.service.start(body.request(context.settings), key)
    view = started.view
    status_url, review_url = urls(request, view.workflow_id)
    if wait is not None:
        view = await context.service.wait(view.workflow_id, wait)
        if settled(view):
            return answer(bodies.finished(view, context.now(), status_url, review_url))
    return answer(bodies.accepted(view, status_url, review_url), 202)


@router.get(
    "/sync", response_model=None, summary="Find syncs",
    responses={200: {"model": schemas.SyncList, "description": "Newest first."}, **documented(404)},
)  # fmt: skip
async def find(
    request: Request, user_id: _Text = None, playlist_id: _Text = None, track_name: _Text = None,
    artist: _Text = None, status: Annotated[Status | None, Query()] = None,
    match_method: Annotated[MatchMethod | None, Query()] = None, since: _Time = None, until: _Time = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=500, description="`cursor` of the page before.")] = None,
) -> Response:  # fmt: skip
    """The syncs that match every filter given."""
    context = context_of(request)
    query = SyncFilter(
        user_id, playlist_id, track_name, artist, status, match_method, epoch(since), epoch(until), limit, cursor
    )
    try:
        page = await context.service.find(query)
    except Permanent:
        if cursor is None:
            raise
        detail = "is none that this service gave out"
        return problem("not-found", f"cursor: {detail}", fields=[FieldProblem(field="cursor", message=detail)])
    now = context.now()
    return answer(schemas.SyncList(syncs=[bodies.sync_status(one, now) for one in page.syncs], cursor=page.cursor))


@router.get(
    "/sync/{id}", response_model=None, summary="Where a sync stands",
    responses={200: {"model": schemas.SyncStatus, "description": "The sync."}, **documented(404)},
)  # fmt: skip
async def status(request: Request, workflow_id: SyncId) -> Response:
    """Status, progress and, once it ended, the result."""
    context = context_of(request)
    return answer(bodies.sync_status(await context.service.view(known(workflow_id)), context.now()))


@router.get(
    "/sync/{id}/history", response_model=None, summary="Every step of a sync",
    responses={200: {"model": schemas.History, "description": "In order."}, **documented(404)},
)  # fmt: skip
async def history(request: Request, workflow_id: SyncId) -> Response:
    """Every attempt of every step, with what it decided and which versions decided."""
    entries = await context_of(request).service.history(known(workflow_id))
    return answer(bodies.history(workflow_id, entries))


@router.get(
    "/sync/{id}/events", response_model=None, summary="Follow a sync",
    responses={
        200: {
            "description": "Server-sent events `sync`, each with the body of `GET /sync/{id}`, until it has ended.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **documented(404),
    },
)  # fmt: skip
async def events(request: Request, workflow_id: SyncId) -> Response:
    """The status at once and after every change."""
    context = context_of(request)
    await context.service.view(known(workflow_id))
    frames = _frames(context.service.events(workflow_id), context.now)
    return StreamingResponse(frames, media_type="text/event-stream")


async def _frames(views: AsyncIterator[SyncView], now: Callable[[], float]) -> AsyncIterator[bytes]:
    number = 0
    following = asyncio.ensure_future(anext(views, None))
    try:
        while True:
            await asyncio.wait({following}, timeout=_KEEP_ALIVE_S)
            if not following.done():
                yield b": still here\n\n"
                continue
            view = following.result()
            if view is None:
                return
            number += 1
            yield b"id: %d\nevent: sync\ndata: %s\n\n" % (number, orjson.dumps(bodies.sync_status(view, now())))
            following = asyncio.ensure_future(anext(views, None))
    finally:
        following.cancel()


@router.post(
    "/sync/{id}/cancel", response_model=None, summary="Stop a sync and undo what it did",
    responses={200: {"model": schemas.Cancellation, "description": "It has stopped."}, **documented(404, 409)},
)  # fmt: skip
async def cancel(request: Request, workflow_id: SyncId) -> Response:
    """Stop it; a track that it added is taken out again. 409 where it had ended in another way."""
    service = context_of(request).service
    try:
        view = await service.cancel(known(workflow_id))
    except NotCancellable:
        view = await service.view(workflow_id)
        if view.status not in (Status.COMPLETED, Status.CANCELLED):
            raise
    return answer(bodies.cancellation(view))


@router.get(
    "/sync/{id}/cancellable", response_model=None, summary="Would a cancellation do something?",
    responses={200: {"model": schemas.CanCancel, "description": "What a cancellation would do."}, **documented(404)},
)  # fmt: skip
async def cancellable(request: Request, workflow_id: SyncId) -> Response:
    """Whether it can be cancelled, and whether a track would be taken out again."""
    found = await context_of(request).service.cancellable(known(workflow_id))
    return answer(
        schemas.CanCancel(can_cancel=found.can_cancel, will_compensate=found.will_compensate, current_step=found.stage)
    )
