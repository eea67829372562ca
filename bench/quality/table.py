"""The rows of the quality table: what each measures, on which files, and the figures to reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from musicsync.tuning.evaluate import Judged, figures, recall_at_precision

Measure = Callable[[Sequence[Judged]], float | None]
Better = Literal["more", "less"]
SURE = 0.995


@dataclass(frozen=True, slots=True)
class Source:
    """A file of pairs under the data folder, and the fields hidden from every column."""

    path: str
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairRow:
    """A figure over pairs: of all sources pooled, row by row. In per cent, or a count where `count` says so."""

    id: str
    what: str
    sources: tuple[Source, ...]
    measure: Measure
    floor: float
    goal: float
    better: Better = "more"
    count: bool = False


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A recall in per cent over queries of one kind (None: all)."""

    id: str
    what: str
    catalogue: str
    queries: str
    kind: str | None
    at: int
    floor: float
    goal: float
    better: Better = "more"
    count: bool = False


Row = PairRow | SearchRow


def f1(judged: Sequence[Judged]) -> float | None:
    """F1 at P ≥ 0.5 (a profile without P: at its accept threshold)."""
    return _percent(figures(judged)["f1"])


def sure_recall(judged: Sequence[Judged]) -> float | None:
    """Recall at precision ≥ 99.5 %, ranked by P."""
    return _percent(recall_at_precision(judged, SURE))


def false_accepts(judged: Sequence[Judged]) -> float | None:
    """How many pairs were accepted outright that are not the same recording."""
    return float(len(figures(judged)["false_accepts"])) if judged else None


def true_not_accepted(judged: Sequence[Judged]) -> float | None:
    """Share of the true pairs that a person is asked about; one that is rejected counts too."""
    recall = figures(judged)["accept_recall"]
    return None if recall is None else 100 * (1 - recall)


def accept_recall(judged: Sequence[Judged]) -> float | None:
    """Share of the true pairs that are accepted outright."""
    return _percent(figures(judged)["accept_recall"])


def accept_precision(judged: Sequence[Judged]) -> float | None:
    """Share of true pairs among those accepted outright."""
    return _percent(figures(judged)["accept_precision"])


def ambiguous(judged: Sequence[Judged]) -> float | None:
    """Share of all pairs that a person or an AI is asked about."""
    return _percent(figures(judged)["ambiguous_share"])


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


_ITUNES = (Source("itunes_amazon_structured/test.jsonl"),)
_BRAINZ = (Source("musicbrainz20k/pairs_test.jsonl"),)
_SPOTIFY = (Source("spotify_pairs/test.jsonl"),)
_NOISY = (Source("spotify_pairs/hard_noisy_test.jsonl"),)
_TEXT = (Source("isrc_pairs/pairs.jsonl", ("isrc",)),)
_POOLED = _TEXT + _NOISY


def _search(kind: str, at_1: tuple[float, float], at_10: tuple[float, float]) -> tuple[Row, Row]:
    files = ("spotify_catalogue/tracks.jsonl", "retrieval/queries.jsonl")
    return (
        SearchRow("Q9", f"{kind}, recall@1", *files, kind, 1, *at_1),
        SearchRow("Q9", f"{kind}, recall@10", *files, kind, 10, *at_10),
    )


ROWS: tuple[Row, ...] = (
    PairRow("Q1", "iTunes-Amazon test, F1", _ITUNES, f1, 96, 98),
    PairRow("Q2", "musicbrainz20k pairs_test, F1", _BRAINZ, f1, 98, 99.5),
    SearchRow("Q2", "musicbrainz20k queries, recall@1", "musicbrainz20k/catalogue.jsonl",
              "musicbrainz20k/queries.jsonl", None, 1, 98.5, 99.5),
    PairRow("Q3", "spotify_pairs test, F1", _SPOTIFY, f1, 98.5, 99.5),
    PairRow("Q3", "spotify_pairs hard_noisy_test, F1", _NOISY, f1, 95, 98),
    PairRow("Q4", "isrc_pairs, text only, F1", _TEXT, f1, 96, 98.5),
    PairRow("Q4", "isrc_pairs, text only, recall at precision 99.5 %", _TEXT, sure_recall, 90, 97),
    PairRow("Q5", "isrc_conflicts accepted outright", (Source("isrc_conflicts/pairs.jsonl"),), false_accepts, 0, 0,
            "less", True),
    PairRow("Q5", "true ISRC pairs not accepted outright", (Source("isrc_pairs/pairs.jsonl"),), true_not_accepted, 3, 1,
            "less"),
    PairRow("Q6", "real_cases, F1", (Source("real_cases/cases.jsonl"),), f1, 90, 97),
    PairRow("Q6", "real_cases, false accepts", (Source("real_cases/cases.jsonl"),), false_accepts, 1, 0, "less", True),
    PairRow("Q7", "isrc text + hard_noisy pooled: true pairs accepted", _POOLED, accept_recall, 85, 95),
    PairRow("Q7", "the same: precision of what is accepted", _POOLED, accept_precision, 99.5, 99.8),
    PairRow("Q8", "the same: ambiguous", _POOLED, ambiguous, 10, 4, "less"),
    *_search("real_other_text", (92, 98), (99, 100)),
    *_search("real_renamed", (97, 99), (99.5, 100)),
    *_search("feat_dropped", (99.5, 100), (100, 100)),
    *_search("video_title", (95, 99), (99, 100)),
    *_search("romanised", (70, 90), (90, 98)),
    *_search("right_version", (90, 98), (99, 100)),
)  # fmt: skip


def mark(row: Row, value: float | None) -> str:
    """`goal`, `floor` or `below`; empty where nothing was measured."""
    if value is None:
        return ""
    sign = 1 if row.better == "more" else -1
    slack = 1e-9  # a share that is exactly the figure meets it
    if sign * value >= sign * row.goal - slack:
        return "goal"
    return "floor" if sign * value >= sign * row.floor - slack else "below"
