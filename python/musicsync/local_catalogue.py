"""The catalogue's file behind its port: opened once, its pages shared by all processes that do."""

from __future__ import annotations

import asyncio
import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from musicsync import _core
from musicsync.catalogue import AMONG, CatalogueHit, CatalogueQuery, CatalogueState
from musicsync.engine import profile_of
from musicsync.errors import EngineFailed
from musicsync.model import Song

_LEAST_SCORE = 0.5  # as `musicsync catalogue join` has it
_log = structlog.get_logger()

_Version = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Opened:
    catalogue: _core.Catalog
    state: CatalogueState


class LocalCatalogue:
    """A file that `musicsync catalogue build` made. It may be replaced, which the next search notices, but not written
    to: its pages are read when they are needed."""

    def __init__(self, path: Path) -> None:
        """Raises `EngineError`: io, damaged, newer_format."""
        self._path = path
        self._seen = _version(path)  # before it is opened: what comes meanwhile is noticed later
        self._opened = _open(path)
        self._reopening = threading.Lock()

    async def state(self) -> CatalogueState:
        """What is searched."""
        return (await asyncio.to_thread(self._current)).state

    async def search(self, query: CatalogueQuery) -> list[CatalogueHit]:
        """The best tracks, on another thread. Raises `EngineFailed` where the engine refuses its input."""
        return await asyncio.to_thread(self._search, query)

    async def candidates(self, song: Song, profile: str, *, most: int = AMONG) -> list[CatalogueHit]:
        """Those that `musicsync catalogue join` decides among. Raises `EngineFailed`."""
        return await asyncio.to_thread(self._candidates, song, profile, most)

    def _current(self) -> _Opened:
        """What is open, after a look whether the file is still the same. While one thread opens a new one, the others
        search the old one."""
        if _version(self._path) != self._seen and self._reopening.acquire(blocking=False):
            try:
                self._reopen()
            finally:
                self._reopening.release()
        return self._opened

    def _reopen(self) -> None:
        """A file that cannot be opened is told of once, and looked at again when it changes."""
        self._seen = _version(self._path)
        try:
            self._opened = _open(self._path)
        except ValueError as error:
            _log.warning("the new catalogue cannot be opened: the old one is searched", error=str(error))
        else:
            _log.info("the catalogue was replaced", tracks=self._opened.state.tracks)

    def _search(self, query: CatalogueQuery) -> list[CatalogueHit]:
        catalogue = self._current().catalogue
        try:
            return _by_code(catalogue, query) or _by_text(catalogue, query)
        except ValueError as error:
            raise _refused(error) from error

    def _candidates(self, song: Song, profile: str, most: int) -> list[CatalogueHit]:
        catalogue = self._current().catalogue
        try:
            (decision,) = catalogue.join(
                [_asked(song)], limit=most, cutoff=_LEAST_SCORE, profile=profile_of(profile), threads=1
            )
        except ValueError as error:
            raise _refused(error) from error
        return [_hit(one.index, catalogue[one.index], one.score, one.probability) for one in decision.candidates]


def _version(path: Path) -> _Version | None:
    """What tells a file from the one that replaces it; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _open(path: Path) -> _Opened:
    info = _core.Catalog.info(path)
    state = CatalogueState(info["tracks"], info["bytes"], info["format"], info["read_as_now"])
    return _Opened(_core.Catalog.open(path, mapped=True), state)


def _refused(error: ValueError) -> EngineFailed:
    return EngineFailed(f"the catalogue cannot be asked for that: {error}")


def _asked(song: Song) -> dict[str, str | int | None]:
    return {
        "title": song.title, "artist": song.artist, "album": song.album, "isrc": song.isrc,
        "duration_ms": song.duration_ms,
    }  # fmt: skip


def _by_code(catalogue: _core.Catalog, query: CatalogueQuery) -> list[CatalogueHit]:
    """Where nothing but an ISRC is typed, the tracks that carry it: to `classic` it is the whole answer."""
    song = query.song
    try:
        code = _core.parse_isrc(song.title)
    except ValueError:
        return []
    return [] if song.artist or song.album else _best(catalogue, {"isrc": code}, query, "classic", 1.0)


def _by_text(catalogue: _core.Catalog, query: CatalogueQuery) -> list[CatalogueHit]:
    return _best(catalogue, _asked(query.song), query, query.profile, query.cutoff)


def _best(
    catalogue: _core.Catalog, asked: dict[str, str | int | None], query: CatalogueQuery, profile: str, cutoff: float
) -> list[CatalogueHit]:
    judge = profile_of(profile)
    hits = catalogue.search(
        asked, k=query.limit, cutoff=cutoff, profile=judge,
        year=(query.year_from, query.year_to), explicit=query.explicit,
    )  # fmt: skip
    found = [_hit(one.index, one.track, one.score, one.probability) for one in hits]
    if not query.explain:
        return found
    matcher = _core.Matcher(judge)
    why = [matcher.explain(asked, one.track).to_dict() for one in hits]
    return [replace(hit, explanation=because) for hit, because in zip(found, why, strict=True)]


def _hit(position: int, track: _core.Track, score: float, probability: float | None) -> CatalogueHit:
    return CatalogueHit(
        position=position, id=track.id or "", title=track.title or "", artists=tuple(track.artists),
        album=track.album or None, isrc=track.isrc or None, duration_ms=track.duration_ms,
        release_year=track.release_year, explicit=track.explicit, score=score, probability=probability,
    )  # fmt: skip
