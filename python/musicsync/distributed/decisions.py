"""The rule of `Catalog.join` over shards: what each sends, how that is merged, and what is decided among it.

The candidates of a query are the `limit` best tracks of all shards with a score of `cutoff` or more (by score, then
id, then position), and of the others that carry its ISRC the `limit` with the lowest positions. Nothing of that is lost
when each shard sends what the rule takes of it alone: a track that is among the best of all is among the best of its
shard; of a shard's tracks with the code, those that may be needed are among its best or are the lowest of its others.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from musicsync import _core
from musicsync.distributed.batches import fields_of, track_schema, tracks_of
from musicsync.distributed.extra import pyarrow


@dataclass(frozen=True, slots=True)
class ShardJudged:
    """A `JudgedCandidate`; `index` is its position over all shards."""

    index: int
    score: float
    probability: float | None
    same_as_best: bool
    vetoes: list[str]


@dataclass(frozen=True, slots=True)
class ShardDecision:
    """A `Decision`, with positions over all shards."""

    verdict: str
    method: str
    best: int | None
    score: float
    probability: float | None
    margin: float
    rival: int | None
    reasons: list[str]
    candidates: list[ShardJudged]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a query's candidates are chosen and decided on."""

    profile: _core.Profile | str
    limit: int
    cutoff: float
    accept: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A track that a query may be compared with, and in which row of what was sent it stands."""

    score: float
    id: str
    position: int
    has_code: bool
    row: int = 0

    def place(self) -> tuple[float, str, int]:
        """The order of a ranking: by score, then id, then position."""
        return -self.score, self.id, self.position


def chosen(hits: Iterable[Hit], rule: Rule) -> list[Hit]:
    """Of what shards sent of a query its candidates, in the order in which one process has them."""
    ordered = sorted(hits, key=Hit.place)
    best = [hit for hit in ordered if hit.score >= rule.cutoff][: rule.limit]
    taken = {hit.position for hit in best}
    others = sorted(hit.position for hit in ordered if hit.has_code and hit.position not in taken)[: rule.limit]
    by_position = {hit.position: hit for hit in ordered}
    return best + [by_position[position] for position in others]


def candidate_schema() -> Any:
    """The columns of what a shard sends: of which query, where it lies, its score; then the track."""
    arrow = pyarrow()
    own = {"query": arrow.int32(), "position": arrow.int64(), "score": arrow.float64(), "has_code": arrow.bool_()}
    return arrow.schema([*own.items(), *track_schema()])


def candidates(shards: Sequence[tuple[int, _core.Catalog]], queries: Any, rule: Rule, threads: int | None) -> Any:
    """What may be a candidate of these shards (each with the position of its first track), for a batch of queries."""
    codes = queries.column("isrc").to_pylist()
    asked = tracks_of(queries)
    hits: list[list[Hit]] = [[] for _ in asked]
    tracks: dict[int, _core.Track] = {}
    for start, catalogue in shards:
        found = catalogue.join(asked, limit=rule.limit, cutoff=rule.cutoff, profile=rule.profile, threads=threads)
        for of_query, code, decision in zip(hits, codes, found, strict=True):
            for one in decision.candidates:
                track = tracks[start + one.index] = catalogue[one.index]
                has_code = code is not None and track.isrc == code
                of_query.append(Hit(one.score, track.id or "", start + one.index, has_code))
    rows = [
        {"query": query, "position": hit.position, "score": hit.score, "has_code": hit.has_code}
        | fields_of(tracks[hit.position])
        for query, of_query in enumerate(hits)
        for hit in chosen(of_query, rule)
    ]
    return pyarrow().RecordBatch.from_pylist(rows, candidate_schema())


def decisions(queries: Any, rule: Rule, sent: Sequence[Any]) -> list[ShardDecision]:
    """Decide for a batch of queries among what all shards sent."""
    together = pyarrow().Table.from_batches(sent, candidate_schema())
    hits: list[list[Hit]] = [[] for _ in range(queries.num_rows)]
    columns = [together.column(name).to_pylist() for name in ("query", "score", "id", "position", "has_code")]
    for row, (query, score, key, position, has_code) in enumerate(zip(*columns, strict=True)):
        hits[query].append(Hit(score, key or "", position, has_code, row))
    some = [chosen(of_query, rule) for of_query in hits]
    rows = [hit.row for of_query in some for hit in of_query]
    tracks = iter(tracks_of(together.select(track_schema().names).take(pyarrow().array(rows, pyarrow().int64()))))
    matcher = _core.Matcher(rule.profile)
    return [
        _with_positions(
            matcher.decide(query, list(itertools.islice(tracks, len(of_query))), rule.accept),
            [hit.position for hit in of_query],
        )
        for query, of_query in zip(tracks_of(queries), some, strict=True)
    ]


def _with_positions(decision: _core.Decision, positions: Sequence[int]) -> ShardDecision:
    def position(index: int | None) -> int | None:
        return None if index is None else positions[index]

    return ShardDecision(
        decision.verdict, decision.method, position(decision.best), decision.score, decision.probability,
        decision.margin, position(decision.rival), decision.reasons,
        [
            ShardJudged(positions[one.index], one.score, one.probability, one.same_as_best, one.vetoes)
            for one in decision.candidates
        ],
    )  # fmt: skip
