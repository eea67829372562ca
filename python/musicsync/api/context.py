"""What every route may use, and the two ways a route answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, cast

import orjson
from fastapi import Path, Request, Response

from musicsync.api import PREFIX
from musicsync.catalogue import Catalogue
from musicsync.ports import Engine, Store, SyncService
from musicsync.settings import Settings

SyncId = Annotated[
    str,
    Path(
        alias="id", description="The sync's `workflow_id`.", json_schema_extra={"pattern": r"^[0-9A-Za-z_.:-]{1,200}$"}
    ),
]


@dataclass(frozen=True, slots=True)
class Context:
    """The parts behind the API, and the clock for ages and times."""

    service: SyncService
    store: Store
    engine: Engine
    settings: Settings
    now: Callable[[], float]
    catalogue: Catalogue | None = None


def context_of(request: Request) -> Context:
    """The context of the app that serves `request`."""
    return cast(Context, request.app.state.context)


def answer(body: Any, status: int = 200) -> Response:
    """JSON by orjson, without a second validation of what we built ourselves."""
    return Response(orjson.dumps(body), status, media_type="application/json")


def urls(request: Request, workflow_id: str) -> tuple[str, str]:
    """The status's and the review's address, as the caller can reach them."""
    base = f"{request.url.scheme}://{request.url.netloc}{PREFIX}"
    return f"{base}/sync/{workflow_id}", f"{base}/review/{workflow_id}"
