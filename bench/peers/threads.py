"""P10-rank: many queries at once, two threads against one, on the wall clock; and what two threads are worth at all."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.measure import clocks
from bench.measure.machine import cores
from bench.peers.data import Data
from bench.peers.few import jobs, native_tracks
from bench.peers.rows import NotThereError, Row, Trial, require

from musicsync import Matcher

QUERIES = 2000


def rank_batch(data: Data) -> Trial:
    """2,000 queries of 20 candidates with `standard`, normal forms at hand. A unit is a query."""
    matcher: Any = Matcher("standard")
    if cores() < 2:
        raise NotThereError("this process may use one core only")
    queries, lists = map(list, zip(*(native_tracks(job) for job in jobs(data, count=QUERIES)), strict=True))

    def check() -> None:
        one = [_answer(hits) for hits in matcher.rank_batch(queries, lists, threads=1)]
        two = [_answer(hits) for hits in matcher.rank_batch(queries, lists, threads=2)]
        each = [_answer(matcher.rank(query, candidates)) for query, candidates in zip(queries, lists, strict=True)]
        require(one == two, "two threads answer otherwise than one")
        require(one == each, "a batch answers otherwise than its queries one by one")

    return Trial(
        lambda: matcher.rank_batch(queries, lists, threads=2), lambda: matcher.rank_batch(queries, lists, threads=1),
        check, QUERIES,
    )  # fmt: skip


def machine(data: Data) -> Trial:
    """Texts compressed by zlib, which shares nothing between threads: what the machine's second thread adds."""
    if cores() < 2:
        raise NotThereError("this process may use one core only")
    titles = data.catalogue[0]
    texts = ["\n".join(titles[i : i + 10_000]).encode() for i in range(0, 40_000, 10_000)]
    pool = ThreadPoolExecutor(2)

    def check() -> None:
        require(list(pool.map(zlib.compress, texts)) == [zlib.compress(text) for text in texts], "zlib")

    return Trial(
        lambda: list(pool.map(zlib.compress, texts)), lambda: [zlib.compress(text) for text in texts],
        check, len(texts),
    )  # fmt: skip


def _answer(hits: Any) -> list[tuple[int, float, float | None]]:
    return [(hit.index, hit.score, hit.probability) for hit in hits]


ROWS = [
    Row(
        "P10-rank", "rank_batch, 2,000 × 20, two threads", "itself, one thread", rank_batch, "query", 1.7, 1.95,
        clock=clocks.wall,
    ),
    Row("P10-machine", "zlib, two threads", "itself, one thread", machine, "text", clock=clocks.wall),
]  # fmt: skip
