"""The local catalogue in memory, with faults on request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from musicsync.catalogue import AMONG, CatalogueHit, CatalogueQuery, CatalogueState
from musicsync.model import Song, SpotifyTrack


@dataclass
class FakeCatalogue:
    """Finds what has the song's title. `hook` is awaited as that of `FakeSpotify`, with the call `catalogue`; `errors`
    are raised first, one a search."""

    tracks: list[SpotifyTrack] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    hook: Callable[[str, str], Awaitable[None]] | None = None
    searches: int = 0

    async def state(self) -> CatalogueState:
        """So many tracks."""
        return CatalogueState(len(self.tracks), 0, 1, True)

    async def search(self, query: CatalogueQuery) -> list[CatalogueHit]:
        """As `candidates`."""
        return await self.candidates(query.song, query.profile, most=query.limit)

    async def candidates(self, song: Song, profile: str, *, most: int = AMONG) -> list[CatalogueHit]:
        """In their order; an id that is None becomes a foreign one."""
        self.searches += 1
        if self.hook:
            await self.hook("catalogue", "before")
        if self.errors:
            raise self.errors.pop(0)
        found = [(n, one) for n, one in enumerate(self.tracks) if one.title.casefold() == song.title.casefold()]
        hits = [
            CatalogueHit(n, one.id or f"foreign-{n}", one.title, one.artists, one.album, one.isrc, one.duration_ms,
                         one.release_year, one.explicit, 1.0, None)
            for n, one in found[:most]
        ]  # fmt: skip
        if self.hook:
            await self.hook("catalogue", "after")
        return hits
