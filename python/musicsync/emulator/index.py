"""Which tracks hold which words: an inverted index per field, and scores by how much of a query a track covers."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from musicsync.emulator.catalogue import Track
from musicsync.emulator.words import Vocabulary, normal, words, words_with_readings

_COMMON = 1500
_TYPO, _PREFIX = 0.8, 0.9


class Postings:
    """Word → the places of the tracks that hold it."""

    def __init__(self, texts: Iterable[Collection[str]]) -> None:
        self._tracks: dict[str, list[int]] = {}
        self.size = 0
        for place, found in enumerate(texts):
            self.size += 1
            for word in set(found):
                self._tracks.setdefault(word, []).append(place)
        self._sets = {word: frozenset(places) for word, places in self._tracks.items() if len(places) >= _COMMON}
        self.vocabulary = Vocabulary(self._tracks)

    def __getitem__(self, word: str) -> Sequence[int]:
        return self._tracks.get(word, ())

    def holders(self, word: str) -> Collection[int]:
        """The same, as a set where the word is common."""
        return self._sets.get(word) or self[word]

    def weight(self, word: str) -> float:
        """Rare words say more; a word that no track holds counts like one that two hold."""
        return math.log1p(self.size / max(2, len(self[word])))

    def spellings(self, word: str, *, last: bool, loose: bool) -> list[tuple[str, float]]:
        """Known words that a query's word may mean, with how much of a hit each is."""
        found = [(word, 1.0)] if self[word] else []
        if last and len(word) > 1 and (loose or not found):
            found += [(other, _PREFIX) for other in self.vocabulary.beginning_with(word)]
        if loose:
            found += [(other, _TYPO) for other in self.vocabulary.variants(word)]
        return found


class Index:
    """Everything that searching needs to know of the tracks, made once."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        self.titles = [normal(track.name) for track in tracks]
        self.artists = [" ".join(normal(name) for name in track.artist_names) for track in tracks]
        self.lengths = [len(title) + len(artist) for title, artist in zip(self.titles, self.artists, strict=True)]
        title_words = [words_with_readings(track.name) for track in tracks]
        artist_words = [[word for name in track.artist_names for word in words_with_readings(name)] for track in tracks]
        album_words = [words(normal(track.album)) for track in tracks]
        self.by_title = Postings(title_words)
        self.by_artist = Postings(artist_words)
        self.by_album = Postings(album_words)
        self.by_any = Postings(
            [*title, *artist, *album]
            for title, artist, album in zip(title_words, artist_words, album_words, strict=True)
        )

    def holding_all(self, postings: Postings, wanted: Sequence[str]) -> set[int]:
        """The tracks that hold every word. A word that nobody holds may be misspelled or the beginning of one."""
        found: set[int] | None = None
        for place, word in enumerate(wanted):
            spellings = postings.spellings(word, last=place == len(wanted) - 1, loose=not postings[word])
            holders = {track for spelling, _ in spellings for track in postings[spelling]}
            found = holders if found is None else found & holders
            if not found:
                return set()
        return found or set()

    def covering(self, wanted: Sequence[str], least: float, *, loose: bool) -> dict[int, float]:
        """Track → the share of the words that it holds, weighted by rarity and by count alike, where it is `least` or
        more. `loose` also counts misspelled words. Rarest first: a track whose first word comes too late is skipped."""
        postings = self.by_any
        total = sum(postings.weight(word) for word in wanted)
        if not total:
            return {}
        terms = []
        for place, word in enumerate(wanted):
            share = (postings.weight(word) / total + 1 / len(wanted)) / 2
            spellings = postings.spellings(word, last=place == len(wanted) - 1, loose=loose)
            terms.append((sum(len(postings[spelling]) for spelling, _ in spellings), share, spellings))
        scores: dict[int, float] = {}
        open_share = 1.0
        for _, share, spellings in sorted(terms, key=lambda term: term[0]):
            self._add(scores, share, spellings, only_known=open_share < least)
            open_share -= share
        return {track: score for track, score in scores.items() if score >= least}

    def _add(
        self, scores: dict[int, float], share: float, spellings: list[tuple[str, float]], *, only_known: bool
    ) -> None:
        best: dict[int, float] = {}
        for spelling, quality in spellings:
            holders: Collection[int] = self.by_any.holders(spelling)
            if only_known:
                holders = scores.keys() & holders if isinstance(holders, frozenset) else scores.keys() & set(holders)
            if not best:
                best = dict.fromkeys(holders, quality)
                continue
            for track in holders:
                best[track] = max(quality, best.get(track, 0.0))
        for track, quality in best.items():
            scores[track] = scores.get(track, 0.0) + share * quality
