"""P4–P6, P10-search: the best of 100,000 and of a million tracks, exactly."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numpy as np
from bench.measure import clocks
from bench.measure.machine import cores
from bench.peers.data import Data
from bench.peers.few import WEIGHTS, mapping
from bench.peers.rows import NotThereError, Row, Trial, require
from rapidfuzz import fuzz, process

from musicsync import Catalog, CatalogBuilder, Matcher, Track

QUERIES = 32
BATCH = 16
BEST = 10
PART = 50_000  # tracks that are given at once


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

    def above(self, queries: list[tuple[str, str, str]], k: int, cutoff: float) -> list[list[float]]:
        """The same of the k best, with a score of `cutoff` or more."""
        return [[score for score in row[:k] if score >= 100 * cutoff] for row in self.best(queries)]


class Million:
    """The catalogue of a million tracks, queries, and what RapidFuzz looks them up in: made once for all rows."""

    def __init__(self, data: Data) -> None:
        titles, artists, albums = data.million
        builder = CatalogBuilder()
        for begin in range(0, len(titles), PART):
            part = slice(begin, begin + PART)
            builder.add({"title": titles[part], "artist": artists[part], "album": albums[part]})
        self.catalogue = builder.build()
        self.asked = list(zip(*(column[:QUERIES] for column in data.queries_of_million), strict=True))
        self.queries = [Track.from_mapping(mapping(*query)) for query in self.asked]
        self.peer = Distinct(data.million)

    def found(self, profile: str, k: int = BEST, cutoff: float = 0.0, threads: int = 1) -> list[list[float]]:
        """The scores of each query's hits, best first."""
        hits = self.catalogue.search_batch(self.queries, k=k, cutoff=cutoff, profile=profile, threads=threads)
        return [[hit.score for hit in row] for row in hits]


@cache
def million_of(data: Data) -> Million:
    return Million(data)


def same(found: list[list[float]], expected: list[list[float]]) -> None:
    """The same scores, of RapidFuzz in per cent."""
    for mine, theirs in zip(found, expected, strict=False):
        require(len(mine) == len(theirs), "other hits")
        require(all(abs(a - b / 100) < 1e-6 for a, b in zip(mine, theirs, strict=True)), "other scores")


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
        if profile == "classic":
            return same(ours(), peer.best(asked))
        rankings = [Matcher(profile).rank(query, tracks, limit=BEST) for query in queries[:4]]
        return same(ours(), [[100 * hit.score for hit in ranking] for ranking in rankings])

    return Trial(ours, lambda: peer.best(asked), check, QUERIES)


def of_million(k: int, cutoff: float, data: Data) -> Trial:
    """By `classic`, the queries in one batch."""
    all_ = million_of(data)
    return Trial(
        lambda: all_.found("classic", k, cutoff), lambda: all_.peer.above(all_.asked, k, cutoff),
        lambda: same(all_.found("classic", k, cutoff), all_.peer.above(all_.asked, k, cutoff)), QUERIES,
    )  # fmt: skip


def one_by_one(data: Data) -> Trial:
    """By `classic`, a call a query."""
    all_ = million_of(data)

    def ours() -> list[list[float]]:
        hits = [all_.catalogue.search(query, k=BEST, profile="classic") for query in all_.queries]
        return [[hit.score for hit in row] for row in hits]

    return Trial(ours, lambda: all_.peer.best(all_.asked), lambda: same(ours(), all_.peer.best(all_.asked)), QUERIES)


def standard_against_classic(data: Data) -> Trial:
    """What `standard` costs beside `classic`: both are ours."""
    all_ = million_of(data)

    def check() -> None:
        found = all_.found("standard")
        require(found == all_.found("standard", threads=2), "other scores on two threads")

    return Trial(lambda: all_.found("standard"), lambda: all_.found("classic"), check, QUERIES)


def two_threads(data: Data) -> Trial:
    """The batch of `P5-batch` on the wall clock."""
    all_ = million_of(data)
    if cores() < 2:
        raise NotThereError("this process may use one core only")

    def check() -> None:
        require(all_.found("classic", threads=2) == all_.found("classic"), "two threads answer otherwise than one")

    return Trial(lambda: all_.found("classic", threads=2), lambda: all_.found("classic"), check, QUERIES)


PEER = "process.cdist over distinct texts"
ROWS = [
    Row("P4", "exact top 10 of 100k, classic", PEER, partial(top_ten, "classic"), "query", 8, 20),
    Row("P4-standard", "the same by standard", PEER, partial(top_ten, "standard"), "query"),
    Row("P5-batch", "exact top 10 of 1M, classic, a batch", PEER, partial(of_million, BEST, 0.0), "query", 25, 60),
    Row("P5-single", "the same, a call a query", PEER, one_by_one, "query", 15, 40),
    Row("P5-standard", "the batch by standard", "itself, classic", standard_against_classic, "query", 1 / 3, 1 / 1.5),
    Row("P6", "top 1 of 1M, cutoff 0.85, classic", PEER, partial(of_million, 1, 0.85), "query", 30, 150),
    Row(
        "P10-search", "P5-batch, two threads", "itself, one thread", two_threads, "query", 1.7, 1.95, clock=clocks.wall
    ),
]  # fmt: skip
