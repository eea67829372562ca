"""Catalogue searches of a column, in batches over all cores, with progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.quality.baselines import Learned

from musicsync import Catalog, Track, read_jsonl
from musicsync.tuning.pairs import Query, read_queries
from musicsync.tuning.retrieval import Answered, answered

BATCH = 128
BLOCK = 100
"""A learned baseline reorders this many of the first that `classic` finds: it cannot search by itself."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """A catalogue in memory, and its queries that have an answer in it."""

    catalog: Catalog
    queries: tuple[Query, ...]


def load(catalogue: Path, queries: Path, kinds: Sequence[str | None]) -> Searchable:
    """The catalogue and the queries of `kinds` (None: every kind). Raises `EngineError`, `MalformedLine`, `OSError`."""
    tracks, _ = read_jsonl(catalogue)
    present = {str(track.id) for track in tracks if track.id is not None}
    wanted = [one for one in read_queries(queries) if None in kinds or one.kind in kinds]
    return Searchable(Catalog.from_tracks(tracks), tuple(one for one in wanted if one.relevant & present))


def by_profile(where: Searchable, profile: str, k: int = 10) -> list[Answered]:
    """What the engine finds with `profile`."""
    answers = []
    for batch in _batches(where.queries, profile):
        found = where.catalog.search_batch([one.track for one in batch], k=k, profile=profile)
        for query, matches in zip(batch, found, strict=True):
            answers.append(answered(query, [one.track.id for one in matches], k))
    return answers


def by_learned(where: Searchable, columns: Sequence[Learned], k: int = 10) -> dict[str, list[Answered]]:
    """What each baseline finds: the first `BLOCK` by `classic`, put in the order of its P."""
    answers: dict[str, list[Answered]] = {column.name: [] for column in columns}
    for batch in _batches(where.queries, " and ".join(answers)):
        found = where.catalog.search_batch([one.track for one in batch], k=BLOCK, profile="classic")
        candidates = [[match.track for match in matches] for matches in found]
        left = [query.track for query, block in zip(batch, candidates, strict=True) for _ in block]
        right = [track for block in candidates for track in block]
        for column in columns:
            values = iter(column.probabilities(left, right).tolist())
            for query, block in zip(batch, candidates, strict=True):
                answers[column.name].append(answered(query, _ordered(block, [next(values) for _ in block]), k))
    return answers


def recall(answers: Sequence[Answered], kind: str | None, at: int) -> float | None:
    """Recall in per cent among the queries of `kind` (None: all), at 1 or at k."""
    counted = [one for one in answers if kind is None or one.kind == kind]
    hits = sum(one.first if at == 1 else one.among for one in counted)
    return 100 * hits / len(counted) if counted else None


def _ordered(block: Sequence[Track], values: Sequence[float]) -> list[str]:
    """Ids by descending value; equal values keep the order of the block."""
    order = sorted(range(len(block)), key=lambda index: -values[index])
    return [str(block[index].id) for index in order]


def _batches(queries: Sequence[Query], who: str) -> Iterator[Sequence[Query]]:
    for start in range(0, len(queries), BATCH):
        if sys.stderr.isatty():
            print(f"\r{who}: query {start} of {len(queries)} ", end="", file=sys.stderr, flush=True)
        yield queries[start : start + BATCH]
    if sys.stderr.isatty():
        print(f"\r{who}: {len(queries)} queries searched    ", file=sys.stderr)
