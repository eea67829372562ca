"""What thresholds do: precision and recall, calibration, sweeps, and the thresholds that cost least.

All work on `Sample`, plain numpy arrays, so that other data than pairs can be fed in. Needs numpy (`[tuning]`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicsync import _core
from musicsync.tuning.pairs import Pair

Floats = NDArray[np.float64]
_GRID = np.unique(np.r_[np.linspace(0.0, 1.0, 101), 1 - np.geomspace(0.0005, 0.05, 25), np.geomspace(0.0005, 0.05, 25)])


@dataclass(frozen=True, slots=True)
class Sample:
    """Judged pairs with a right answer. `value` is P (or the score) in [0, 1]; `vetoed` are never accepted, and
    `held` never rejected, whatever the thresholds; `group` (the left artist) is what belongs together."""

    value: Floats
    same: NDArray[np.bool_]
    vetoed: NDArray[np.bool_]
    held: NDArray[np.bool_]
    group: NDArray[np.int64]
    verdict: NDArray[np.str_]
    pairs: tuple[Pair, ...] = ()


def sample(pairs: Sequence[Pair], profile: str | _core.Profile = "standard") -> Sample:
    """What `profile` says of the pairs that have a right answer. 100,000 pairs take seconds."""
    counted = tuple(pair for pair in pairs if pair.same is not None)
    decisions = _core.Matcher(profile).decide_pairs([one.left for one in counted], [one.right for one in counted])
    vetoes = [one.candidates[0].vetoes for one in decisions]
    values = [one.score if one.probability is None else one.probability for one in decisions]
    names = [artist_of(pair) for pair in counted]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return Sample(
        np.array(values, float), np.array([bool(pair.same) for pair in counted], bool),
        np.array([bool(one) for one in vetoes], bool), np.array(["isrc_conflict" in one for one in vetoes], bool),
        np.array([numbers[name] for name in names], np.int64), np.array([one.verdict for one in decisions], "U9"),
        counted,
    )  # fmt: skip


def artist_of(pair: Pair) -> str:
    """Whose pair it is: the first artist on the left, else on the right, normalised; the pair's id without either."""
    names = [*pair.left.artists[:1], *pair.right.artists[:1]]
    return (names and _core.normalize(names[0])) or f"\0{pair.id}"


def precision_recall(value: Floats, same: NDArray[np.bool_]) -> dict[str, Floats]:
    """`threshold`, `precision` and `recall` at every distinct value, the highest threshold first."""
    order = np.argsort(-value, kind="stable")
    ends = np.flatnonzero(np.r_[np.diff(value[order]) != 0, True]) if len(value) else np.zeros(0, int)
    right = np.cumsum(same[order])[ends].astype(float)
    return {
        "threshold": value[order][ends],
        "precision": right / (ends + 1.0),
        "recall": right / max(1, int(same.sum())),
    }


def calibration(value: Floats, same: NDArray[np.bool_], bins: int = 10) -> dict[str, Any]:
    """Does P come true? Bins of equal width with `count`, mean `said` and share `true`; `ece` (mean gap, weighted by
    count) and `brier` (mean squared error)."""
    place = np.minimum((value * bins).astype(int), bins - 1)
    count = np.bincount(place, minlength=bins)
    some = count > 0
    said = np.bincount(place, value, bins)[some] / count[some]
    true = np.bincount(place, same, bins)[some] / count[some]
    total = max(1, len(value))
    return {
        "from": np.flatnonzero(some) / bins, "count": count[some], "said": said, "true": true,
        "ece": float((count[some] * np.abs(said - true)).sum() / total),
        "brier": float(((value - same) ** 2).sum() / total),
    }  # fmt: skip


