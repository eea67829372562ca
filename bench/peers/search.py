"""P4: the ten best of 100,000 tracks, exactly."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from bench.peers.data import Data
from bench.peers.few import WEIGHTS, mapping
from bench.peers.rows import Row, Trial, require
from rapidfuzz import fuzz, process

from musicsync import Catalog, Matcher, Track

QUERIES = 32
BATCH = 16
BEST = 10


class Distinct:
    """The best use of RapidFuzz: each distinct text of a column is compared once, a batch of queries at a time."""

    def __init__(self, columns: tuple[list[str], list[str], list[str]]) -> None:
        self.columns: list[tuple[list[str], Any]] = []
        for column in columns:
            ids: dict[str, int] = {}
            rows = np.fromiter((ids.setdefault(text, len(ids)) for text in column), np.int64, len(column))
            self.columns.append((list(ids), rows))

    def scores(self, queries: list[tuple[str, str, str]]) -> Any:
        """In per cent: a row a query, a column a track."""
        sums: Any = 0.0
        for field, ((texts, rows), weight) in enumerate(zip(self.columns, WEIGHTS, strict=True)):
            ratios = process.cdist([query[field] for query in queries], texts, scorer=fuzz.ratio, workers=1)
            sums = sums + weight * ratios[:, rows]
        return sums

    def best(self, queries: list[tuple[str, str, str]]) -> list[list[float]]:
        """The scores of the ten best of each query, best first."""
        out = []
        for begin in range(0, len(queries), BATCH):
            scores = self.scores(queries[begin : begin + BATCH])
            first = np.partition(scores, scores.shape[1] - BEST)[:, -BEST:]
            out += [sorted(row.tolist(), reverse=True) for row in first]
        return out


def top_ten(profile: str, data: Data) -> Trial:
    """Both on one thread. By `standard` RapidFuzz has no answer to hold ours to: some
    queries are held against comparing with every track."""
    titles, artists, albums = data.catalogue
    tracks = [Track.from_mapping(mapping(*row)) for row in zip(titles, artists, albums, strict=True)]
    catalogue = Catalog.from_tracks(tracks)
    asked = list(zip(*(column[:QUERIES] for column in data.queries), strict=True))
    queries = [Track.from_mapping(mapping(*query)) for query in asked]
    peer = Distinct(data.catalogue)

    def ours() -> list[list[float]]:
        found = catalogue.search_batch(queries, k=BEST, profile=profile, threads=1)
        return [[hit.score for hit in hits] for hits in found]

    def check() -> None:
        found = ours()
        if profile == "classic":
            expected = [[score / 100 for score in row] for row in peer.best(asked)]
        else:
            rankings = [Matcher(profile).rank(query, tracks, limit=BEST) for query in queries[:4]]
            expected = [[hit.score for hit in ranking] for ranking in rankings]
        for mine, theirs in zip(found, expected, strict=False):
            require(len(mine) == len(theirs), "other hits")
            require(all(abs(a - b) < 1e-6 for a, b in zip(mine, theirs, strict=True)), "other scores")

    return Trial(ours, lambda: peer.best(asked), check, QUERIES)


PEER = "process.cdist over distinct texts"
ROWS = [
    Row("P4", "exact top 10 of 100k, classic", PEER, partial(top_ten, "classic"), "query", 8, 20),
    Row("P4-standard", "the same by standard", PEER, partial(top_ten, "standard"), "query"),
]
