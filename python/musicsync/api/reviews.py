"""`/review` and `/match`: what a person decides, and what the engine would."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from musicsync.api import bodies, schemas
from musicsync.api.catalogue import NO_CATALOGUE
from musicsync.api.context import SyncId, answer, context_of, urls
from musicsync.api.problems import documented, problem
from musicsync.api.requests import MatchBody, ReviewBody, place_id
from musicsync.api.syncs import Wait, known
from musicsync.catalogue import as_track
from musicsync.errors import SyncNotFound
from musicsync.model import ReviewAnswer, SpotifyTrack, Status
from musicsync.ports import SyncService, SyncView

router = APIRouter(tags=["decisions"])
_TAKEN_S = 1.0


@router.get(
    "/review", response_model=None, summary="What waits for a person",
    responses={200: {"model": schemas.ReviewList, "description": "Oldest first."}, **documented()},
)  # fmt: skip
async def queue(
    request: Request,
    user_id: Annotated[
        str | None, Query(max_length=100, pattern=r"^[^\x00]*$", description="Only this user's.")
    ] = None,
) -> Response:
    """The open questions, each with its candidates."""
    entries = await context_of(request).store.reviews(user_id)
    return answer(schemas.ReviewList(total=len(entries), entries=[bodies.review(one) for one in entries]))


@router.get(
    "/review/{id}", response_model=None, summary="One question",
    responses={200: {"model": schemas.ReviewQuestion, "description": "The question."}, **documented(404)},
)  # fmt: skip
async def question(request: Request, workflow_id: SyncId) -> Response:
    """The question of a sync, open or answered. 404 where it never asked."""
    entry = await context_of(request).store.review(known(workflow_id))
    if entry is None:
        raise SyncNotFound(f"there is no question of a sync {workflow_id}")
    return answer(bodies.review(entry))


@router.post(
    "/review/{id}", response_model=None, summary="Answer a question",
    responses={
        200: {"model": schemas.Finished, "description": "The answer is taken; the sync goes on."},
        **documented(400, 404, 408, 409, 413),
    },
)  # fmt: skip
async def decide(request: Request, workflow_id: SyncId, body: ReviewBody, wait: Wait = None) -> Response:
    """Choose a candidate, none of them, or say that Spotify does not have the song. The answer is remembered."""
    context = context_of(request)
    choice = ReviewAnswer(body.choice, body.answered_by or "api", context.now())
    view = await context.service.answer_review(known(workflow_id), choice)
    view = await _gone_on(context.service, view, wait)
    found = bodies.finished(view, context.now(), *urls(request, workflow_id))
    if view.status is Status.WAITING_FOR_REVIEW:  # nobody has acted on the answer yet: do not ask once more
        found["message"] = f"Your answer for {bodies.named(view)} is taken."
    return answer(found)


async def _gone_on(service: SyncService, view: SyncView, wait: float | None) -> SyncView:
    """The view when the sync has ended or `wait` is over; without `wait`, once it has left its question behind."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_TAKEN_S if wait is None else wait):
            changes = service.events(view.workflow_id)
            async for view in changes:
                if not view.status.is_open or (wait is None and view.status is not Status.WAITING_FOR_REVIEW):
                    break
    return view


@router.post(
    "/match", response_model=None, summary="Is one of these, or of the local catalogue, the same recording?",
    responses={
        200: {"model": schemas.MatchAnswer, "description": "The candidates, best first."},
        **documented(400, 404, 408, 413),
    },
)  # fmt: skip
async def match(request: Request, body: MatchBody) -> Response:
    """Rank candidates for a song as a sync would, and say what it would decide; without candidates, those of the local
    catalogue. Changes nothing. 404 where there is neither."""
    context = context_of(request)
    song, profile = body.song(), body.profile or context.settings.profile_value
    places: dict[int, tuple[SpotifyTrack, str | None]]
    if body.candidates is not None:
        places = {n: (one.track(n), None) for n, one in enumerate(body.candidates)}
    elif context.catalogue is not None:
        hits = await context.catalogue.candidates(song, profile)
        places = {one.position: (as_track(one, place_id(one.position)), one.id or None) for one in hits}
    else:
        return problem("not-found", f"`candidates` is missing, and {NO_CATALOGUE}")
    decision = await context.engine.decide(song, [track for track, _ in places.values()], profile, body.match_threshold)
    return answer(bodies.match(decision, {track.uri: (place, known) for place, (track, known) in places.items()}))
