"""`/health`: is the process there, can it take work, and what is it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter, Request, Response

from musicsync.api import schemas
from musicsync.api.context import answer, context_of
from musicsync.api.problems import documented, problem
from musicsync.ports import SIGNED_IN
from musicsync.profiles import label

router = APIRouter(tags=["health"])


def release() -> str:
    """The installed release; `unknown` from a source tree that was never installed."""
    try:
        return version("musicsync-engine")
    except PackageNotFoundError:
        return "unknown"


@router.get(
    "/health/live", response_model=None, summary="Does it answer?",
    responses={200: {"model": schemas.Alive, "description": "It does."}, **documented()},
)  # fmt: skip
async def live(request: Request) -> Response:
    """Alive: it says nothing about what it depends on."""
    return answer(schemas.Alive(status="alive"))


@router.get(
    "/health/ready", response_model=None, summary="Can it take work?",
    responses={200: {"model": schemas.Alive, "description": "It can."}, **documented()},
)  # fmt: skip
async def ready(request: Request) -> Response:
    """200 when a sync would be accepted, else 503 with the reason."""
    reason = await context_of(request).service.ready()
    return problem("unavailable", reason) if reason else answer(schemas.Alive(status="ready"))


@router.get(
    "/health", response_model=None, summary="How is it?",
    responses={200: {"model": schemas.Health, "description": "How the service is."}, **documented()},
)  # fmt: skip
async def health(request: Request) -> Response:
    """Mode, profile, release and readiness; always 200."""
    context = context_of(request)
    reason = await context.service.ready()
    return answer(
        schemas.Health(
            status="degraded" if reason else "ok", ready=reason is None, detail=reason, mode=context.settings.mode,
            profile=label(context.settings.profile_value), version=release(),
        )
    )  # fmt: skip


@router.post(
    "/auth/signed-in", response_model=None, summary="Tell that the Spotify sign-in was renewed",
    responses={200: {"model": schemas.Said, "description": "Waiting syncs go on."}, **documented()},
)  # fmt: skip
async def signed_in(request: Request) -> Response:
    """Wake the syncs that wait for a sign-in; `musicsync auth login` calls it."""
    await context_of(request).service.signal(SIGNED_IN)
    return answer(schemas.Said(message="Syncs that waited for the sign-in go on."))
