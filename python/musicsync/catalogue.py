"""The local catalogue, seen from the ways in: what is asked of it and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from musicsync.model import Song


@dataclass(frozen=True, slots=True)
class CatalogueQuery:
    """What is looked for in the local catalogue; years are of the release and included."""

    song: Song
    profile: str
    limit: int = 10
    cutoff: float = 0.0
    year_from: int | None = None
    year_to: int | None = None
    explicit: bool | None = None


@dataclass(frozen=True, slots=True)
class CatalogueHit:
    """A track of the local catalogue, `position` from 0, with its score; `probability` None without a model."""

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


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """What a catalogue is. `read_as_now` false: another engine built it, and `standard` compares with every track."""

    tracks: int
    bytes: int
    format: int
    read_as_now: bool


class Catalogue(Protocol):
    """A local catalogue, searched exactly. `search` computes off the event loop."""

    def state(self) -> CatalogueState: ...

    async def search(self, query: CatalogueQuery) -> list[CatalogueHit]: ...
