"""The catalogue's file behind its port: opened once, its pages shared by all processes that do."""

from __future__ import annotations

import asyncio
from pathlib import Path

from musicsync import _core
from musicsync.catalogue import CatalogueHit, CatalogueQuery, CatalogueState
from musicsync.engine import profile_of
from musicsync.errors import EngineFailed


class LocalCatalogue:
    """A file that `musicsync catalogue build` made. It may be replaced, which a restart notices, but not written to."""

    def __init__(self, path: Path) -> None:
        """Raises `EngineError`: io, damaged, newer_format."""
        info = _core.Catalog.info(path)
        self._catalogue = _core.Catalog.open(path, mapped=True)
        self._state = CatalogueState(info["tracks"], info["bytes"], info["format"], info["read_as_now"])

    def state(self) -> CatalogueState:
        """What is searched."""
        return self._state

    async def search(self, query: CatalogueQuery) -> list[CatalogueHit]:
        """The best tracks, on another thread. Raises `EngineFailed` where the engine refuses its input."""
        return await asyncio.to_thread(self._search, query)

    def _search(self, query: CatalogueQuery) -> list[CatalogueHit]:
        try:
            return self._by_code(query) or self._by_text(query)
        except ValueError as error:
            raise EngineFailed(f"the catalogue cannot be asked for that: {error}") from error

    def _by_code(self, query: CatalogueQuery) -> list[CatalogueHit]:
        """Where nothing but an ISRC is typed, the tracks that carry it: to `classic` it is the whole answer."""
        song = query.song
        try:
            code = _core.parse_isrc(song.title)
        except ValueError:
            return []
        return [] if song.artist or song.album else self._best({"isrc": code}, query, "classic", 1.0)

    def _by_text(self, query: CatalogueQuery) -> list[CatalogueHit]:
        song = query.song
        asked = {"title": song.title, "artist": song.artist, "album": song.album, "isrc": song.isrc}
        return self._best(asked, query, query.profile, query.cutoff)

    def _best(
        self, asked: dict[str, str | None], query: CatalogueQuery, profile: str, cutoff: float
    ) -> list[CatalogueHit]:
        hits = self._catalogue.search(
            asked, k=query.limit, cutoff=cutoff, profile=profile_of(profile),
            year=(query.year_from, query.year_to), explicit=query.explicit,
        )  # fmt: skip
        return [_hit(one) for one in hits]


def _hit(match: _core.Match) -> CatalogueHit:
    track = match.track
    return CatalogueHit(
        position=match.index, id=track.id or "", title=track.title or "", artists=tuple(track.artists),
        album=track.album or None, isrc=track.isrc or None, duration_ms=track.duration_ms,
        release_year=track.release_year, explicit=track.explicit, score=match.score, probability=match.probability,
    )  # fmt: skip
