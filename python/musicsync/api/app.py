"""Builds the API: routes, guard, problem documents and OpenAPI."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from musicsync.api import PREFIX, health, problems, reviews, syncs
from musicsync.api import catalogue as catalogues
from musicsync.api.context import Context
from musicsync.api.guard import Guard
from musicsync.catalogue import Catalogue
from musicsync.errors import MusicSyncError
from musicsync.ports import Engine, Store, SyncService
from musicsync.settings import Settings

_log = structlog.get_logger(__name__)
_NOTHING_HERE = f"there is nothing at this address: the API is under {PREFIX}, its description at /openapi.json"
_DESCRIPTION = (
    "Put the same recording into a Spotify playlist, once. "
    "Errors are RFC 9457 problem documents with a `type` that never changes its meaning."
)


def create_app(
    service: SyncService,
    store: Store,
    engine: Engine,
    settings: Settings,
    *,
    local_token: str | None = None,
    on_shutdown: Callable[[], Awaitable[None]] | None = None,
    now: Callable[[], float] = time.time,
    catalogue: Catalogue | None = None,
) -> FastAPI:
    """The ASGI app over a service that has started.

    With `settings.api_token` every call needs it, or `local_token` (the one of the address file). Raises
    `SettingsError` where `settings.host` is not loopback and there is no token.
    """
    settings.check_exposed(settings.host)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        if on_shutdown:
            await on_shutdown()

    app = FastAPI(
        title="musicsync", version=health.release(), description=_DESCRIPTION, docs_url=None, redoc_url=None,
        lifespan=lifespan,
    )  # fmt: skip
    app.state.context = Context(service, store, engine, settings, now, catalogue)
    for module in (syncs, reviews, catalogues, health):
        app.include_router(module.router, prefix=PREFIX)
    app.include_router(health.router, include_in_schema=False)
    _handle_errors(app)
    token = settings.api_token.get_secret_value() if settings.api_token else None
    tokens = [one for one in (token, local_token) if one] if token else []
    app.add_middleware(Guard, tokens=tokens, settings=settings)
    app.openapi = lambda: _openapi(app, secured=bool(tokens))  # type: ignore[method-assign]
    return app


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(MusicSyncError)
    async def known(request: Request, error: MusicSyncError) -> Response:
        return problems.from_error(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problems.from_validation(error.errors())

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_methods(app, request.url.path))
        detail = _NOTHING_HERE if error.status_code == 404 else str(error.detail)
        if error.status_code == 405:
            detail = f"{request.method} is not for this address: it takes {headers['Allow']}"
        return problems.from_status(error.status_code, detail, headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        _log.error("unexpected error in the API", path=request.url.path, exc_info=error)
        return problems.problem("internal", "something went wrong inside musicsync; its log says what")


def _methods(app: FastAPI, path: str) -> list[str]:
    """The methods of every route of `path`: the framework names only those of the first."""
    routes = (route for route in iter_route_contexts(app.routes) if compile_path(route.path or "")[0].match(path))
    return sorted({method for route in routes for method in route.methods or ()})


def _openapi(app: FastAPI, *, secured: bool) -> dict[str, Any]:
    """FastAPI's document, with the problem schema and, where a token is asked for, the security scheme."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes,
            separate_input_output_schemas=False,
        )  # fmt: skip
        schema = TypeAdapter(problems.Problem).json_schema(ref_template="#/components/schemas/{model}")
        components = document.setdefault("components", {})
        components.setdefault("schemas", {}).update(schema.pop("$defs", {}))
        components["schemas"]["Problem"] = schema
        if secured:
            components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
            document["security"] = [{"bearer": []}]
        app.openapi_schema = document
    return app.openapi_schema
