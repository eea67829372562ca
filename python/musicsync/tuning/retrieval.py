"""How often a catalogue search finds the right track."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from musicsync import _core, japanese
from musicsync.tuning.pairs import Query


class RetrievalFigures(TypedDict):
    """Fractions in [0, 1] and milliseconds a query; None without a query."""

    n: int
    recall_at_1: float | None
    recall_at_k: float | None
    mean_ms: float | None


class Retrieval(TypedDict):
    """All queries, and those of each kind."""

    overall: RetrievalFigures
    kinds: dict[str, RetrievalFigures]


@dataclass(frozen=True, slots=True)
class Answered:
    """A query and what was found: was a relevant id the first, was one among the first k, and how long it took."""

    kind: str
    first: bool
    among: bool
    ms: float


def evaluate_retrieval(
    catalogue: _core.Catalog,
    queries: Sequence[Query],
    k: int = 10,
    profile: str | _core.Profile = "standard",
    *,
    readings: bool = False,
) -> Retrieval:
    """Search every query that has a relevant id in the catalogue, with `readings` of Japanese tracks.

    Milliseconds are those of a batch over all cores. Raises `EngineError` for an unknown profile.
    """
    _core.Matcher(profile)
    if readings:
        catalogue = _core.Catalog.from_tracks([japanese.with_readings(track) for track in catalogue])
    present = {track.id for track in catalogue}
    return summary(_answers(catalogue, [query for query in queries if query.relevant & present], k, profile))


def summary(answered: Sequence[Answered]) -> Retrieval:
    """The figures overall and by kind."""
    kinds = sorted({one.kind for one in answered})
    return Retrieval(
        overall=_figures(answered),
        kinds={kind: _figures([one for one in answered if one.kind == kind]) for kind in kinds},
    )


def answered(query: Query, ids: Sequence[str | None], k: int, ms: float = 0.0) -> Answered:
    """What it means for a query that the tracks with `ids` were found, best first."""
    hits = [one in query.relevant for one in ids[:k]]
    return Answered(query.kind, first=any(hits[:1]), among=any(hits), ms=ms)


def _answers(
    catalogue: _core.Catalog, queries: Sequence[Query], k: int, profile: str | _core.Profile
) -> list[Answered]:
    """A batch for each kind of query: its time is shared by those alone."""
    out: list[Answered] = []
    for kind in sorted({query.kind for query in queries}):
        batch = [query for query in queries if query.kind == kind]
        started = time.perf_counter()
        found = catalogue.search_batch([query.track for query in batch], k=k, profile=profile)
        ms = (time.perf_counter() - started) * 1000 / len(batch)
        out += [
            answered(query, [hit.track.id for hit in hits], k, ms) for query, hits in zip(batch, found, strict=True)
        ]
    return out


def _figures(answered: Sequence[Answered]) -> RetrievalFigures:
    return RetrievalFigures(
        n=len(answered),
        recall_at_1=_mean(one.first for one in answered),
        recall_at_k=_mean(one.among for one in answered),
        mean_ms=_mean(one.ms for one in answered),
    )


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
