"""Filling the quality table: every row for every column, from the data folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.quality import retrieval
from bench.quality.baselines import TRAINING, Learned, shipped_training, train
from bench.quality.table import PairRow, Row, SearchRow, Source, mark

from musicsync.tuning.evaluate import Judged, judge
from musicsync.tuning.pairs import Pair, read_pairs
from musicsync.tuning.retrieval import Answered

PROFILES = ("old-rule", "classic")
OURS = "standard"
COLUMNS = (*PROFILES, "logistic", "boosted", OURS)

Training = Callable[[Path], Sequence[Pair]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A row with the figure of every column (None: not measured), or why it was skipped."""

    row: Row
    values: dict[str, float | None] = field(default_factory=dict)
    skipped: str = ""

    @property
    def mark(self) -> str:
        """`goal`, `floor` or `below` for our column; `skipped`."""
        return "skipped" if self.skipped else mark(self.row, self.values.get(OURS))


def missing(row: Row, data: Path) -> list[str]:
    """The files of a row that are not in the data folder."""
    names = [one.path for one in row.sources] if isinstance(row, PairRow) else [row.catalogue, row.queries]
    return [name for name in names if not (data / name).is_file()]


def baselines(data: Path, training: Training = shipped_training) -> tuple[list[Learned], str]:
    """Both learned baselines, or none and why. Raises `MalformedLine`."""
    absent = [name for name in TRAINING if not (data / name).is_file()] if training is shipped_training else []
    if absent:
        return [], f"logistic and boosted not trained: {', '.join(absent)} absent"
    return train(training(data)), ""


def measure(rows: Iterable[Row], data: Path, learned: Sequence[Learned]) -> list[Measured]:
    """Each row in order; one whose files are absent is skipped and says so. Raises `MalformedLine`, `EngineError`."""
    rows = list(rows)
    present = [row for row in rows if not missing(row, data)]
    judged = _judge_all([row for row in present if isinstance(row, PairRow)], data, learned)
    answered = _search_all([row for row in present if isinstance(row, SearchRow)], data, learned)
    measured = []
    for row in rows:
        if absent := missing(row, data):
            measured.append(Measured(row, skipped=f"{', '.join(absent)} absent"))
        elif isinstance(row, PairRow):
            pooled = {
                name: [one for source in row.sources for one in judged[source][name]] for name in judged_by(learned)
            }
            measured.append(Measured(row, {name: row.measure(pairs) for name, pairs in pooled.items()}))
        else:
            found = answered[row.catalogue, row.queries]
            values = {name: retrieval.recall(one, row.kind, row.at) for name, one in found.items()}
            measured.append(Measured(row, values))
    return measured


def judged_by(learned: Sequence[Learned]) -> list[str]:
    """The columns there are, in the order of the table."""
    names = {*PROFILES, OURS, *(one.name for one in learned)}
    return [name for name in COLUMNS if name in names]


def _judge_all(
    rows: Sequence[PairRow], data: Path, learned: Sequence[Learned]
) -> dict[Source, dict[str, list[Judged]]]:
    """What every column says of each source, judged once however many rows use it."""
    found: dict[Source, dict[str, list[Judged]]] = {}
    for source in dict.fromkeys(source for row in rows for source in row.sources):
        pairs = read_pairs(data / source.path, source.ignore)
        found[source] = {profile: judge(pairs, profile)[0] for profile in (*PROFILES, OURS)}
        found[source] |= {one.name: one.judge(pairs) for one in learned}
    return found


def _search_all(
    rows: Sequence[SearchRow], data: Path, learned: Sequence[Learned]
) -> dict[tuple[str, str], dict[str, list[Answered]]]:
    """What every column finds for each catalogue and its queries, searched once for all kinds."""
    kinds: dict[tuple[str, str], list[str | None]] = {}
    for row in rows:
        kinds.setdefault((row.catalogue, row.queries), []).append(row.kind)
    found = {}
    for (catalogue, queries), wanted in kinds.items():
        where = retrieval.load(data / catalogue, data / queries, wanted)
        found[catalogue, queries] = {name: retrieval.by_profile(where, name) for name in (*PROFILES, OURS)}
        if learned:
            found[catalogue, queries] |= retrieval.by_learned(where, learned)
    return found
