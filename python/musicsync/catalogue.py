"""The local catalogue, seen from the flow and the ways in: what is asked of it and what it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from musicsync.model import Song, SpotifyTrack

AMONG = 20
"""How many tracks are decided among, besides those with the song's ISRC: as `musicsync catalogue join` does."""
_MANY = 200
_TRACK_ID = re.compile(r"(?:spotify:track:)?([0-9A-Za-z]{22})")


@dataclass(frozen=True, slots=True)
class CatalogueQuery:
    """What is looked for in the local catalogue; years are of the release and included. `explain` says why, of each
    hit."""

    song: Song
    profile: str
    limit: int = 10
    cutoff: float = 0.0
    year_from: int | None = None
    year_to: int | None = None
    explicit: bool | None = None
    explain: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueHit:
    """A track of the local catalogue, `position` from 0, with its score; `probability` None without a model.
    `explanation` is what the engine says of the query and the track, where that was asked for."""

    position: int
    id: str
    title: str
    artists: tuple[str, ...]
    album: str | None
    isrc: str | None
    duration_ms: int | None
    release_year: int | None
    explicit: bool | None
    score: float
    probability: float | None
    explanation: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """What a catalogue is. `read_as_now` false: another engine built it, and `standard` compares with every track."""

    tracks: int
    bytes: int
    format: int
    read_as_now: bool


class Catalogue(Protocol):
    """A local catalogue, searched exactly; everything computes off the event loop. A search raises `EngineFailed` where
    the engine refuses its input."""

    async def state(self) -> CatalogueState: ...

    async def search(self, query: CatalogueQuery) -> list[CatalogueHit]: ...

    async def candidates(self, song: Song, profile: str, *, most: int = AMONG) -> list[CatalogueHit]:
        """Those to decide among: the `most` alike ones, and those that carry the song's ISRC."""
        ...


async def addable(catalogue: Catalogue, song: Song, profile: str) -> tuple[SpotifyTrack, ...]:
    """The candidates that a playlist takes: their id is a Spotify track's, 22 letters and digits or a uri with such.
    Others must not take their places: where there are some, more are looked at."""
    hits = await catalogue.candidates(song, profile)
    tracks = _with_spotify_ids(hits)
    if len(tracks) < len(hits) >= AMONG:
        tracks = _with_spotify_ids(await catalogue.candidates(song, profile, most=_MANY))[:AMONG]
    return tracks


def _with_spotify_ids(hits: Sequence[CatalogueHit]) -> tuple[SpotifyTrack, ...]:
    found = ((hit, _TRACK_ID.fullmatch(hit.id)) for hit in hits)
    return tuple(as_track(hit, track_id.group(1)) for hit, track_id in found if track_id)


def as_track(hit: CatalogueHit, track_id: str) -> SpotifyTrack:
    """The hit in the words of the engine's port, under `track_id`."""
    return SpotifyTrack(
        id=track_id, uri=f"spotify:track:{track_id}", title=hit.title, artists=hit.artists, album=hit.album,
        isrc=hit.isrc, duration_ms=hit.duration_ms, release_year=hit.release_year, explicit=hit.explicit,
    )  # fmt: skip
