"""How often a catalogue search finds the right track."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
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
    catalogue: Path,
    queries: Sequence[Query],
    k: int = 10,
    profile: str | _core.Profile = "standard",
    *,
    readings: bool = False,
) -> Retrieval:
    """Search every query that has a relevant id in the catalogue, with `readings` of Japanese tracks.

    Raises `EngineError` (with file:line) for a line that is no track, and for an unknown profile.
    """
    _core.Matcher(profile)
    tracks, _ = _core.read_jsonl(catalogue)
    if readings:
        tracks = [japanese.with_readings(track) for track in tracks]
    present = {str(track.id) for track in tracks if track.id is not None}
    searched = _core.Catalog.from_tracks(tracks)
    counted = [query for query in queries if query.relevant & present]
    return summary([_answer(searched, query, k, profile) for query in counted])


def summary(answered: Sequence[Answered]) -> Retrieval:
    """The figures overall and by kind."""
    kinds = sorted({one.kind for one in answered})
    return Retrieval(
        overall=_figures(answered),
        kinds={kind: _figures([one for one in answered if one.kind == kind]) for kind in kinds},
    )


def _answer(catalog: _core.Catalog, query: Query, k: int, profile: str | _core.Profile) -> Answered:
    started = time.perf_counter()
    found = catalog.search(query.track, k=k, profile=profile)
    ms = (time.perf_counter() - started) * 1000
    hits = [str(one.track.id) in query.relevant for one in found]
    return Answered(query.kind, first=any(hits[:1]), among=any(hits[:k]), ms=ms)


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
