"""P7: the best of a million tracks, against a full-text engine that proposes some and RapidFuzz that scores those."""

from __future__ import annotations

from functools import cache

import tantivy
from bench.peers.data import Columns, Data
from bench.peers.few import WEIGHTS, three_cdist
from bench.peers.rows import Row, Trial, require
from bench.peers.search import BEST, QUERIES, million_of, same

PROPOSED = 100
FIELDS = ("title", "artist", "album")
MEMORY = 200_000_000  # bytes of the writer


class Proposing:
    """The best use of tantivy: BM25 over the words of three fields, weighted as the score is, rows out of a column."""

    def __init__(self, columns: Columns) -> None:
        schema = tantivy.SchemaBuilder()
        for field in FIELDS:
            schema.add_text_field(field, index_option="freq")
        schema.add_integer_field("row", fast=True)
        self._schema = schema.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(MEMORY, 1)
        for row, texts in enumerate(zip(*columns, strict=True)):
            writer.add_document(tantivy.Document(row=row, **dict(zip(FIELDS, texts, strict=True))))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self._columns = columns

    def rows(self, query: tuple[str, str, str]) -> list[int]:
        """The rows of the `PROPOSED` best. Any word of any field may match; words are terms, so none needs escaping."""
        words = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, word), weight))
            for field, text, weight in zip(FIELDS, query, WEIGHTS, strict=True)
            for word in text.split()
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(words), PROPOSED, count=False).hits
        return self._searcher.fast_field_values("row", [address for _, address in hits])

    def best(self, queries: list[tuple[str, str, str]]) -> list[list[float]]:
        """The scores of the best of the proposed tracks, by `classic` in per cent, best first."""
        titles, artists, albums = self._columns
        out = []
        for query in queries:
            rows = self.rows(query)
            proposed = [titles[i] for i in rows], [artists[i] for i in rows], [albums[i] for i in rows]
            out.append(sorted(three_cdist((query, proposed)).tolist(), reverse=True)[:BEST])
        return out

    def _term(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word.lower())


def recall(found: list[list[float]], exact: list[list[float]]) -> float:
    """The share of the exact best that was found: as many as have the score of the last of them, or a higher one."""
    hits = sum(sum(score >= best[-1] - 1e-4 for score in row) for row, best in zip(found, exact, strict=True))
    return hits / sum(map(len, exact))


@cache
def proposing_of(data: Data) -> Proposing:
    return Proposing(data.million)


def against_full_text(data: Data) -> Trial:
    """By `classic`, one thread each. Ours is held against RapidFuzz's exact answer; how much of it the peer finds, the
    note says."""
    all_, peer = million_of(data), proposing_of(data)
    exact = all_.peer.best(all_.asked)
    found = peer.best(all_.asked)

    def check() -> None:
        same(all_.found("classic"), exact)
        for proposed, best in zip(found, exact, strict=True):
            require(all(a <= b + 1e-4 for a, b in zip(proposed, best, strict=False)), "the peer scores otherwise")

    note = f"recall@{BEST} of tantivy's {PROPOSED} best is {recall(found, exact):.2f}; ours is 1"
    return Trial(lambda: all_.found("classic"), lambda: peer.best(all_.asked), check, QUERIES, note)


ROWS = [
    Row("P7", "exact top 10 of 1M, classic, a batch", f"tantivy, {PROPOSED} rescored", against_full_text, "query", 1, 3)
]
