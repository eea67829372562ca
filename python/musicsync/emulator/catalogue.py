"""The tracks that the emulator knows, read from JSON Lines.

One object a line: `title` (or `track_name`), `artist` (a credit as text) or `artists` (names), and optionally `id`
(or `spotify_id`), `album`, `album_id`, `album_type`, `artist_ids`, `duration_s` or `duration_ms`, `year` (or
`release_year`), `isrc`, `explicit`, `genre`, `upc`, `markets` (where it can be played; absent = everywhere). Other
fields are ignored, null and empty mean unknown. An id that is not Spotify's form is replaced by one made from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from musicsync import _core
from musicsync.emulator.ids import is_base62_id, made_id, track_uri
from musicsync.emulator.words import normal, readable

_BETWEEN_ARTISTS = re.compile(r"\s*[,;]\s*|\s+(?:feat\.?|ft\.?|featuring|with|and|x|vs\.?|&)\s+", re.IGNORECASE)
_MAX_LINE = 1 << 20


class CatalogueError(ValueError):
    """A line that is no track. The text starts with file:line."""


@dataclass(frozen=True, slots=True)
class Track:
    """One track. `duration_ms` is 0 and `release_date` "0000" where the catalogue does not know them."""

    index: int
    id: str
    name: str
    artists: tuple[tuple[str, str], ...]
    album_id: str
    album: str
    album_type: str
    release_date: str
    duration_ms: int
    isrc: str | None
    explicit: bool
    genre: str
    upc: str
    markets: frozenset[str] | None

    @property
    def uri(self) -> str:
        return track_uri(self.id)

    @property
    def artist_names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.artists)

    def playable_in(self, market: str | None) -> bool:
        """True where the track can be played; without a market everything can."""
        return market is None or self.markets is None or market in self.markets


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    title: str | None = Field(validation_alias=AliasChoices("title", "track_name"))
    artist: str | None = None
    artists: list[str] | None = None
    artist_ids: list[str] | None = None
    id: str | None = Field(default=None, validation_alias=AliasChoices("id", "spotify_id"))
    album: str | None = None
    album_id: str | None = None
    album_type: str | None = None
    duration_s: float | None = Field(default=None, ge=0, le=1e6, allow_inf_nan=False)
    duration_ms: int | None = Field(default=None, ge=0, le=10**9)
    year: int | None = Field(default=None, ge=0, le=9999, validation_alias=AliasChoices("year", "release_year"))
    isrc: str | None = None
    explicit: bool | None = None
    genre: str | None = None
    upc: str | None = None
    markets: list[str] | None = None

    @field_validator("year", "duration_s", "duration_ms", mode="before")
    @classmethod
    def _empty_is_unknown(cls, value: Any) -> Any:
        return None if value == "" else value


class Catalogue:
    """All tracks by place, id, ISRC and album. `left_out` counts rows whose id had been seen before."""

    def __init__(self, tracks: Iterable[Track], left_out: int = 0) -> None:
        self.tracks = tuple(tracks)
        self.left_out = left_out
        self._by_id = {track.id: track for track in self.tracks}
        self._by_isrc: dict[str, list[Track]] = {}
        for track in self.tracks:
            if track.isrc:
                self._by_isrc.setdefault(track.isrc, []).append(track)
        self._album_sizes = Counter(track.album_id for track in self.tracks)
        self._twins: dict[str, Track] = {}

    def __len__(self) -> int:
        return len(self.tracks)

    def __getitem__(self, place: int) -> Track:
        return self.tracks[place]

    def of_artists(self, names: Collection[str], most: int) -> list[Track]:
        """Tracks in whose credit one of the names stands."""
        return [track for track in self.tracks if not set(names).isdisjoint(track.artist_names)]

    def get(self, track_id: str) -> Track | None:
        """The track of this id, also by the id that a relinked track shows."""
        return self._by_id.get(track_id) or self.twins.get(track_id)

    def with_isrc(self, code: str) -> list[Track]:
        """Every track that carries the code (12 characters, no hyphens, any case)."""
        return self._by_isrc.get(code.upper(), [])

    def album_size(self, album_id: str) -> int:
        """How many tracks of the album the catalogue holds."""
        return self._album_sizes[album_id]

    @property
    def twins(self) -> dict[str, Track]:
        """The ids under which relinked tracks appear, and what they stand for. Made when first asked for."""
        if not self._twins:
            self._twins = {twin_id(track): track for track in self.tracks}
        return self._twins


def twin_id(track: Track) -> str:
    """The other id of a relinked track: same recording, same ISRC."""
    return made_id("twin", track.id)


def load(paths: Iterable[Path]) -> Catalogue:
    """Read the files in order. Raises `CatalogueError` for a malformed line and `OSError` for an unreadable file."""
    tracks: list[Track] = []
    seen: set[str] = set()
    left_out = 0
    for path in paths:
        for row in _rows(path):
            track = _track(len(tracks), row, seen)
            if track is None:
                left_out += 1
                continue
            seen.add(track.id)
            tracks.append(track)
    return Catalogue(tracks, left_out)


def _rows(path: Path) -> Iterator[_Row]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not text.strip():
                continue
            if len(text) > _MAX_LINE:
                raise CatalogueError(f"{path}:{number}: the line is longer than {_MAX_LINE} bytes")
            try:
                yield _Row.model_validate(orjson.loads(text))
            except orjson.JSONDecodeError as error:
                raise CatalogueError(f"{path}:{number}: no JSON: {error}") from error
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                where = ".".join(str(part) for part in first["loc"]) or "line"
                raise CatalogueError(f"{path}:{number}: {where}: {first['msg']}") from error


def _track(index: int, row: _Row, seen: set[str]) -> Track | None:
    """The track of a row; None where the row repeats an explicit id. Rows without an id are all kept."""
    names = row.artists or artists_of(row.artist or "")
    ids = row.artist_ids if row.artist_ids and len(row.artist_ids) == len(names) else [None] * len(names)
    artists = tuple((spotify_id("artist", given, name), name) for given, name in zip(ids, names, strict=True))
    duration = row.duration_ms if row.duration_ms is not None else round((row.duration_s or 0) * 1000)
    first = names[0] if names else ""
    if row.id:
        track_id = spotify_id("track", row.id, row.id)
        if track_id in seen:
            return None
    else:
        facts = ("track", row.title, *names, row.album, duration, row.isrc)
        track_id, copy = made_id(*facts), 1
        while track_id in seen:
            track_id, copy = made_id(*facts, copy), copy + 1
    return Track(
        index=index, id=track_id, name=row.title or "", artists=artists, album=row.album or "",
        album_id=spotify_id("album", row.album_id, f"{row.album}|{first}"), album_type=_album_type(row.album_type),
        release_date=f"{row.year or 0:04d}", duration_ms=duration, isrc=plain_isrc(row.isrc),
        explicit=row.explicit or False, genre=row.genre or "", upc=row.upc or "",
        markets=frozenset(row.markets) if row.markets else None,
    )  # fmt: skip


def spotify_id(kind: str, given: str | None, otherwise: str) -> str:
    """The given id where it is one of Spotify's form, else one made of it, or of `otherwise`."""
    return given if given and is_base62_id(given) else made_id(kind, given or otherwise)


def _album_type(text: str | None) -> str:
    kind = (text or "").lower()
    return kind if kind in ("album", "single", "compilation") else "album"


def plain_isrc(text: str | None) -> str | None:
    """The code as Spotify shows it: upper case, nothing between. A bad code stays as bad as the catalogue has it."""
    return re.sub(r"[\s-]", "", text).upper() or None if text else None


def artists_of(credit: str) -> list[str]:
    """The names in a credit, spelled as there, split only where the engine splits it too."""
    credit = credit.strip()
    pieces = [piece for piece in _BETWEEN_ARTISTS.split(credit) if piece]
    if len(pieces) > 1 and [normal(piece) for piece in pieces] == list(_core.parse_artists(readable(credit))):
        return pieces
    return [credit] if credit else []
