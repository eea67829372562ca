"""Search as Spotify's: filters must hold, plain words may be misspelled or missing, the engine's similarity orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from musicsync import _core
from musicsync.emulator.catalogue import Catalogue, Track
from musicsync.emulator.ids import fraction
from musicsync.emulator.index import Index, Postings
from musicsync.emulator.query import Filter, Query, parse, years
from musicsync.emulator.words import normal, words

_LEAST_COVERED = 0.5
_ALL_COVERED = 0.999
_COMPARED = 48
_MOST_RESULTS = 1000
_ISRC_LENGTH = 12

TextsOf = Callable[[Track], tuple[str, ...]]


class Search:
    """Answers queries over a catalogue. Results are remembered: a catalogue never changes while it is served."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._index = Index(catalogue.tracks)
        self._find = lru_cache(maxsize=8192)(self._search)

    def find(self, text: str, market: str | None = None) -> tuple[int, ...]:
        """Places in the catalogue of at most 1,000 tracks best first. A market hides what cannot be played there
        from `isrc:` queries."""
        return self._find(text, market)

    def _search(self, text: str, market: str | None) -> tuple[int, ...]:
        query = parse(text)
        if query.impossible:
            return ()
        found = self._filtered(query, market)
        wanted = words(normal(query.words))
        if not wanted:
            ranked = self._by_likeness(found or (), query, {})
        else:
            scores = self._covered(wanted, found)
            ranked = self._by_likeness(scores, query, scores)
        return tuple(ranked[:_MOST_RESULTS])

    def _filtered(self, query: Query, market: str | None) -> set[int] | None:
        """The tracks that pass every filter, None where there is no filter."""
        found: set[int] | None = None
        for one in query.filters:
            passed = self._passing(one, market, found)
            found = passed if found is None else found & passed
            if not found:
                return set()
        return found

    def _passing(self, one: Filter, market: str | None, among: set[int] | None) -> set[int]:
        match one.field:
            case "track":
                return self._holding(self._index.by_title, one, lambda track: (track.name,))
            case "artist":
                return self._holding(self._index.by_artist, one, lambda track: track.artist_names)
            case "album":
                return self._holding(self._index.by_album, one, lambda track: (track.album,))
            case "isrc":
                code = one.value.strip() if len(one.value.strip()) == _ISRC_LENGTH else ""
                return {track.index for track in self._catalogue.with_isrc(code) if track.playable_in(market)}
        tracks = self._catalogue.tracks if among is None else [self._catalogue.tracks[place] for place in among]
        if one.field == "year":
            wanted = years(one.value)
            return {track.index for track in tracks if int(track.release_date[:4]) in wanted}
        value = normal(one.value)
        return {track.index for track in tracks if value and normal(getattr(track, one.field)) == value}

    def _holding(self, postings: Postings, one: Filter, texts: TextsOf) -> set[int]:
        value = normal(one.value)
        wanted = words(value)
        if not wanted:
            return set()
        found = self._index.holding_all(postings, wanted)
        if not one.quoted:
            return found
        tracks = self._catalogue.tracks
        phrase = f" {value} "
        return {place for place in found if any(phrase in f" {normal(text)} " for text in texts(tracks[place]))}

    def _covered(self, wanted: Sequence[str], among: set[int] | None) -> dict[int, float]:
        """How well tracks cover the words; looks for misspelled ones where no track holds all as they stand."""
        scores = self._index.covering(wanted, _LEAST_COVERED, loose=False)
        if not scores or max(scores.values()) < _ALL_COVERED:
            scores = self._index.covering(wanted, _LEAST_COVERED, loose=True)
        return scores if among is None else {place: score for place, score in scores.items() if place in among}

    def _by_likeness(self, found: Iterable[int], query: Query, covered: dict[int, float]) -> list[int]:
        """Best covered first; the engine compares the texts of the first few dozen with what was asked for."""
        lengths = self._index.lengths
        order = sorted(found, key=lambda place: (-round(covered.get(place, 0.0), 6), lengths[place], place))
        near = order[:_COMPARED]
        alike = _Likeness(self._index, query)
        near.sort(
            key=lambda place: (-round(covered.get(place, 0.0) + alike(place), 6), self._unpopularity(place), place)
        )
        return near + order[_COMPARED:]

    def _unpopularity(self, place: int) -> float:
        return 1 - popularity(self._catalogue.tracks[place]) / 100


class _Likeness:
    """How alike a query's texts and a track's are, by the engine, from 0 to 1."""

    def __init__(self, index: Index, query: Query) -> None:
        self._index = index
        self._words = normal(query.words)
        title, artist = query.value("track"), query.value("artist")
        self._title = normal(title.value) if title else ""
        self._artist = normal(artist.value) if artist else ""

    def __call__(self, place: int) -> float:
        title, artist = self._index.titles[place], self._index.artists[place]
        parts: list[float] = []
        if self._title:
            parts.append(_core.ratio(self._title, title))
        if self._artist:
            parts.append(_core.token_sort_ratio(self._artist, artist))
        if self._words:
            whole = _core.token_sort_ratio(self._words, f"{title} {artist}")
            parts.append(max(whole, _core.ratio(self._words, title)))
        return sum(parts) / len(parts) if parts else 0.0


def popularity(track: Track) -> int:
    """A made-up popularity, 0 to 100: always the same for a track."""
    return int(fraction("popularity", track.id) ** 2 * 100)
