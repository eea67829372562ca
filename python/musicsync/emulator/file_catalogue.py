"""A catalogue file of the engine (`musicsync catalogue build`) as the emulator's: mapped, and searched by the engine.

Nothing is read when it is opened, and no list of its tracks is kept. What the file does not know is as if the catalogue
did not say: every release is an album, and can be played everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from musicsync import _core
from musicsync.emulator.catalogue import CatalogueError, Track, artists_of, plain_isrc, spotify_id, twin_id
from musicsync.emulator.ids import made_id
from musicsync.emulator.query import Filter, Query, parse, years
from musicsync.emulator.words import normal, one_edit_apart, readable, words, words_with_readings

_MAGIC = b"\x89MSC\r\n\x1a\n"
_KEPT = 65_536
_LEAST_FOUND = 50
_FILTERED = 200
_COVERED = 0.5
_SHORTEST_WITH_TYPO = 4
_TEXTS = ("track", "artist", "album")
_UNKNOWN = ("genre", "upc")


class FileCatalogue:
    """The tracks of a file by place, id and ISRC. Rows that repeat an id share it: the first one is shown."""

    left_out = 0

    def __init__(self, path: Path) -> None:
        """Raises `CatalogueError`."""
        try:
            self._file = _core.Catalog.open(path, mapped=True)
        except ValueError as error:
            raise CatalogueError(str(error)) from error
        self._made = lru_cache(maxsize=_KEPT)(self._make)
        self._shown: dict[str, int] = {}
        self._index: _Index | None = None

    def __len__(self) -> int:
        return len(self._file)

    def __getitem__(self, place: int) -> Track:
        return self._made(place)

    def _make(self, place: int) -> Track:
        track = _of(place, self._file[place])
        if len(self._shown) >= 4 * _KEPT:
            self._shown.clear()
        self._shown.setdefault(track.id, place)
        self._shown.setdefault(twin_id(track), place)
        return track

    def get(self, track_id: str) -> Track | None:
        """The track of this id; of one that was shown lately, also by the id under which a relinked track appears. An
        id that was not shown is looked up in an index of the whole file, made when it is first needed."""
        if track_id in self._shown:
            return self[self._shown[track_id]]
        if self._index is None:
            self._index = _Index((_id_of(one) for one in self._file), len(self._file))
        return next((self[place] for place in self._index.places(track_id) if self[place].id == track_id), None)

    def every(self) -> Iterator[Track]:
        """All of them, one at a time."""
        return (_of(place, track) for place, track in enumerate(self._file))

    def of_artists(self, names: Collection[str], most: int) -> list[Track]:
        """Tracks in whose credit one of the names stands."""
        found = (self[place] for name in names for place in self.best({"artist": name}, most, "classic"))
        return [track for track in found if set(track.artist_names) & set(names)]

    def album_size(self, album_id: str) -> int:
        """Not counted."""
        return 1

    def best(
        self, asked: dict[str, str], most: int, profile: str, *, cutoff: float = 0.0, when: range | None = None
    ) -> list[int]:
        """Places of the best tracks; with `when`, of those that were released then."""
        limits = (when[0], when[-1]) if when else None
        return [one.index for one in self._file.search(asked, k=most, cutoff=cutoff, profile=profile, year=limits)]


class FileSearch:
    """Answers queries by searches of the file. Results are remembered: a catalogue never changes while it is served."""

    def __init__(self, catalogue: FileCatalogue) -> None:
        self._catalogue = catalogue
        self._find = lru_cache(maxsize=8192)(self._search)

    def find(self, text: str, market: str | None = None, most: int = 1000) -> tuple[int, ...]:
        """Places of `most` tracks and a few more where there are, best first."""
        return self._find(text, max(most, _LEAST_FOUND))

    def _search(self, text: str, most: int) -> tuple[int, ...]:
        query = parse(text)
        if query.impossible or any(one.field in _UNKNOWN for one in query.filters):
            return ()
        wanted = words(normal(query.words))
        found = self._asked(query, wanted, most)
        if query.filters:
            found = self._passing(query.filters, found)
        if wanted:
            found = [place for place in found if _covered(wanted, _all_words(self._catalogue[place])) > _COVERED]
        return tuple(found)

    def _asked(self, query: Query, wanted: Sequence[str], most: int) -> list[int]:
        """What the engine finds. Filters name the fields, so `classic` is enough; what is typed may stand in any."""
        years_asked = query.value("year")
        when = years(years_asked.value) if years_asked else None
        if years_asked and not when:
            return []
        code = query.value("isrc")
        if code:
            known = {"isrc": code.value.strip().upper()}
            return self._catalogue.best(known, most, "classic", cutoff=1.0, when=when) if _is_code(code.value) else []
        title, artist, album = (_value(query, field) for field in _TEXTS)
        given = {"title": f"{title} {query.words}".strip(), "artist": artist, "album": album}
        asked = {field: readable(text) for field, text in given.items() if normal(text)}
        if not asked and when is None:
            return []
        profile, many = ("standard", most) if wanted else ("classic", max(most, _FILTERED))
        return self._catalogue.best(asked or {"title": ""}, many, profile, when=when)

    def _passing(self, filters: Sequence[Filter], found: list[int]) -> list[int]:
        """The tracks that pass every filter. Where none does, its words may be misspelled."""
        for one in filters:
            if one.field not in _TEXTS:
                continue  # the engine has seen to it
            texts = [(place, _texts(self._catalogue[place], one.field)) for place in found]
            exact = [place for place, fields in texts if _holds(one, fields, loose=False)]
            found = exact or [place for place, fields in texts if _holds(one, fields, loose=True)]
        return found


class _Index:
    """Places by id: 12 bytes a track."""

    def __init__(self, ids: Iterable[str], count: int) -> None:
        keys = np.fromiter(map(_key, ids), np.uint64, count)
        self._places = np.argsort(keys, kind="stable").astype(np.uint32)
        self._keys = keys[self._places]

    def places(self, track_id: str) -> Iterator[int]:
        """Those that may have this id, the first one first."""
        key = np.uint64(_key(track_id))
        first, last = (int(np.searchsorted(self._keys, key, side)) for side in ("left", "right"))
        return (int(place) for place in self._places[first:last])


def _key(track_id: str) -> int:
    return int.from_bytes(blake2b(track_id.encode(), digest_size=8).digest(), "little")


def _of(place: int, track: _core.Track) -> Track:
    names, album = _names_of(track), track.album or ""
    artists = tuple((spotify_id("artist", None, name), name) for name in names)
    return Track(
        index=place, id=_id_of(track), name=track.title or "", artists=artists,
        album=album, album_id=spotify_id("album", None, f"{album}|{names[0] if names else ''}"), album_type="album",
        release_date=f"{track.release_year or 0:04d}", duration_ms=track.duration_ms or 0, isrc=plain_isrc(track.isrc),
        explicit=track.explicit or False, genre="", upc="", markets=None,
    )  # fmt: skip


def _id_of(track: _core.Track) -> str:
    """Its own where that is of Spotify's form, else one made of it or of the facts, as of a line of JSON."""
    if track.id:
        return spotify_id("track", track.id, track.id)
    facts = (track.title or "", *_names_of(track), track.album or None, track.duration_ms or 0, track.isrc or None)
    return made_id("track", *facts)