def sweep(judged: Sample, reject: float, thresholds: Sequence[float] | Floats | None = None) -> dict[str, Floats]:
    """For each accept threshold: shares accepted, ambiguous and rejected; precision (NaN where nothing is accepted) and
    recall of what is accepted."""
    at = np.asarray(_GRID if thresholds is None else thresholds, float)
    n, positives = max(1, len(judged.value)), max(1, int(judged.same.sum()))
    free = ~judged.vetoed
    taken = np.array([float((free & (judged.value >= t)).sum()) for t in at])
    right = np.array([float((free & judged.same & (judged.value >= t)).sum()) for t in at])
    below = [float(((judged.value < min(reject, t)) & ~judged.held).sum()) for t in at]
    rejected = np.array(below)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(taken > 0, right / taken, np.nan)
    return {
        "accept": at, "accepted": taken / n, "ambiguous": (n - taken - rejected) / n, "rejected": rejected / n,
        "precision": precision, "recall": right / positives,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Thresholds and what they cost a pair on average; `low` to `high` is the interval of 95 % of the bootstrap."""

    accept: float
    reject: float
    cost: float
    low: float
    high: float
    cost_before: float


def choose(
    judged: Sample,
    profile: _core.Profile,
    *,
    cost_wrong_add: float = 20.0,
    cost_review: float = 1.0,
    cost_missed: float = 5.0,
    resamples: int = 500,
    seed: int = 0,
) -> Choice:
    """The thresholds with the least cost: a wrong add, a question to a person, a recording that was there and rejected.

    The interval is of the chosen thresholds' cost, resampled by artist; it does not know that they were chosen on the
    same pairs, so judge a choice on others. Raises `ValueError` without a pair or for a negative cost.
    """
    if not len(judged.value):
        raise ValueError("no pair with a right answer")
    if min(cost_wrong_add, cost_review, cost_missed) < 0:
        raise ValueError("a cost must not be negative")
    costs = (cost_wrong_add, cost_review, cost_missed)
    free, keep = ~judged.vetoed, ~judged.held
    gain_accept = np.where(judged.same, 0.0, cost_wrong_add) - cost_review
    gain_reject = np.where(judged.same, cost_missed, 0.0) - cost_review
    by_accept = np.array([gain_accept[free & (judged.value >= t)].sum() for t in _GRID])
    by_reject = np.array([gain_reject[keep & (judged.value < t)].sum() for t in _GRID])
    total = by_accept[:, None] + by_reject[None, :]
    total[np.arange(len(_GRID))[None, :] > np.arange(len(_GRID))[:, None]] = np.inf
    best = np.flatnonzero(total == total.min())
    accept, reject = divmod(int(best[-1]), len(_GRID))  # of equal costs the highest thresholds: fewer adds
    chosen = costs_of(judged, float(_GRID[accept]), float(_GRID[reject]), costs)
    low, high = interval(chosen, judged.group, resamples=resamples, seed=seed)
    before = costs_of(judged, profile.accept, profile.reject, costs)
    return Choice(float(_GRID[accept]), float(_GRID[reject]), float(chosen.mean()), low, high, float(before.mean()))


def costs_of(judged: Sample, accept: float, reject: float, costs: tuple[float, float, float]) -> Floats:
    """Each pair's cost (wrong add, review, missed) under these thresholds."""
    accepted = ~judged.vetoed & (judged.value >= accept)
    rejected = ~accepted & ~judged.held & (judged.value < reject)
    wrong, review, missed = costs
    return np.where(
        accepted, np.where(judged.same, 0.0, wrong), np.where(rejected, np.where(judged.same, missed, 0.0), review)
    )


def interval(
    values: Floats, group: NDArray[np.int64], *, resamples: int = 500, seed: int = 0, level: float = 0.95
) -> tuple[float, float]:
    """Bootstrap interval of the mean of `values`, whole groups drawn with replacement."""
    _, place = np.unique(group, return_inverse=True)
    sums, sizes = np.bincount(place, values), np.bincount(place)
    draws = np.random.default_rng(seed)
    means = np.empty(resamples)
    for turn in range(resamples):
        drawn = draws.integers(0, len(sums), len(sums))
        means[turn] = sums[drawn].sum() / sizes[drawn].sum()
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
