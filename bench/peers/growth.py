"""P12: what ten times as many tracks cost: ten million against one million, per track."""

from __future__ import annotations

from functools import cache, partial
from heapq import nlargest
from pathlib import Path

from bench.peers.data import Data
from bench.peers.few import mapping
from bench.peers.rows import Row, Trial
from bench.peers.search import BEST, QUERIES, Distinct, same

from musicsync import Catalog, CatalogBuilder, EngineError, Track

SMALL, LARGE = 1_000_000, 10_000_000
PART = 500_000  # tracks that are in memory as Python's texts at once
CHECKED = 2


class Searched:
    """A catalogue out of its file, and as many queries of it as wanted."""

    def __init__(self, data: Data, tracks: int, queries: int) -> None:
        self.catalogue = Catalog.open(catalogue_file(data, tracks), mapped=True)
        self.asked = list(zip(*(column[:queries] for column in data.queries_of(tracks)), strict=True))
        self.queries = [Track.from_mapping(mapping(*query)) for query in self.asked]

    def found(self, k: int, cutoff: float) -> list[list[float]]:
        """By `classic`, in one batch on one thread: the scores of each query's hits, best first."""
        hits = self.catalogue.search_batch(self.queries, k=k, cutoff=cutoff, profile="classic", threads=1)
        return [[hit.score for hit in row] for row in hits]


def catalogue_file(data: Data, tracks: int) -> Path:
    """The catalogue of so many tracks, which is built once a version of the engine: it takes minutes and gigabytes.
    NotThereError where the tracks were not made."""
    path = data.folder / f"cat_{tracks}.msc"
    try:
        if Catalog.info(path)["read_as_now"]:
            return path
    except EngineError:
        pass  # not there, or of another format
    builder = CatalogBuilder()
    for titles, artists, albums in data.parts(tracks, PART):
        builder.add({"title": titles, "artist": artists, "album": albums})
    builder.build().save(path)
    return path


@cache
def searched(data: Data, tracks: int, queries: int) -> Searched:
    return Searched(data, tracks, queries)


@cache
def exact(data: Data, tracks: int) -> list[list[float]]:
    """By RapidFuzz, a part of the tracks at a time: the scores (in per cent) of the best of all for a few queries."""
    asked = list(zip(*(column[:CHECKED] for column in data.queries_of(tracks)), strict=True))
    best: list[list[float]] = [[] for _ in asked]
    for part in data.parts(tracks, PART):
        for row, more in zip(best, Distinct(part).best(asked), strict=True):
            row[:] = nlargest(BEST, row + more)
    return best


def growth(k: int, cutoff: float, data: Data) -> Trial:
    """As many pairs of query and track on both sides: above 1, a track of the large catalogue costs less."""
    large, small = searched(data, LARGE, QUERIES), searched(data, SMALL, QUERIES * LARGE // SMALL)

    def check() -> None:
        expected = [[score for score in row[:k] if score >= 100 * cutoff] for row in exact(data, LARGE)]
        same(large.found(k, cutoff)[:CHECKED], expected)

    return Trial(lambda: large.found(k, cutoff), lambda: small.found(k, cutoff), check, QUERIES)


PEER = "itself, 1M, ten times the queries"
ROWS = [
    Row("P12", "exact top 10 of 10M, classic, a batch", PEER, partial(growth, BEST, 0.0), "query", 1, 1),
    Row("P12-cutoff", "top 1 of 10M, cutoff 0.85, classic", PEER, partial(growth, 1, 0.85), "query", 1, 1.1),
]