def _names_of(track: _core.Track) -> list[str]:
    return track.artists if len(track.artists) > 1 else artists_of("".join(track.artists))


def _value(query: Query, field: str) -> str:
    found = query.value(field)
    return found.value if found else ""


def _texts(track: Track, field: str) -> tuple[str, ...]:
    return {"track": (track.name,), "artist": track.artist_names, "album": (track.album,)}[field]


def _all_words(track: Track) -> set[str]:
    return {word for text in (track.name, *track.artist_names, track.album) for word in words_with_readings(text)}


def _holds(one: Filter, fields: tuple[str, ...], *, loose: bool) -> bool:
    value = normal(one.value)
    if one.quoted:
        return any(f" {value} " in f" {normal(text)} " for text in fields)
    wanted = words(value)
    held = {word for text in fields for word in words_with_readings(text)}
    if not loose:
        return bool(wanted) and held.issuperset(wanted)
    return bool(wanted) and all(_stands_for(word, held, last=word == wanted[-1]) for word in wanted)


def _covered(wanted: Sequence[str], held: set[str]) -> float:
    return sum(_stands_for(word, held, last=word == wanted[-1]) for word in wanted) / len(wanted)


def _stands_for(word: str, held: set[str], *, last: bool) -> bool:
    if word in held or (last and len(word) > 1 and any(other.startswith(word) for other in held)):
        return True
    return len(word) >= _SHORTEST_WITH_TYPO and any(one_edit_apart(word, other) for other in held)


def _is_code(text: str) -> bool:
    """As Spotify wants it: 12 letters and digits, nothing between."""
    try:
        return len(text.strip()) == 12 and bool(_core.parse_isrc(text.strip()))
    except ValueError:
        return False


def is_catalogue(path: Path) -> bool:
    """True for a file that begins as the engine's do. Raises `OSError`."""
    with path.open("rb") as begun:
        return begun.read(len(_MAGIC)) == _MAGIC
