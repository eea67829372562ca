"""`/catalogue`: what the local catalogue holds, and searches of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from musicsync.api import schemas
from musicsync.api.context import answer, context_of
from musicsync.api.problems import documented, problem
from musicsync.api.requests import ISRC, TEXT
from musicsync.catalogue import CatalogueQuery
from musicsync.model import Song

router = APIRouter(tags=["catalogue"])
NO_CATALOGUE = (
    "this server has no catalogue: set MUSICSYNC_CATALOGUE to a file that `musicsync catalogue build` made, and start "
    "it again"
)
_Text = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
_Year = Annotated[int | None, Query(ge=1, le=9999)]


@router.get(
    "/catalogue", response_model=None, summary="What does the local catalogue hold?",
    responses={200: {"model": schemas.CatalogueState, "description": "The catalogue."}, **documented(404)},
)  # fmt: skip
async def state(request: Request) -> Response:
    """Its tracks and bytes. 404 where there is none."""
    catalogue = context_of(request).catalogue
    if catalogue is None:
        return problem("not-found", NO_CATALOGUE)
    return answer(schemas.CatalogueState(**asdict(await catalogue.state())))  # type: ignore[typeddict-item]


@router.get(
    "/catalogue/search", response_model=None, summary="Search the local catalogue",
    responses={200: {"model": schemas.CatalogueHits, "description": "Best first."}, **documented(404)},
)  # fmt: skip
async def search(
    request: Request,
    q: Annotated[
        str,
        Query(max_length=500, pattern=TEXT, description="A title, or all that is known as people type it; or an ISRC."),
    ],
    artist: _Text = "", album: _Text = "",
    isrc: Annotated[str, Query(pattern=f"^(?:{ISRC})?$", description="An ISRC that it may carry.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 10,
    cutoff: Annotated[float, Query(ge=0, le=1, description="Only those with this score or more.")] = 0.0,
    year_from: _Year = None, year_to: _Year = None,
    explicit: Annotated[bool | None, Query(description="Only such tracks; what does not tell is not found.")] = None,
    profile: Annotated[
        Literal["standard", "classic"] | None, Query(description="The server's own where it is absent.")
    ] = None,
    explain: Annotated[bool, Query(description="Say of each hit why it has its score.")] = False,
) -> Response:  # fmt: skip
    """The best tracks, exactly: those that comparing with each of them finds."""
    context = context_of(request)
    if context.catalogue is None:
        return problem("not-found", NO_CATALOGUE)
    song = Song(q, artist, album or None, isrc or None)
    judge = profile or context.settings.profile_value
    found = await context.catalogue.search(
        CatalogueQuery(song, judge, limit, cutoff, year_from, year_to, explicit, explain)
    )
    return answer(schemas.CatalogueHits(hits=[schemas.CatalogueHit(**asdict(one)) for one in found]))  # type: ignore[typeddict-item]
